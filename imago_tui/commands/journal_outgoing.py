"""`imago-tui journal export` and `import`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from imago_tui.commands.filtering import felt, filtered, wanted
from imago_tui.commands.options import FILE, passphrase_file
from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.deeds.taking import Taken

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
    from imago_tui.commands.bars import bar, told
    from imago_tui.commands.unlock import open_journal, open_own
    from imago_tui.deeds import taking

    if place is None and form != "packet":
        raise ImagoError(words("outgoing.no_place"), words("cli.see_help"), WRONG_USE)
    taking.fitting(form, key=key, struck=struck, year=year)
    filter_ = wanted(chosen)
    folder = paths.journal_dir()
    given = (*(before or ()), *files)
    with open_own(folder, given) if own_room else open_journal(folder, given) as room:
        meant, named = felt(filter_, chosen, room), {room.resolve(one) for one in ids}
        with bar(words("keys.looking")) as progress:
            taken = taking.chosen(room, named, meant, progress)
    if place is None:
        return _preview(taken, struck)
    return told(taking.write(taken, form, place, folder, key=key, struck=struck, year=year))


def _preview(taken: Taken, struck: Sequence[int]) -> int:
    from imago_tui.commands.bars import told
    from imago_tui.deeds import taking
    from imago_tui.outgoing import packet
    from imago_tui.plain.reading import show

    show(packet.preview(taking.lines(taken, struck), struck), printed=False)
    return told(taking.looked_at(taken))


@click.command("import", help=words("outgoing.help.import"))
@click.argument("place", metavar="FILE", type=FILE)
@click.option("--own", "own_room", is_flag=True, help=words("private.options.own"))
@passphrase_file
@click.pass_obj
def import_(before: Sequence[Path], *, place: Path, own_room: bool, files: Sequence[Path]) -> int:
    """Bring entries of our JSON back."""
    from imago_tui import paths
    from imago_tui.commands.bars import bar, told
    from imago_tui.commands.unlock import open_journal, open_own
    from imago_tui.deeds import copies as deeds

    entries = deeds.read_data(place)
    folder = paths.journal_dir()
    given = (*(before or ()), *files)
    opened = open_own(folder, given) if own_room else open_journal(folder, given)
    with opened as room, bar(words("keys.copying")) as progress:
        done = deeds.bring_in(room, entries, progress)
    return told(done)
