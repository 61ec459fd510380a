"""Whose words they are: a mirror belongs to the one whose inner world it carries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.journal.entry import Entry, Turn


def only(entry: Entry, name: str) -> Entry:
    """`entry` with the words about `name` alone, counted anew; agreements are those they made."""
    said = [turn for turn in entry.turns if turn.about == name]
    turns = tuple(replace(turn, n=n) for n, turn in enumerate(said, 1))
    agreed = tuple(one for one in entry.agreements if one.by == name)
    return replace(entry, topic=_topic(entry, name), turns=turns, agreements=agreed)


def without(entry: Entry, name: str) -> Entry:
    """`entry` with a gap in the place of each turn about `name`."""
    return _gaps(entry, lambda turn: turn.about == name, gone=name)


def readable_by(entry: Entry, names: frozenset[str]) -> Entry:
    """`entry` with a gap in the place of each turn that is about nobody of `names`."""
    others = [name for name in entry.partners if name and name not in names]
    for name in others:
        entry = without(entry, name)
    return entry


def _gaps(entry: Entry, theirs: Callable[[Turn], bool], gone: str) -> Entry:
    turns = tuple(
        replace(turn, text=None, aloud=False) if theirs(turn) else turn for turn in entry.turns
    )
    topic = None if _topic(entry, gone) is not None else entry.topic
    return replace(entry, turns=turns, topic=topic)


def _topic(entry: Entry, name: str) -> str | None:
    """The topic, when it is theirs: the one who named it is the one it is about."""
    named = [turn.about for turn in entry.turns if turn.step == "topic"]
    # An outcome without turns does not say whose topic it was: then it is both's.
    return entry.topic if not named or name in named else None
