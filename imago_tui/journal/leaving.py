"""Leaving with one's own words: a journal of one's own elsewhere; the old one stays untouched."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from imago_tui.journal import own, ownership, setup

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.store import Journal
    from imago_tui.journal.trouble import Trouble


@dataclass(slots=True)
class Taken:
    """What went along.

    Args:
        entries: how many.
        damaged: what could not be read here.
    """

    entries: int = 0
    damaged: list[Trouble] = field(default_factory=list)


def leave(
    journal: Journal,
    room: OwnRoom,
    passphrase: str,
    folder: Path,
    progress: Progress | None = None,
) -> Taken:
    """Make a journal of one's own at `folder` with all that is one's own; see `journal leave`.

    Nothing is written in the old one. What is kept for both together needs both, and stays.

    Raises:
        ImagoError: as `setup.create_alone`, and whatever reading and writing meet.
    """
    name = room.name
    setup.create_alone(folder, (name, passphrase), None)
    places: list[Journal | OwnRoom] = [journal, room]
    listings = [(place, place.heads()) for place in places]
    taken = Taken(damaged=[one for _, listing in listings for one in listing.damaged])
    every = [(place, head) for place, listing in listings for head in listing.heads]
    with own.open_own(folder, passphrase) as new:
        for done, (place, head) in enumerate(every):
            if progress:
                progress(done, len(every))
            if head.state != "done" or (head.room == "together" and not journal.both):
                continue
            entry = place.load(head.id)
            mine = entry if place is room else ownership.only(entry, name)
            if mine.turns or mine.agreements:
                partners = (name, "")
                new.save(replace(mine, partners=partners, kept=None, revision=0, older_copy=False))
                taken.entries += 1
        new.write_index(progress)
    return taken
