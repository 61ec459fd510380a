"""`imago-tui journal export` and `import`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from imago_tui.commands.filtering import felt, filtered, wanted
from imago_tui.commands.options import FILE, passphrase_file
from imago_tui.errors import ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.journal.entry import Entry
    from imago_tui.journal.filters import Filter
    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.store import Journal

WRONG_USE = 2
NO_PASSPHRASE = 4
DAMAGED = 5
FORMS = ("markdown", "json", "html", "packet", "book")


@click.command("export", help=words("outgoing.help.export"))
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option(
    "--as", "form", type=click.Choice(FORMS), default="markdown", help=words("outgoing.options.as")
)
@click.option("--to", "place", type=FILE, metavar="FILE", help=words("outgoing.options.to"))
@click.option("--seal-to", "key", metavar="KEY", help=words("outgoing.options.seal"))
@click.option(
    "--strike",
    "struck",
    type=int,
    multiple=True,
    metavar="N",
    help=words("outgoing.options.strike"),
)
@click.option("--year", type=int, metavar="YEAR", help=words("outgoing.options.year"))
@click.option("--own", "own_room", is_flag=True, help=words("private.options.own"))
@filtered
@passphrase_file
@click.pass_obj
def export(  # noqa: PLR0913  as many as there are options
    before: Sequence[Path],
    /,
    *,
    ids: Sequence[str],
    form: str,
    place: Path | None,
    key: str | None,
    struck: Sequence[int],
    year: int | None,
    own_room: bool,
    files: Sequence[Path],
    **chosen: str | None,
) -> int:
    """Write what was chosen, in the form that was chosen."""
    from imago_tui import paths
    from imago_tui.commands.unlock import open_journal, open_own
    from imago_tui.mishaps import tell
    from imago_tui.outgoing import files as outgoing

    if place is None and form != "packet":
        raise ImagoError(words("outgoing.no_place"), words("cli.see_help"), WRONG_USE)
    if form == "book" and year is None:
        raise ImagoError(words("outgoing.year"), "", WRONG_USE)
    filter_ = wanted(chosen)
    folder = paths.journal_dir()
    given = (*(before or ()), *files)
    with open_own(folder, given) if own_room else open_journal(folder, given) as room:
        names = _names(room)
        if form == "book" and len(names) < len(_partners(room)):
            raise ImagoError(words("outgoing.both"), words("outgoing.both_hint"), NO_PASSPHRASE)
        entries, damaged = _chosen(room, ids, felt(filter_, chosen, room))
    if form == "packet" and place is None:
        return _preview(entries, names)
    data = _composed(form, entries, names, struck, year or 0)
    if key is not None:
        data = outgoing.sealed(data, key)
    assert place is not None  # noqa: S101  asked for above
    outgoing.write(place, data, folder)
    told = "outgoing.written" if key is None else "outgoing.written_sealed"
    click.echo(words(told, count=len(entries), file=place))
    if len(names) < len(_partners(room)):
        click.echo(words("outgoing.courtesy"), err=True)
    for line in damaged:
        tell(line)
    return DAMAGED if damaged else 0


def _preview(entries: Sequence[Entry], names: Sequence[str]) -> int:
    from imago_tui.outgoing import packet
    from imago_tui.plain.reading import show

    show(packet.preview(packet.lines_of(entries, names)), printed=False)
    return 0


def _composed(
    form: str, entries: Sequence[Entry], names: Sequence[str], struck: Sequence[int], year: int
) -> bytes:
    from imago_tui.journal.ownership import readable_by
    from imago_tui.outgoing import book, json_form, markdown, packet, page
    from imago_tui.plain.reading import to_json

    if form == "packet":
        lines = packet.lines_of(entries, names)
        for n in struck:
            if not 1 <= n <= len(lines):
                told = words("outgoing.no_such_line", n=n, count=len(lines))
                raise ImagoError(told, "", WRONG_USE)
        return packet.compose(lines, struck).encode()
    theirs = [readable_by(entry, frozenset(names)) for entry in entries]
    if form == "json":
        return (to_json(json_form.compose(theirs, names)) + "\n").encode()
    if form == "html":
        return page.compose(theirs).encode()
    if form == "book":
        return book.compose(theirs, year).encode()
    return markdown.compose(theirs).encode()


def _chosen(
    room: Journal | OwnRoom, ids: Sequence[str], filter_: Filter
) -> tuple[list[Entry], list[str]]:
    """The entries that are meant and open, oldest first, and what could not be read."""
    listing = room.heads()
    damaged = [str(one) for one in listing.damaged]
    only = {room.resolve(one) for one in ids}
    found: list[Entry] = []
    for head in reversed(listing.heads):
        if head.state != "done" or (only and head.id not in only) or not filter_.fits(head):
            continue
        entry = room.load(head.id)
        if entry.sealed and only:
            raise ImagoError(
                words("journal.open.both_needed"),
                words("journal.open.both_needed_hint"),
                NO_PASSPHRASE,
            )
        if entry.sealed:
            click.echo(words("outgoing.unopened"), err=True)
            continue
        found.append(entry)
    if not found:
        raise ImagoError(words("outgoing.nothing"), words("outgoing.nothing_hint"), WRONG_USE)
    return found, damaged


def _partners(room: Journal | OwnRoom) -> tuple[str, ...]:
    from imago_tui.journal.own import OwnRoom

    return (room.name,) if isinstance(room, OwnRoom) else room.partners


def _names(room: Journal | OwnRoom) -> list[str]:
    """Whose words may be given out now."""
    from imago_tui.journal.own import OwnRoom

    if isinstance(room, OwnRoom):
        return [room.name]
    return [room.partners[n] for n in sorted(room.present)]


@click.command("import", help=words("outgoing.help.import"))
@click.argument("place", metavar="FILE", type=FILE)
@click.option("--own", "own_room", is_flag=True, help=words("private.options.own"))
@passphrase_file
@click.pass_obj
def import_(before: Sequence[Path], *, place: Path, own_room: bool, files: Sequence[Path]) -> int:
    """Bring entries of our JSON back."""
    from imago_tui import paths
    from imago_tui.commands.bars import bar
    from imago_tui.commands.unlock import open_journal, open_own
    from imago_tui.journal import atomic
    from imago_tui.journal.trouble import Trouble
    from imago_tui.outgoing import bringing, json_form

    try:
        data = atomic.read(atomic.real(place).parent, atomic.real(place).name, json_form.MOST_BYTES)
    except (Trouble, ValueError):
        raise ImagoError(words("outgoing.unreadable"), "", WRONG_USE) from None
    entries = json_form.parse(data)
    folder = paths.journal_dir()
    given = (*(before or ()), *files)
    opened = open_own(folder, given) if own_room else open_journal(folder, given)
    with opened as room, bar(words("keys.copying")) as progress:
        done = bringing.bring(room, entries, progress)
    click.echo(words("outgoing.brought", new=done.new, known=done.known))
    if done.elsewhere:
        click.echo(words("outgoing.elsewhere", count=done.elsewhere), err=True)
    return 0
