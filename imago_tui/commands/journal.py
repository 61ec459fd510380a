"""`imago-tui journal`: read what was kept, on the screen, as lines or as JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from imago_tui.commands import (
    journal_back,
    journal_copies,
    journal_keys,
    journal_outgoing,
    journal_own,
    journal_topic,
    journal_us,
)
from imago_tui.commands.bars import bar
from imago_tui.commands.damaged import told
from imago_tui.commands.filtering import felt, filtered, wanted
from imago_tui.commands.nested import Nested
from imago_tui.commands.options import passphrase_file
from imago_tui.errors import DAMAGED, NO_PASSPHRASE, WRONG_USE, ImagoError
from imago_tui.loading import loading
from imago_tui.plain.console import a_terminal
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.store import Journal


def _json(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--json", "as_json", is_flag=True, help=words("reading.options.json"))(
        command
    )


def _print(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--print", "printed", is_flag=True, help=words("reading.options.print"))(
        command
    )


def _own(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--own", "own", is_flag=True, help=words("private.options.own"))(command)


@click.group("journal", cls=Nested, invoke_without_command=True, help=words("cli.commands.journal"))
@passphrase_file
@click.pass_context
def command(context: click.Context, files: Sequence[Path]) -> int:
    """Browse it, when nothing else is asked for."""
    if context.invoked_subcommand is not None:
        context.obj = tuple(files)
        return 0
    if not (a_terminal(sys.stdin) and a_terminal(sys.stdout)):
        raise ImagoError(words("errors.terminal_needed"), words("reading.list_hint"), WRONG_USE)
    # Imported here and only here: the screen is heavy, and the rest does without it.
    with loading():
        from imago_tui.tui.flows import journal_flow

    return journal_flow(files=files)


command.add_command(journal_own.note)
command.add_command(journal_own.prepare)
command.add_command(journal_own.move)
command.add_command(journal_us.us)
for more in (
    journal_copies.backup,
    journal_copies.restore,
    journal_copies.verify,
    journal_copies.delete,
    journal_topic.topic,
    journal_keys.passphrase,
    journal_keys.recover,
    journal_keys.rekey,
    journal_keys.leave,
    journal_back.remembered,
    journal_back.still_open,
    journal_back.topics,
    journal_outgoing.export,
    journal_outgoing.import_,
):
    command.add_command(more)


@command.command("list", help=words("reading.help.list"))
@_json
@_print
@_own
@filtered
@passphrase_file
@click.pass_obj
def list_command(
    before: Sequence[Path],
    /,
    *,
    as_json: bool,
    printed: bool,
    own: bool,
    files: Sequence[Path],
    **chosen: str | None,
) -> int:
    """Every dialogue that is meant, newest first."""
    from imago_tui.plain.reading import listed, show

    meant = wanted(chosen)
    with _opened(before, files, own=own) as journal:
        with bar(words("keys.looking")) as progress:
            listing = journal.heads(progress)
        meant = felt(meant, chosen, journal)
        rows = [head.list_json() for head in listing.heads if meant.fits(head)]
        show(rows if as_json else listed(rows), printed=printed)
        return told(listing.damaged)


@command.command("show", help=words("reading.help.show"))
@click.argument("id_", metavar="ID")
@_json
@_print
@_own
@passphrase_file
@click.pass_obj
def show_command(
    before: Sequence[Path],
    *,
    id_: str,
    as_json: bool,
    printed: bool,
    own: bool,
    files: Sequence[Path],
) -> int:
    """One dialogue, as a dialogue."""
    from imago_tui.plain.reading import retold, show

    with _opened(before, files, own=own) as journal:
        entry = journal.load(journal.resolve(id_))
        if entry.sealed:
            raise ImagoError(
                words("journal.open.both_needed"),
                words("journal.open.both_needed_hint"),
                NO_PASSPHRASE,
            )
        show(entry.show_json() if as_json else retold(entry), printed=printed)
        if entry.older_copy:
            click.echo(words("journal.trouble.older_copy"), err=True)
            return DAMAGED
        return 0


@command.command("search", help=words("reading.help.search"))
@click.argument("looked_for", metavar="WORDS", nargs=-1, required=True)
@_json
@_print
@_own
@filtered
@passphrase_file
@click.pass_obj
def search_command(
    before: Sequence[Path],
    /,
    *,
    looked_for: Sequence[str],
    as_json: bool,
    printed: bool,
    own: bool,
    files: Sequence[Path],
    **chosen: str | None,
) -> int:
    """The dialogues in which all the words occur."""
    from imago_tui.plain.reading import found, show

    meant = wanted(chosen)
    with _opened(before, files, own=own) as journal:
        with bar(words("keys.looking")) as progress:
            damaged = journal.damaged(progress)
        meant = felt(meant, chosen, journal)
        rows = [one.to_json() for one in journal.search(" ".join(looked_for), wanted=meant)]
        show(rows if as_json else found(rows), printed=printed)
        return told(damaged)


def _opened(
    before: Sequence[Path] | None, files: Sequence[Path], *, own: bool
) -> Journal | OwnRoom:
    """The shared room, or one's own; never both."""
    from imago_tui import paths
    from imago_tui.commands.unlock import open_journal, open_own

    given = (*(before or ()), *files)
    return open_own(paths.journal_dir(), given) if own else open_journal(paths.journal_dir(), given)
