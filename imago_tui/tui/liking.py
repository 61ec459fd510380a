"""How somebody likes it, asked on the screen: each press counts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import remembering
from imago_tui.evening.page import Answer as Pressed
from imago_tui.helping.choosing import Choosing
from imago_tui.tui.asking import choice_of, key_of
from imago_tui.tui.screens.card import ENOUGH, Answer, Card, Choice
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.helping.likes import Likes
    from imago_tui.journal.store import Journal
    from imago_tui.tui.app import ImagoApp


async def choose(
    app: ImagoApp, name: str, likes: Likes, like: Callable[[Likes], None]
) -> Answer | None:
    """The page of somebody called ``name``; ``like`` is told every press. The Esc that ended it."""
    choosing = Choosing(name, likes)
    while not choosing.done:
        page = choosing.page()
        card = Card(
            page.title,
            choices=tuple(Choice(choice_of(one.key), one.label) for one in page.options),
            small=page.small,
            marked=[one.key for one in page.options].index(page.usual),
        )
        answer = await app.ask(card)
        if answer.choice == ENOUGH:
            return answer
        choosing = choosing.take(Pressed(key_of(answer.choice)))
        like(choosing.likes)
    return None


async def which(app: ImagoApp, names: tuple[str, str]) -> Answer:
    """Whose page it is: 0 or 1, or the way back."""
    choices = (*(Choice(str(who), name) for who, name in enumerate(names)),
               Choice("return", words("likes.back")))  # fmt: skip
    return await app.ask(Card(words("likes.whose"), choices=choices))


async def in_the_journal(app: ImagoApp, journal: Journal) -> None:
    """Outside a talk: the page of the one who is here, or of one of both.

    Raises:
        ImagoError: 5, 6, 7.
    """
    who = journal.alone
    if who is None:
        answer = await which(app, journal.partners)
        if not answer.choice.isdigit():
            return
        who = int(answer.choice)
    found = [remembering.likes(journal)[who]]
    await choose(app, journal.partners[who], found[0], found.append)
    remembering.keep_like(journal, who, found[-1])
