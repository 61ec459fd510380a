"""What an exercise's own words may not do: wait for what nobody can owe, or watch somebody.

The cue words come with each language; where a language has none, nothing is found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imago_tui.dialogue.facts import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imago_tui.dialogue.exercise import Exercise
    from imago_tui.dialogue.stage import Stage

OPTIONAL = frozenset({"gather", "still"})
"""Kinds of stages that can always be left out."""


def amiss(exercise: Exercise, waits: Iterable[str], watches: Iterable[str]) -> set[Fault]:
    """What the texts ask that nobody may be asked.

    Args:
        exercise: what is looked at.
        waits: words for an apology, forgiveness, touch, or telling something: no stage that can't
            be left out may ask for it.
        watches: words for where somebody is, whom they meet, or their passwords: no text asks.
    """
    owed, watched = _any_of(waits), _any_of(watches)
    found: set[Fault] = set()
    for stage in exercise.stages:
        needed = stage.kind not in OPTIONAL and not stage.skippable
        asks = [face.ask for face in stage.faces.values()]
        if owed and needed and any(owed.search(ask) for ask in asks):
            found.add(Fault("waits-on", stage.id, stage.word))
        if watched and any(watched.search(text) for text in _texts(stage)):
            found.add(Fault("watches", stage.id, stage.word))
    return found


def _any_of(cues: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the words, each from its beginning on; spaces in them stand for any space."""
    parts = [r"\s+".join(map(re.escape, cue.split())) for cue in cues]
    return re.compile(rf"\b(?:{'|'.join(parts)})", re.IGNORECASE) if parts else None


def _texts(stage: Stage) -> Iterable[str]:
    """Every text that asks something, or offers words for an answer."""
    for face in stage.faces.values():
        yield from (face.ask, *face.stems)
    for column in stage.columns:
        yield from (column.id, column.ask)
    yield from stage.items
