"""What a list or search needs to know of each file, so that not every file has to be opened.

An SQLite database that only ever stands in memory; on the disk it is one sealed file. It can be
thrown away at any time: the entries' own files are what counts, and make a new one.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, TypeVar, cast

from imago_tui.journal import keepsakes, tables, tokens
from imago_tui.journal.broken import guarded
from imago_tui.journal.entry import NOTES, Entry, Head, Note
from imago_tui.journal.keepsakes import Keepsake
from imago_tui.journal.rows import (
    FOUND,
    HEADS,
    KNOWN,
    NOTES_OF,
    UNFINISHED,
    WORDS_OF,
    Known,
    Signature,
    entry_row,
    head_from,
    known_from,
    note_row,
    terms_of,
)
from imago_tui.journal.trouble import Reason, cannot_search

if TYPE_CHECKING:
    from collections.abc import Callable

OURS = ("dialogue", *NOTES)
R = TypeVar("R")


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
        self._at = -1
        self._told: dict[str, Any] = {}
        self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA trusted_schema = OFF")
        self.searchable = True
        if data is None:
            self._make()
            return
        self._db.deserialize(data)
        self._check_form()

    def _make(self) -> None:
        self._db.execute(tables.FILES)
        self._db.execute(tables.BY_TIME)
        self._db.execute(tables.BY_WORDS)
        self._db.execute(keepsakes.TABLE)
        try:
            self._db.execute(tables.WORDS)
        except sqlite3.OperationalError:  # an SQLite without FTS5: everything but search works
            self.searchable = False

    def _check_form(self) -> None:
        # Exactly our tables: nothing in there that runs by itself.
        form = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name"
        fresh = Index(self.room)
        wanted = fresh._db.execute(form).fetchall()
        found = self._db.execute(form).fetchall()
        if found == [row for row in wanted if row[2] != "keepsakes"]:
            # From before there were any: every file is read once more.
            self._db.execute(keepsakes.TABLE)
            self.forget_all_words()
        elif found != wanted:
            raise sqlite3.DatabaseError
        odd = self._db.execute(tables.ODD_ROW, (tables.ID_GLOB,)).fetchone()
        if odd or self._db.execute(keepsakes.ODD).fetchone():
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
        return self._once(
            "known", lambda: {row[0]: known_from(row) for row in self._db.execute(KNOWN)}
        )

    @guarded
    def signatures(self) -> dict[str, Signature]:
        """What tells a change of each of these files, by id; quicker than all that is known."""
        rows = self._db.execute("SELECT id, size, mtime_ns, inode FROM files")
        return {row[0]: row[1:] for row in rows}

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
            self._db.execute(tables.WORDS)
        self._db.execute("UPDATE files SET size = -1, words = NULL WHERE words IS NOT NULL")
        self._db.execute("VACUUM")
        self.stale_words = False
        self.changed = True

    @guarded
    def heads(self) -> list[Head]:
        """Of all dialogues that are whole, newest first."""
        return list(
            self._once("heads", lambda: [head_from(row) for row in self._db.execute(HEADS)])
        )

    @guarded
    def unfinished(self) -> list[str]:
        """Ids of the dialogues that are not finished."""
        return [id_ for (id_,) in self._db.execute(UNFINISHED)]

    @guarded
    def keepsakes(self) -> list[Keepsake]:
        """What people come back for, dialogue by dialogue."""
        return list(
            self._once(
                "keepsakes",
                lambda: [Keepsake._make(row) for row in self._db.execute(keepsakes.ALL)],
            )
        )

    @guarded
    def notes(self, kind: str) -> list[str]:
        """Ids of the notes of this kind, oldest first."""
        return [id_ for (id_,) in self._db.execute(NOTES_OF, (kind,))]

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
    def search(self, text: str, most: int | None = None) -> list[str]:
        """Ids of the `most` newest dialogues in which every word of `text` occurs, newest first.

        ImagoError 2: this SQLite cannot search.
        """
        if not (asked := self._asked(text)):
            return []
        return [id_ for (id_,) in self._db.execute(FOUND, (asked, -1 if most is None else most))]

    @guarded
    def matching(self, text: str) -> set[str]:
        """As `search`, in no order: quicker where many are found."""
        if not (asked := self._asked(text)):
            return set()
        ids = self._once("words", lambda: dict(self._db.execute(WORDS_OF)))
        rows = self._db.execute("SELECT rowid FROM words WHERE words MATCH ?", (asked,))
        return {ids[row] for (row,) in rows if row in ids}

    def _asked(self, text: str) -> str:
        # Nothing found would be no answer where nothing can be looked for.
        if not self.searchable:
            raise cannot_search()
        return tokens.query(text)

    def _once(self, what: str, look: Callable[[], R]) -> R:
        """What was found last, as long as nothing has changed since; nobody may change it."""
        if self._at != self._db.total_changes:
            self._at = self._db.total_changes
            self._told.clear()
        if what not in self._told:
            self._told[what] = look()
        return cast("R", self._told[what])

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
        insert = f"INSERT OR REPLACE INTO files ({names}) VALUES ({places})"  # noqa: S608  names of ours
        self._db.execute(insert, tuple(row.values()))
        self.changed = True
