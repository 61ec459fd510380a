"""What all rooms need on the screen: a page, a moment's work, a place that was typed, a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import paths, retelling
from imago_tui.evening import Answer
from imago_tui.tui.asking import choice_of, key_of
from imago_tui.tui.screens.card import ENOUGH, Card, Choice
from imago_tui.tui.screens.pick import Row
from imago_tui.tui.screens.wait import meanwhile
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeVar

    from imago_tui.evening import Page
    from imago_tui.journal.entry import Head
    from imago_tui.tui.app import ImagoApp

    Result = TypeVar("Result")


async def show(
    app: ImagoApp, page: Page, *, whose: str = "", long: bool = False, marked: int = 0
) -> Answer | None:
    """What was pressed and typed on a page; None when they leave."""
    choices = tuple(Choice(choice_of(one.key), one.label) for one in page.options)
    card = Card(
        page.title,
        page.lines,
        choices,
        small=page.small,
        note=page.note,
        person=whose,
        marked=marked,
    )
    texts: tuple[str, ...] = ()
    if page.fields:
        from imago_tui.tui.screens.typed import TypedScreen

        typed = TypedScreen(card, page.fields, alone=True)
        given = await app.push_screen_wait(typed)
        texts = typed.forget()
    elif long:
        from imago_tui.tui.screens.long import LongScreen

        given = await app.push_screen_wait(LongScreen(card))
    else:
        given = await app.ask(card)
    return None if given.choice == ENOUGH else Answer(key_of(given.choice), texts=texts)


async def soon(app: ImagoApp, work: Callable[[], Result]) -> Result:
    """Do ``work`` in a thread, with a calm line when it takes long."""
    return await meanwhile(app, words("rooms.working"), work)


def placed(typed: str) -> Path:
    """A place that somebody typed, in full.

    Raises:
        ImagoError: 2 there can be no file at it.
    """
    return paths.typed(typed)


def row_of(head: Head, *, ticked: bool | None = None) -> Row:
    """An entry in a list: its day, and what it is."""
    kind = retelling.what(head.exercise)
    title = words("rooms.row.kind", kind=kind, title=head.topic) if head.topic else kind
    day = retelling.day(head.started, short=True)
    return Row(head.id, words("rooms.row.titled", day=day, title=title), ticked)
