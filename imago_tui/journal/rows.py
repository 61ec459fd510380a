"""Dialogues and notes as rows of the index, and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from imago_tui.journal import tokens
from imago_tui.journal.entry import Entry, Head, Note

KNOWN = "SELECT id, size, mtime_ns, inode, kind, revision, words FROM files"
WORDS_OF = "SELECT words, id FROM files WHERE trouble IS NULL"
UNFINISHED = """SELECT id FROM files
  WHERE kind = 'dialogue' AND trouble IS NULL AND state = 'unfinished'"""
NOTES_OF = "SELECT id FROM files WHERE kind = ? AND trouble IS NULL ORDER BY instant, id"
FOUND = """SELECT files.id FROM files WHERE trouble IS NULL AND words IN
  (SELECT rowid FROM words WHERE words MATCH ?) ORDER BY instant DESC, id LIMIT ?"""
HEADS = """SELECT id, room, exercise, topic, started, ended, state, older FROM files
  WHERE kind = 'dialogue' AND trouble IS NULL ORDER BY instant DESC, id"""

Signature = tuple[int, int, int]
"""Size, time of last change in ns, inode: as long as these stay, the file is taken as known."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows of a file before looking at it again."""

    signature: Signature
    kind: str
    revision: int
    has_words: bool


def known_from(row: tuple[Any, ...]) -> Known:
    """What a row of `KNOWN` says."""
    _, size, mtime_ns, inode, kind, revision, has_words = row
    return Known((size, mtime_ns, inode), kind, revision, has_words is not None)


def entry_row(entry: Entry) -> dict[str, Any]:
    """What a row says of a dialogue; of one that is sealed or unfinished no topic."""
    hidden = entry.room == "together" or entry.state != "done"
    return {
        "kind": "dialogue",
        "room": entry.room,
        "exercise": entry.exercise,
        "topic": None if hidden else entry.listed,
        "started": entry.started.isoformat(),
        "ended": entry.ended.isoformat() if entry.ended else None,
        "state": entry.state,
        "instant": entry.started.timestamp(),
    }


def note_row(note: Note) -> dict[str, Any]:
    """What a row says of a note."""
    return {"kind": note.kind, "instant": (note.when or note.made).timestamp()}


def head_from(row: tuple[Any, ...]) -> Head:
    """The head that a row of `HEADS` says.

    Raises:
        ValueError, TypeError: it says none.
    """
    id_, room, exercise, topic, started, ended, state, older = row
    return Head(
        id=id_,
        room=room,
        exercise=exercise,
        topic=topic,
        started=datetime.fromisoformat(started),
        ended=datetime.fromisoformat(ended) if ended else None,
        state=cast("Literal['done', 'unfinished']", state),
        older_copy=bool(older),
    )


def terms_of(entry: Entry) -> str:
    """All that a search finds a dialogue by."""
    texts = [entry.topic, *(turn.text for turn in entry.turns)]
    texts += [agreement.what for agreement in entry.agreements]
    return tokens.terms("\n".join(text for text in texts if text))
