"""What a list or search needs to know of each file, so that not every file has to be opened.

An SQLite database that only ever stands in memory; on the disk it is one sealed file. It can be
thrown away at any time: the entries' own files are what counts, and make a new one.
"""

from __future__ import annotations

import sqlite3
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from imago_tui.journal import keepsakes, tokens
from imago_tui.journal.entry import NOTES, Entry, Head, Note
from imago_tui.journal.keepsakes import Keepsake
from imago_tui.journal.rows import (
    HEADS,
    KNOWN,
    Known,
    Signature,
    entry_row,
    head_from,
    known_from,
    note_row,
    terms_of,
)
from imago_tui.journal.trouble import Reason

if TYPE_CHECKING:
    from collections.abc import Callable

_FILES = """CREATE TABLE files (
  id TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, inode INTEGER,
  kind TEXT, revision INTEGER, older INTEGER, trouble TEXT, words INTEGER,
  room TEXT, exercise TEXT, topic TEXT, started TEXT, ended TEXT, state TEXT, instant REAL
) WITHOUT ROWID"""
_BY_TIME = "CREATE INDEX by_time ON files (instant DESC, id)"
_BY_WORDS = "CREATE INDEX by_words ON files (words)"
# Without the texts themselves: those are read from the entry's own file. The terms are cut and
# folded before (tokens.py), so the plainest tokenizer does: it takes blanks for blanks, and all
# that is not ASCII for letters. unicode61 would take what is newer than Unicode 6.1 for blanks.
_WORDS = "CREATE VIRTUAL TABLE words USING fts5(terms, content='', tokenize='ascii')"

_ODD_ROW = """SELECT 1 FROM files WHERE id NOT GLOB ? OR typeof(size) != 'integer'
  OR typeof(mtime_ns) != 'integer' OR typeof(inode) != 'integer' OR typeof(revision) != 'integer'
  OR kind IS NULL LIMIT 1"""
_ID_GLOB = "[0-9a-f]" * 16
OURS = ("dialogue", *NOTES)
P = ParamSpec("P")
R = TypeVar("R")


class Broken(Exception):
    """The database does not hold what this program puts in."""


def guarded(method: Callable[P, R]) -> Callable[P, R]:
    """Raise `Broken` for whatever a damaged database makes a method trip over."""

    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except (sqlite3.Error, ValueError, TypeError, OverflowError, MemoryError) as error:
            raise Broken from error

    return call


class Index:
    """The index of one room.

    Args:
        room: which.
        data: a database to go on with, or None for an empty one.
        generation: counts how often it was written.

    Raises:
        Broken: `data` is no database of this form; so may every method later on.
    """

    @guarded
    def __init__(self, room: str, data: bytes | None = None, generation: int = 0) -> None:
        self.room = room
        self.generation = generation
        self.changed = False
        self.stale_words = False
        self._by_words: tuple[int, dict[int, str]] = (-1, {})
        self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA trusted_schema = OFF")
        self.searchable = True
        if data is None:
            self._make()
            return
        self._db.deserialize(data)
        self._check_form()

    def _make(self) -> None:
        self._db.execute(_FILES)
        self._db.execute(_BY_TIME)
        self._db.execute(_BY_WORDS)
        self._db.execute(keepsakes.TABLE)
        try:
            self._db.execute(_WORDS)
        except sqlite3.OperationalError:  # an SQLite without FTS5: everything but search works
            self.searchable = False

    def _check_form(self) -> None:
        # Exactly our tables: nothing in there that runs by itself.
        form = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
        fresh = Index(self.room)
        if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'keepsakes'").fetchone():
            # From before there were any: every file is read once more.
            self._db.execute(keepsakes.TABLE)
            self.forget_all_words()
        if self._db.execute(form).fetchall() != fresh._db.execute(form).fetchall():
            raise sqlite3.DatabaseError
        if self._db.execute(_ODD_ROW, (_ID_GLOB,)).fetchone():
            raise sqlite3.DatabaseError
        self.searchable = fresh.searchable

    @guarded
    def serialize(self) -> bytes:
        """The database as it stands."""
        return self._db.serialize()

    def close(self) -> None:
        """Let go of the memory."""
        self._db.close()

    @guarded
    def known(self) -> dict[str, Known]:
        """Every file the index knows, by id."""
        return {row[0]: known_from(row) for row in self._db.execute(KNOWN)}

    @guarded
    def known_one(self, id_: str) -> Known | None:
        """What the index knows of this file."""
        found = self._db.execute(f"{KNOWN} WHERE id = ?", (id_,)).fetchone()
        return known_from(found) if found else None

    @guarded
    def begin(self) -> None:
        """Start many changes that are made as one."""
        self._db.execute("BEGIN")

    @guarded
    def commit(self) -> None:
        """End them."""
        self._db.execute("COMMIT")

    @guarded
    def put(self, found: Entry | Note, signature: Signature, known: Known | None) -> None:
        """Take in what a file of ours holds now."""
        newest = max(found.revision, known.revision if known else 0)
        older = int(found.revision < newest)
        row: dict[str, Any] = {"id": found.id, "revision": newest, "older": older, "words": None}
        if isinstance(found, Note):
            row |= note_row(found)
        else:
            row |= entry_row(found)
            row["words"] = self._put_words(found)
            self._db.execute(keepsakes.DROP, (found.id,))
            self._db.executemany(keepsakes.PUT, keepsakes.rows_of(found))
        if known and known.has_words:
            self.stale_words = True
        self._put_row(row, signature)

    @guarded
    def put_trouble(self, id_: str, reason: Reason, signature: Signature, *, ours: bool) -> None:
        """Remember that a file cannot be taken for an entry, so that it is not tried each time.

        Args:
            id_: what its name says.
            reason: why; foreign means it may well be a good file of another room.
            signature: of the file now.
            ours: whether the index names it as an entry of this room.
        """
        self.changed = True
        if ours:
            self._db.execute(
                "UPDATE files SET trouble = ?, size = ?, mtime_ns = ?, inode = ? WHERE id = ?",
                (reason, *signature, id_),
            )
            return
        kind = "foreign" if reason == "foreign" else "unknown"
        trouble = None if reason == "foreign" else reason
        self._put_row({"id": id_, "kind": kind, "revision": 0, "trouble": trouble}, signature)

    @guarded
    def drop(self, id_: str) -> None:
        """Forget a file. Its words go with `forget_words`, or with the next rebuild."""
        row = self._db.execute("SELECT words FROM files WHERE id = ?", (id_,)).fetchone()
        if row is None:
            return
        if row[0] is not None:
            self.stale_words = True
        self._db.execute("DELETE FROM files WHERE id = ?", (id_,))
        self._db.execute(keepsakes.DROP, (id_,))
        self.changed = True

    @guarded
    def forget_words(self, entry: Entry) -> None:
        """Take the words of `entry`, as they were put in, out of the search."""
        row = self._db.execute("SELECT words FROM files WHERE id = ?", (entry.id,)).fetchone()
        if row is None or row[0] is None:
            return
        remove = "INSERT INTO words (words, rowid, terms) VALUES ('delete', ?, ?)"
        self._db.execute(remove, (row[0], terms_of(entry)))
        self._db.execute(keepsakes.DROP, (entry.id,))
        # Merged, so that not even a mark of them is left in the database.
        self._db.execute("INSERT INTO words (words) VALUES ('optimize')")
        self._db.execute("UPDATE files SET words = NULL, size = -1 WHERE id = ?", (entry.id,))
        self._db.execute("VACUUM")
        self.changed = True

    @guarded
    def forget_all_words(self) -> None:
        """Empty the search and have every file with words read anew."""
        if self.searchable:
            self._db.execute("DROP TABLE words")
            self._db.execute(_WORDS)
        self._db.execute("UPDATE files SET size = -1, words = NULL WHERE words IS NOT NULL")
        self._db.execute("VACUUM")
        self.stale_words = False
        self.changed = True

    @guarded
    def heads(self) -> list[Head]:
        """Of all dialogues that are whole, newest first."""
        rows = self._db.execute(HEADS)
        return [head_from(row) for row in rows]

    @guarded
    def keepsakes(self) -> list[Keepsake]:
        """What people come back for, dialogue by dialogue."""
        return [Keepsake._make(row) for row in self._db.execute(keepsakes.ALL)]

    @guarded
    def notes(self, kind: str) -> list[str]:
        """Ids of the notes of this kind, oldest first."""
        rows = self._db.execute(
            "SELECT id FROM files WHERE kind = ? AND trouble IS NULL ORDER BY instant, id", (kind,)
        )
        return [id_ for (id_,) in rows]

    @guarded
    def troubles(self) -> list[tuple[str, Reason]]:
        """Files that are not what they should be, and why."""
        rows = self._db.execute("SELECT id, trouble FROM files WHERE trouble IS NOT NULL")
        return [
            # What the index names and no key opens is a damaged file, not another room's.
            (id_, "damaged" if trouble == "foreign" else cast("Reason", trouble))
            for id_, trouble in rows.fetchall()
        ]

    @guarded
    def search(self, text: str, most: int) -> list[str]:
        """Ids of the dialogues in which every word of `text` occurs, newest first."""
        asked = tokens.query(text)
        if not asked or not self.searchable:
            return []
        rows = self._db.execute(
            "SELECT files.id FROM files WHERE trouble IS NULL AND words IN"
            " (SELECT rowid FROM words WHERE words MATCH ?) ORDER BY instant DESC, id LIMIT ?",
            (asked, most),
        )
        return [id_ for (id_,) in rows]

    @guarded
    def matching(self, text: str) -> set[str]:
        """Ids of the dialogues in which every word of `text` occurs; quicker where many do."""
        asked = tokens.query(text)
        if not asked or not self.searchable:
            return set()
        if self._by_words[0] != self._db.total_changes:
            rows = self._db.execute("SELECT words, id FROM files WHERE trouble IS NULL")
            self._by_words = self._db.total_changes, dict(rows)
        ids = self._by_words[1]
        rows = self._db.execute("SELECT rowid FROM words WHERE words MATCH ?", (asked,))
        return {ids[row] for (row,) in rows if row in ids}

    def _put_words(self, entry: Entry) -> int | None:
        if not self.searchable or entry.state != "done" or entry.room == "together":
            return None
        done = self._db.execute("INSERT INTO words (terms) VALUES (?)", (terms_of(entry),))
        return done.lastrowid

    def _put_row(self, row: dict[str, Any], signature: Signature) -> None:
        size, mtime_ns, inode = signature
        row |= {"size": size, "mtime_ns": mtime_ns, "inode": inode}
        names = ", ".join(row)
        places = ", ".join("?" * len(row))
        # The names are those of our own columns.
        insert = f"INSERT OR REPLACE INTO files ({names}) VALUES ({places})"  # noqa: S608
        self._db.execute(insert, tuple(row.values()))
        self.changed = True
