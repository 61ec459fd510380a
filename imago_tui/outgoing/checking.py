"""Whether what comes back says only what a journal can have said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import exercises
from imago_tui.dialogue.events import EXITS, HELPS, PLAIN
from imago_tui.dialogue.keep import RECORDED
from imago_tui.journal.own import KINDS, ROOM

if TYPE_CHECKING:
    from imago_tui.journal.entry import Entry, Turn

NEVER = frozenset({*EXITS, *HELPS, *PLAIN})
"""Steps that no exercise keeps, also none that is not known here."""


def misplaced(entry: Entry) -> str | None:
    """The place in `entry` that no journal can have said, None where there is none.

    Its form is looked at before: every field is there and of its kind.
    """
    named = [name for name in entry.partners if name]
    if len(set(named)) != (1 if entry.room == ROOM else len(entry.partners)):
        return "partners"
    for at, turn in enumerate(entry.turns):
        if (part := _misplaced(turn, at, entry.exercise)) is not None:
            return f"turns.{at}.{part}"
    return _stranger(entry, frozenset(named))


def _misplaced(turn: Turn, at: int, exercise: str) -> str | None:
    if turn.n != at + 1:
        return "n"
    known = exercise in exercises.names() or exercise in KINDS
    if turn.step in NEVER or (known and turn.step not in RECORDED):
        return "step"
    if turn.aloud and turn.text is not None:
        return "aloud"
    if turn.partly and turn.step != "validate":
        return "partly"
    return None


def _stranger(entry: Entry, partners: frozenset[str]) -> str | None:
    """Where somebody is named whose dialogue it cannot have been."""
    whose = {turn.about for turn in entry.turns} | {one.by for one in entry.agreements}
    others = {turn.who for turn in entry.turns}
    others |= {one.for_ for one in entry.agreements if one.for_ is not None}
    # Words that one person took along when they left name the one they were said to, who is no
    # partner there; then nobody is named beside the two of that time.
    taken_along = len(whose & partners) == 1 and not others & (partners - whose)
    for at, turn in enumerate(entry.turns):
        if turn.about not in partners:
            return f"turns.{at}.about"
        if turn.who not in partners and not taken_along:
            return f"turns.{at}.who"
    for at, one in enumerate(entry.agreements):
        if one.by not in partners:
            return f"agreements.{at}.by"
        if one.for_ is not None and one.for_ not in partners and not taken_along:
            return f"agreements.{at}.for"
    return None
