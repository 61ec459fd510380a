"""Leaving with one's own words: a journal of one's own elsewhere; the old one stays untouched."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from imago_tui.journal import own, setup
from imago_tui.journal.entry import Entry

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


def words_of(entry: Entry, name: str) -> Entry:
    """`entry` with the words about `name` alone; a mirror belongs to the one it is about."""
    said = [turn for turn in entry.turns if turn.about == name]
    turns = tuple(replace(turn, n=n) for n, turn in enumerate(said, 1))
    has_topic = any(turn.step == "topic" for turn in said)
    agreed = tuple(one for one in entry.agreements if one.by == name)
    topic = entry.topic if has_topic else None
    return replace(entry, topic=topic, turns=turns, agreements=agreed)


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
            mine = entry if place is room else words_of(entry, name)
            if mine.turns or mine.agreements:
                partners = (name, "")
                new.save(replace(mine, partners=partners, kept=None, revision=0, older_copy=False))
                taken.entries += 1
        new.write_index()
    return taken
