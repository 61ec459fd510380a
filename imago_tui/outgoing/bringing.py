"""Entries from our JSON put into a room again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal.own import OwnRoom
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.entry import Entry
    from imago_tui.journal.store import Journal


@dataclass(slots=True)
class Brought:
    """What became of the entries of a file.

    Args:
        new: put into the room.
        known: there already, word for word.
        elsewhere: of another kind of room than this one.
    """

    new: int = 0
    known: int = 0
    elsewhere: int = 0


def bring(
    room: Journal | OwnRoom, entries: Sequence[Entry], progress: Progress | None = None
) -> Brought:
    """Put those of `entries` that belong there into `room`; nothing that is there is changed.

    An id that is taken is given anew.

    Raises:
        ImagoError: 2 they name other people, then nothing is written; 6; 7.
    """
    own = isinstance(room, OwnRoom)
    ours = [entry for entry in entries if (entry.room == "private") == own]
    names = {room.name} if isinstance(room, OwnRoom) else set(room.partners)
    if any({name for name in entry.partners if name} - names for entry in ours):
        raise ImagoError(words("outgoing.other_people"), words("outgoing.other_people_hint"), 2)
    done = Brought(elsewhere=len(entries) - len(ours))
    with room.writing():
        for at, entry in enumerate(ours):
            if progress:
                progress(at, len(ours))
            if _is_there(room, entry):
                done.known += 1
                continue
            id_ = entry.id if room.is_free(entry.id) else room.new_id()
            room.save(replace(entry, id=id_, revision=0))
            done.new += 1
        room.write_index(progress)
    return done


def _is_there(room: Journal | OwnRoom, entry: Entry) -> bool:
    try:
        there = room.load(entry.id)
    except ImagoError:
        return False
    return there.show_json() == entry.show_json()
