"""The exercises: those that come with the program, one TOML file each with its own texts, and those
of one's own folder (``own``).
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imago_tui.dialogue.exercise import Exercise
    from imago_tui.dialogue.facts import Fault
    from imago_tui.dialogue.scene import Choice
    from imago_tui.dialogue.stage import Face

# What makes an exercise of a file is imported where one is made: the first page names them only.

HERE = Path(__file__).parent


@cache
def names() -> tuple[str, ...]:
    """The shipped exercises by id, sorted."""
    return tuple(sorted(file.stem for file in HERE.glob("*.toml")))


def every() -> tuple[str, ...]:
    """All that can be named: the shipped ones, then those of one's own."""
    from imago_tui.exercises import own

    return (*names(), *own.names())


@cache
def shared_faces() -> Mapping[str, Face]:
    """The texts that stand wherever an exercise brings none of its own."""
    from imago_tui.dialogue.parse import parse_face

    return {
        name: parse_face(texts, f"steps.face.{name}")
        for name, texts in words.table("steps.face").items()
    }


def load(name: str) -> Exercise:
    """An exercise by id. Raises ExerciseError when there is none, or one's own can't be held."""
    if name in names():
        return _shipped(name)
    from imago_tui.exercises import own

    if name not in own.names():
        from imago_tui.dialogue.stage import ExerciseError, near

        raise ExerciseError("unknown-exercise", name, nearest=near(name, every()))
    return own.load(name)


@cache
def _shipped(name: str) -> Exercise:
    from imago_tui.dialogue.parse import parse

    return parse(tomllib.loads((HERE / f"{name}.toml").read_text("utf-8")), shared_faces())


def worded(exercise: Exercise) -> set[Fault]:
    """What its texts ask that nobody may be asked."""
    from imago_tui.dialogue.wording import amiss

    return amiss(exercise, words.lines("lists.cues.waits"), words.lines("lists.cues.watches"))


def without_keeping(exercise: Exercise) -> Exercise:
    """An exercise as it is held where nothing may be kept: what to keep is not asked."""
    from imago_tui.dialogue.exercise import KEEPING

    stages = tuple(stage for stage in exercise.stages if stage.merge not in KEEPING)
    return replace(exercise, stages=stages)


def label(choice: Choice) -> str:
    """The words of a choice: those of its key, of what its key ends in, or the answer itself; of an
    item its own first field and its day, or which of those said aloud it is.
    """
    if choice.item is not None and choice.item.first:
        day = choice.item.when
        if day is None:
            return choice.item.first
        month = words.lines("review.day.months")[day.month - 1]
        until = words("lists.day", day=day.day, month=month, year=day.year)
        return words("lists.between").join((choice.item.first, until))
    table = words.table("steps.choice")
    last = choice.key.rpartition(".")[2]
    return str(table.get(choice.key) or table.get(last) or last)
