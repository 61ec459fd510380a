"""Small sealed notes beside the dialogues: a line of thanks, and what became of what was agreed.

What they are about is named by an id: that of a dialogue, a note, or something that was agreed in a
dialogue (`promises` makes those). Nothing here counts or judges; `promises` reads it.

    thanks       one line by `who` for the other one, until it was shown
    thanked      the same line, once it was shown
    asked        the two were asked about `about`, and left it for another time
    let-go       `about` was let go
    looked-back  the two looked back at `about`; `exercise` says how it was, `text` is their line.
                 About `US` it is how it was for the two of them of late
    path         `text` is the way they chose
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from imago_tui.journal.entry import Note

if TYPE_CHECKING:
    from datetime import date, datetime

    from imago_tui.journal.entry import NoteKind
    from imago_tui.journal.store import Journal

HowItWas = Literal["good", "partly", "not-ours", "closer", "as-before", "apart"]
HOW: tuple[HowItWas, ...] = ("good", "partly", "not-ours")
"""What was agreed; `review.us` has those of the two of them."""
US = "us"

AFTERWARDS: tuple[NoteKind, ...] = ("asked", "let-go", "looked-back")
"""What tells how something that was agreed went on."""


def leave_thanks(journal: Journal, who: int, text: str, *, made: datetime) -> Note:
    """Leave one line for the other one; it takes the place of one that still waits.

    Args:
        journal: open.
        who: whose line it is, 0 or 1.
        text: the line.
        made: now, with offset.

    Raises:
        ImagoError: 6, 7.
    """
    name = journal.partners[who]
    waits = next((note for note in journal.notes("thanks") if note.who == name), None)
    note = waits or Note(id=journal.new_id(), kind="thanks", made=made, who=name)
    return journal.write_note(replace(note, made=made, text=text))


def waiting_thanks(journal: Journal) -> tuple[Note, ...]:
    """The lines that wait for those whose ring is open: one's own stay where they are."""
    here = {journal.partners[who] for who in journal.present}
    both = len(here) == len(journal.partners)
    return tuple(note for note in journal.notes("thanks") if both or note.who not in here)


def shown_thanks(journal: Journal, note: Note) -> Note:
    """The line was shown; it stays as one of those that can come back on a good day.

    Raises:
        ImagoError: 6, 7.
    """
    return journal.write_note(replace(note, kind="thanked"))


def afterwards(journal: Journal) -> tuple[Note, ...]:
    """All that tells how things went on, earliest first within a kind."""
    return tuple(note for kind in AFTERWARDS for note in journal.notes(kind))


def asked(journal: Journal, about: str, *, made: datetime) -> Note:
    """The two were asked about it, and left it for another time. Raises ImagoError 6, 7."""
    return _new(journal, Note(id="", kind="asked", made=made, about=about))


def let_go(journal: Journal, about: str, *, made: datetime) -> Note:
    """The two let it go. Raises ImagoError 6, 7."""
    return _new(journal, Note(id="", kind="let-go", made=made, about=about))


def looked_back(
    journal: Journal, about: str, how: HowItWas, line: str = "", *, made: datetime
) -> Note:
    """The two looked back at it together.

    Args:
        journal: open.
        about: id of what was agreed.
        how: how it was for the two of them.
        line: what they say of it, if they wrote anything.
        made: now, with offset.

    Raises:
        ImagoError: 6, 7.
    """
    note = Note(id="", kind="looked-back", made=made, about=about, exercise=how, text=line or None)
    return _new(journal, note)


def how_for_us(journal: Journal) -> list[tuple[date, str]]:
    """How it was for the two of them, as they said it together: each day, earliest first."""
    return [(note.made.date(), note.exercise or "") for note in _for_us(journal)]


def _for_us(journal: Journal) -> list[Note]:
    return [note for note in journal.notes("looked-back") if note.about == US]


def say_how_for_us(journal: Journal, how: HowItWas, *, made: datetime) -> Note:
    """Keep how it was for the two of them; said again on the same day, it takes that one's place.

    Raises:
        ImagoError: 6, 7.
    """
    today = [note for note in _for_us(journal) if note.made.date() == made.date()]
    if today:
        return journal.write_note(replace(today[-1], made=made, exercise=how))
    return looked_back(journal, US, how, made=made)


def path(journal: Journal) -> str:
    """The way the two chose, "" when they have chosen none."""
    chosen = journal.notes("path")
    return (chosen[-1].text or "") if chosen else ""


def choose_path(journal: Journal, way: str, *, made: datetime) -> Note:
    """Keep the way the two chose. Raises ImagoError 6, 7."""
    chosen = journal.notes("path")
    note = chosen[-1] if chosen else Note(id=journal.new_id(), kind="path", made=made)
    return journal.write_note(replace(note, made=made, text=way))


def _new(journal: Journal, note: Note) -> Note:
    return journal.write_note(replace(note, id=journal.new_id()))
