"""Entries from our JSON put into a room again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal.own import ROOM, OwnRoom
from imago_tui.journal.ownership import readable_by
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.entry import Entry, Head
    from imago_tui.journal.store import Journal


@dataclass(slots=True)
class Brought:
    """What became of the entries of a file.

    Args:
        new: put into the room.
        known: there already, word for word or with more words than these.
        elsewhere: of another kind of room than this one.
    """

    new: int = 0
    known: int = 0
    elsewhere: int = 0


def bring(
    room: Journal | OwnRoom, entries: Sequence[Entry], progress: Progress | None = None
) -> Brought:
    """Put those of `entries` that belong there into `room`; nothing that is there is changed.

    An id that is taken is given anew. Names in another order are put into the journal's.

    Raises:
        ImagoError: 2 they name other people, then nothing is written; 6; 7.
    """
    own = isinstance(room, OwnRoom)
    ours = [entry for entry in entries if (entry.room == ROOM) == own]
    partners = (room.name, "") if isinstance(room, OwnRoom) else room.partners
    if any(set(entry.partners) != set(partners) for entry in ours):
        raise ImagoError(words("outgoing.other_people"), words("outgoing.other_people_hint"), 2)
    done = Brought(elsewhere=len(entries) - len(ours))
    with room.writing():
        there = _There(room)
        for at, entry in enumerate(ours):
            if progress:
                progress(at, len(ours))
            fitting = replace(entry, partners=partners)
            if there.has(fitting):
                done.known += 1
                continue
            id_ = entry.id if room.is_free(entry.id) else room.new_id()
            there.add(room.save(replace(fitting, id=id_, revision=0)))
            done.new += 1
        room.write_index(progress)
    return done


class _There:
    """What stands in a room, found by when it began and ended.

    The id alone would not do: what was given another one when it came in is the same the next time.
    """

    def __init__(self, room: Journal | OwnRoom) -> None:
        self._room = room
        self._ids: dict[tuple[object, ...], list[str]] = {}
        for head in room.heads().heads:
            self.add(head)

    def add(self, head: Head) -> None:
        """Something more stands there now."""
        self._ids.setdefault(_when(head), []).append(head.id)

    def has(self, entry: Entry) -> bool:
        """Whether `entry` is there, or something of which an export can be `entry`.

        What opens only with both keys is told by its room, exercise, beginning and end.
        """
        for id_ in self._ids.get(_when(entry), ()):
            try:
                there = self._room.load(id_)
            except ImagoError:  # damaged since; then this is a better one
                continue
            if there.sealed or _said(entry) in map(_said, _ways_out(there)):
                return True
        return False


def _when(head: Head) -> tuple[object, ...]:
    listed = head.list_json()
    return tuple(listed[part] for part in ("room", "exercise", "started", "ended"))


def _said(entry: Entry) -> dict[str, object]:
    return {**entry.show_json(), "id": None}


def _ways_out(entry: Entry) -> list[Entry]:
    """`entry` as it leaves for both, for one of them, for the other."""
    names = [name for name in entry.partners if name]
    return [
        readable_by(entry, frozenset(some))
        for many in range(len(names), 0, -1)
        for some in combinations(names, many)
    ]
