"""What can be chosen to see only some of what is kept: only what there is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imago_tui.journal.entry import KEPT_AS
from imago_tui.review.timeline import SIDES, Chosen, Marks, Side, value_told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imago_tui.journal.entry import Head


@dataclass(frozen=True, slots=True)
class Choices:
    """For each side of `Chosen` what is to be had: the value, and how people say it."""

    sides: Mapping[Side, tuple[tuple[str, str], ...]]

    @property
    def open(self) -> tuple[Side, ...]:
        """The sides on which there is something to choose, in their order."""
        return tuple(side for side in SIDES if len(self.sides[side]) > 1)


def choices(heads: Sequence[Head], marks: Marks) -> Choices:
    """What is to be had in ``heads``, which are all that is kept."""
    states = {head.kept_as for head in heads}
    feelings = {one for named in marks.felt.values() for one in named}
    values: dict[Side, Sequence[str]] = {
        "exercise": tuple({head.exercise for head in heads}),
        "topic": tuple(marks.about),
        "feeling": tuple(feelings),
        "state": tuple(one for one in KEPT_AS if one in states),
    }
    told: dict[Side, tuple[tuple[str, str], ...]] = {}
    for side, found in values.items():
        pairs = [(value, value_told(side, value)) for value in found]
        if side in {"exercise", "feeling"}:
            pairs.sort(key=lambda pair: pair[1].casefold())
        told[side] = tuple(pairs)
    return Choices(told)


def with_(chosen: Chosen, side: Side, value: str) -> Chosen:
    """``chosen`` with another value on one side; "": whichever."""
    match side:
        case "exercise":
            return replace(chosen, exercise=value)
        case "topic":
            return replace(chosen, topic=value)
        case "feeling":
            return replace(chosen, feeling=value)
    return replace(chosen, state=next((one for one in KEPT_AS if one == value), None))
