"""What leaves the journal as a file: whose words, in which form, and where it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.deeds import Done
from imago_tui.errors import NO_PASSPHRASE, WRONG_USE, ImagoError
from imago_tui.inert import as_json
from imago_tui.journal.filters import Filter
from imago_tui.journal.own import OwnRoom
from imago_tui.journal.ownership import readable_by
from imago_tui.outgoing import book, files, json_form, markdown, packet, page
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.entry import Entry
    from imago_tui.journal.store import Journal


@dataclass(frozen=True, slots=True)
class Taken:
    """What is to leave.

    Args:
        entries: oldest first.
        names: whose words may be given out now.
        complete: whether those are everybody's.
        unopened: whether something was left out that opens only with both passphrases.
        damaged: what could not be read, a line each.
    """

    entries: tuple[Entry, ...]
    names: tuple[str, ...]
    complete: bool
    unopened: bool = False
    damaged: tuple[str, ...] = ()


def chosen(
    room: Journal | OwnRoom,
    ids: Collection[str] = (),
    filter_: Filter | None = None,
    progress: Progress | None = None,
) -> Taken:
    """The finished entries that are meant and open.

    Args:
        room: the shared one or one's own.
        ids: of those that are meant, whole; none: all that fit.
        filter_: what they have to be like.
        progress: told how far it has come.

    Raises:
        ImagoError: 2 nothing fits; 4 one that was named opens only with both passphrases; 5.
    """
    filter_ = filter_ or Filter()
    names, partners = _names(room)
    listing = room.heads()
    meant = [
        head
        for head in reversed(listing.heads)
        if head.state == "done" and (not ids or head.id in ids) and filter_.fits(head)
    ]
    found: list[Entry] = []
    unopened = False
    for done, head in enumerate(meant):
        if progress:
            progress(done, len(meant))
        entry = room.load(head.id)
        if not entry.sealed:
            found.append(entry)
        elif ids:
            raise ImagoError(
                words("journal.open.both_needed"),
                words("journal.open.both_needed_hint"),
                NO_PASSPHRASE,
            )
        else:
            unopened = True
    if not found:
        raise ImagoError(words("outgoing.nothing"), words("outgoing.nothing_hint"), WRONG_USE)
    return Taken(
        tuple(found),
        names,
        complete=len(names) == partners,
        unopened=unopened,
        damaged=tuple(str(one) for one in listing.damaged),
    )


def lines(taken: Taken) -> list[packet.Line]:
    """The lines of a packet, to be looked at before it is written."""
    return packet.lines_of(taken.entries, taken.names)


def write(
    taken: Taken,
    form: str,
    place: Path,
    folder: Path,
    *,
    key: str | None = None,
    struck: Collection[int] = (),
    year: int = 0,
) -> Done:
    """Put it into a new file for us alone.

    Args:
        taken: what is to leave.
        form: markdown, json, html, packet or book.
        place: the file; nothing stands there yet, and never inside the journal.
        folder: the journal.
        key: a public age key that it is sealed to.
        struck: of a packet, the numbers of the lines that are left out, from 1.
        year: of a book.

    Raises:
        ImagoError: 2 the place, the key or a number won't do; 4 a book needs both; 7.
    """
    if form == "book" and not taken.complete:
        raise ImagoError(words("outgoing.both"), words("outgoing.both_hint"), NO_PASSPHRASE)
    data = _composed(taken, form, struck, year)
    if key:
        data = files.sealed(data, key)
    files.write(place, data, folder)
    said = "outgoing.written_sealed" if key else "outgoing.written"
    aside = [words("outgoing.unopened")] if taken.unopened else []
    if not taken.complete:
        aside.append(words("outgoing.courtesy"))
    return Done(
        (words(said, count=len(taken.entries), file=place),),
        (*aside, *taken.damaged),
        damaged=bool(taken.damaged),
    )


def _composed(taken: Taken, form: str, struck: Collection[int], year: int) -> bytes:
    if form == "packet":
        every = lines(taken)
        for n in struck:
            if not 1 <= n <= len(every):
                told = words("outgoing.no_such_line", n=n, count=len(every))
                raise ImagoError(told, "", WRONG_USE)
        return packet.compose(every, struck).encode()
    theirs = [readable_by(entry, frozenset(taken.names)) for entry in taken.entries]
    if form == "json":
        return (as_json(json_form.compose(theirs, taken.names)) + "\n").encode()
    if form == "html":
        return page.compose(theirs).encode()
    if form == "book":
        return book.compose(theirs, year).encode()
    return markdown.compose(theirs).encode()


def _names(room: Journal | OwnRoom) -> tuple[tuple[str, ...], int]:
    """Whose words may be given out now, and how many people's there are."""
    if isinstance(room, OwnRoom):
        return (room.name,), 1
    return tuple(room.partners[n] for n in sorted(room.present)), len(room.partners)
