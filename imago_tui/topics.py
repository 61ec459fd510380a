"""What a talk is about: the topics that are offered, and what may lie beneath them.

A topic chosen from the list only brings other ways to begin; what is said stays theirs. Pure, apart
from the words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.dialogue.stage import Face
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.dialogue.exercise import Exercise
    from imago_tui.dialogue.stage import Stage

TOPIC, SEND = "topic", "send"

SORE = frozenset({"fight", "talk", "understand", "repair"})
"""Groups of exercises in which something may lie beneath what is said."""

HELP = 5
"""Lines of help at one step, at most."""


def themes() -> tuple[str, ...]:
    """The topics that are offered, by id, in their order."""
    return tuple(words.table("topics.theme"))


def title(theme: str) -> str:
    """What a topic is called where the two read it."""
    return words(f"topics.theme.{theme}.title")


def asks(exercise: Exercise) -> bool:
    """Whether somebody names a topic in this exercise, so that offering some helps."""
    return any(stage.word == TOPIC for stage in exercise.stages)


def about(exercise: Exercise, theme: str = "", parked: str = "") -> Exercise:
    """The exercise with ways to begin that fit.

    Args:
        exercise: as it stands in its file.
        theme: id of the topic; "" or one that is not known adds nothing of its own.
        parked: the words in which they had parked it.
    """
    begin = words.lines(f"topics.theme.{theme}.stems") if theme in themes() else ()
    if parked:
        begin = (words("topics.page.parked_stem", word=parked),)
    stages = tuple(_fitting(exercise, one, begin) for one in exercise.stages)
    return replace(exercise, stages=stages)


def _fitting(exercise: Exercise, stage: Stage, begin: tuple[str, ...]) -> Stage:
    own = stage.faces.get(stage.word, Face())
    if stage.word == TOPIC and begin:
        return _faced(stage, replace(own, stems=(*begin, *own.stems)))
    if stage.word == SEND and stage.kind == "hear" and exercise.group in SORE:
        shared = exercise.faces.get(SEND, Face())
        stems = (*(own.stems or shared.stems), *beneath())
        first, *rest = own.help or shared.help or ("",)
        # An exercise that says what may lie under it in its own words is left as it is.
        help_ = own.help or tuple(filter(None, (first, *under(), *rest)))[:HELP]
        return _faced(stage, replace(own, stems=stems, help=help_))
    return stage


def _faced(stage: Stage, face: Face) -> Stage:
    return replace(stage, faces={**stage.faces, stage.word: face})


def under() -> tuple[str, str]:
    """Two questions for who is stuck: what lies beneath, and what is under the anger."""
    beneath_all, anger = words.lines("needs.words"), words.lines("needs.anger.words")
    return (
        words("needs.beneath", words=_listed(beneath_all)),
        words("needs.anger.under", words=_listed(anger)),
    )


def beneath() -> tuple[str, ...]:
    """Ways to say what lies beneath: four words in each, as more are not taken in at a glance."""
    every = words.lines("needs.words")
    half = len(every) // 2
    return tuple(words("needs.stem", words=_listed(part)) for part in (every[:half], every[half:]))


def _listed(every: tuple[str, ...]) -> str:
    """Words in a row, "or" before the last."""
    return words("needs.or").join((", ".join(every[:-1]), every[-1]))
