"""What leaves the journal as a file: whose words, in which form, and where it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.deeds import Done
from imago_tui.errors import DAMAGED, NO_PASSPHRASE, WRONG_USE, ImagoError
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
        ImagoError: 2 nothing fits; 4 one that was named opens only with both passphrases; 5 so does
            nothing, and something could not be read.
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
    if not found and listing.damaged:
        raise ImagoError(
            words("outgoing.nothing_whole", names=", ".join(map(str, listing.damaged))),
            words("outgoing.nothing_hint"),
            DAMAGED,
        )
    if not found:
        raise ImagoError(words("outgoing.nothing"), words("outgoing.nothing_hint"), WRONG_USE)
    return Taken(
        tuple(found),
        names,
        complete=len(names) == partners,
        unopened=unopened,
        damaged=tuple(str(one) for one in listing.damaged),
    )


def fitting(
    form: str, *, key: str | None, struck: Collection[int] = (), year: int | None = None
) -> None:
    """See that nothing is asked for that this form cannot do, before anything is opened.

    Args:
        form: markdown, json, html, packet or book.
        key: as for `write`.
        struck: as for `write`.
        year: as for `write`; None where none was named.

    Raises:
        ImagoError: 2 lines or a year of a form that has none, a book of no year, or no such key.
    """
    # What was to be left out must never leave after all, because the form was another.
    if struck and form != "packet":
        told = words("outgoing.strike_only")
        raise ImagoError(told, words("outgoing.strike_only_hint"), WRONG_USE)
    if year is not None and form != "book":
        raise ImagoError(words("outgoing.year_only"), words("outgoing.year_only_hint"), WRONG_USE)
    if form == "book" and year is None:
        raise ImagoError(words("outgoing.year"), "", WRONG_USE)
    if key is not None:
        files.recipient(key)


def lines(taken: Taken, struck: Collection[int] = ()) -> list[packet.Line]:
    """The lines of a packet, to be looked at before it is written.

    Raises:
        ImagoError: 2 one of the numbers in `struck` is none of a line.
    """
    every = packet.lines_of(taken.entries, taken.names)
    for n in struck:
        if not 1 <= n <= len(every):
            told = words("outgoing.no_such_line", n=n, count=len(every))
            raise ImagoError(told, words("outgoing.no_such_line_hint"), WRONG_USE)
    return every


def looked_at(taken: Taken) -> Done:
    """What there is to tell beside the lines of a packet that were shown."""
    return _beside(taken)


def write(
    taken: Taken,
    form: str,
    place: Path,
    folder: Path,
    *,
    key: str | None = None,
    struck: Collection[int] = (),
    year: int | None = None,
) -> Done:
    """Put it into a new file for us alone.

    Args:
        taken: what is to leave.
        form: markdown, json, html, packet or book.
        place: the file; nothing stands there yet, and never inside the journal.
        folder: the journal.
        key: a public age key that it is sealed to.
        struck: of a packet, the numbers of the lines that are left out, from 1.
        year: of a book, and of nothing else.

    Raises:
        ImagoError: 2 the place, the key, the year or a number won't do; 4 a book needs both; 7.
    """
    fitting(form, key=key, struck=struck, year=year)
    if form == "book" and not taken.complete:
        raise ImagoError(words("outgoing.both"), words("outgoing.both_hint"), NO_PASSPHRASE)
    data = _composed(taken, form, struck, year or 0)
    if key is not None:
        data = files.sealed(data, key)
    files.write(place, data, folder)
    said = "outgoing.written" if key is None else "outgoing.written_sealed"
    return _beside(taken, words(said, count=len(taken.entries), file=place))


def _composed(taken: Taken, form: str, struck: Collection[int], year: int) -> bytes:
    if form == "packet":
        return packet.compose(lines(taken, struck), struck).encode()
    theirs = [readable_by(entry, frozenset(taken.names)) for entry in taken.entries]
    if form == "json":
        return (as_json(json_form.compose(theirs, taken.names)) + "\n").encode()
    if form == "html":
        return page.compose(theirs).encode()
    if form == "book":
        return book.compose(theirs, year).encode()
    return markdown.compose(theirs).encode()


def _beside(taken: Taken, *lines: str) -> Done:
    """`lines`, and what is not in what was taken."""
    aside = [words("outgoing.unopened")] if taken.unopened else []
    if not taken.complete:
        aside.append(words("outgoing.courtesy"))
    return Done(lines, (*aside, *taken.damaged), damaged=bool(taken.damaged))


def _names(room: Journal | OwnRoom) -> tuple[tuple[str, ...], int]:
    """Whose words may be given out now, and how many people's there are."""
    if isinstance(room, OwnRoom):
        return (room.name,), 1
    return tuple(room.partners[n] for n in sorted(room.present)), len(room.partners)
