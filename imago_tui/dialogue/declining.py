"""No has its place wherever somebody is asked for something: held against an exercise as it stands.

Exercises may be somebody's own. One that offered only yes would still have its exits, but a "not
now", a "nothing" and an "enough" have to stand beside what they decline, as large as it is.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from imago_tui.dialogue.exercise import KEEPING
from imago_tui.dialogue.facts import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imago_tui.dialogue.exercise import Exercise
    from imago_tui.dialogue.stage import Option, Stage

NOTHING = "nothing"
NONE = "none"


def asks_both(stage: Stage) -> bool:
    """Whether both are asked here whether to go on."""
    return stage.merge == "all" and not stage.many


def faults(exercise: Exercise) -> Iterator[Fault]:
    """A fault for each thing that could not be declined or left out."""
    followed = {
        stage.id
        for stage, after in pairwise(exercise.stages)
        if stage.kind == after.kind == "hear" and stage.word != "topic" and not stage.then
    }
    for stage in exercise.stages:
        guess = stage.by == "receiver" and not stage.own
        told = stage.kind == "tell" and not guess
        one_of_many = stage.id in followed
        if (told or one_of_many) and not stage.skippable:
            yield Fault("no-way-past", stage.id, stage.word)
        if stage.picks and not stage.many and not _gives_none(stage):
            yield Fault("no-none", stage.id, stage.word)
        if stage.kind == "choose" and not _can_be_declined(stage):
            yield Fault("no-no", stage.id, stage.word)


def _gives_none(stage: Stage) -> bool:
    """*None* is as good as any gift: it leads where a gift leads, and names no time."""
    none = [option for option in stage.options if option.answer == NONE]
    return bool(none) and not none[0].to and not none[0].when


def _can_be_declined(stage: Stage) -> bool:
    """Whether no, enough or nothing is among the answers, without a time to be named for it."""
    if asks_both(stage):
        return any(option.to == "over" and not option.when for option in stage.options)
    if stage.merge == "owner":
        return any(_plain(option) for option in stage.options)
    if stage.merge in KEEPING:
        return any(option.answer == NOTHING for option in stage.options)
    return True


def _plain(option: Option) -> bool:
    """An answer that asks nothing of anybody."""
    return not (option.both or option.swap or option.when)
