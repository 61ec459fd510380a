"""A page of the evening, put on the screen it needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui import evening
from imago_tui.tui.screens.card import ENOUGH, Card, Choice

if TYPE_CHECKING:
    from imago_tui.evening import Evening, Page
    from imago_tui.tui.app import ImagoApp

MINE = "="


async def ask(app: ImagoApp, page: Page, tonight: Evening) -> evening.Answer | None:
    """What was pressed and typed on a page; None when they have had enough."""
    card = on_card(page)
    if page.by in {"seat", "each"}:
        return await _seats(app, replace(card, choices=()), card.choices, page, tonight)
    if page.fields:
        return await _typed(app, card, page)
    if page.id == "more":
        from imago_tui.tui.screens.long import LongScreen

        given = await app.push_screen_wait(LongScreen(card))
    else:
        given = await app.ask(card)
    return None if given.choice == ENOUGH else evening.Answer(key_of(given.choice))


def on_card(page: Page) -> Card:
    """A page as a card."""
    return Card(
        page.title,
        page.lines,
        tuple(Choice(choice_of(option.key), option.label) for option in page.options),
        small=page.small,
        note=page.note,
        marked=next((n for n, one in enumerate(page.options) if one.key == page.usual), 0),
    )


def choice_of(key: str) -> str:
    """An option's id on a card, where "enough" is Esc and "return" has a key of its own."""
    return "return" if key == "back" else f"{MINE}{key}"


def key_of(choice: str) -> str:
    """The option that a card's choice stands for."""
    return "back" if choice == "return" else choice.removeprefix(MINE)


async def _seats(
    app: ImagoApp, card: Card, choices: tuple[Choice, ...], page: Page, tonight: Evening
) -> evening.Answer | None:
    from imago_tui.tui.screens.seats import SeatsScreen

    screen = SeatsScreen(card, choices, tonight.names, tonight.left or 0, each=page.by == "each")
    given = await app.push_screen_wait(screen)
    if given.choice == ENOUGH:
        return None
    if page.by == "each":
        return evening.Answer(key_of(screen.given[0]), other=key_of(screen.given[1]))
    (who,) = screen.given
    return evening.Answer(key_of(given.choice), who)


async def _typed(app: ImagoApp, card: Card, page: Page) -> evening.Answer | None:
    from imago_tui.tui.screens.typed import TypedScreen

    screen = TypedScreen(card, page.fields, alone=page.by == "one")
    given = await app.push_screen_wait(screen)
    if given.choice == ENOUGH:
        return None
    return evening.Answer(key_of(given.choice), page.who, screen.taken)
