"""The cards on which somebody chooses to see only some of what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.review.choices import Choices, with_
from imago_tui.review.timeline import Chosen
from imago_tui.tui.screens.card import ENOUGH, Card, Choice
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.review.timeline import Side
    from imago_tui.tui.app import ImagoApp

MINE = "="
"""Before what is chosen here, since "return" and "enough" mean something on a card."""


async def choose(app: ImagoApp, now: Chosen, choices: Choices) -> Chosen | None:
    """What is to be seen from here on; None when they leave it as it is."""
    given = await app.ask(
        Card(
            words("review.choose.title"),
            choices=(
                *(Choice(MINE + side, words(f"review.choose.{side}")) for side in choices.open),
                *((Choice(f"{MINE}all", words("review.choose.all")),) if now else ()),
                Choice("return", words("review.choose.back")),
            ),
        )
    )
    side = given.choice.removeprefix(MINE)
    if side == "all":
        return Chosen()
    for one in choices.open:
        if one == side:
            return await _value(app, now, one, choices)
    return None


async def _value(app: ImagoApp, now: Chosen, side: Side, choices: Choices) -> Chosen | None:
    pairs = choices.sides[side]
    given = await app.ask(
        Card(
            words(f"review.choose.{side}"),
            choices=(
                *(Choice(f"{MINE}{n}", told) for n, (_, told) in enumerate(pairs)),
                *((Choice(f"{MINE}", words("review.choose.any")),) if getattr(now, side) else ()),
                Choice("return", words("review.choose.back")),
            ),
        )
    )
    if given.choice in {"return", ENOUGH}:
        return None
    place = given.choice.removeprefix(MINE)
    return with_(now, side, pairs[int(place)][0] if place else "")
