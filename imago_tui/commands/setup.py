"""`imago-tui setup`: make the journal of two people, or of one whom the other joins later."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from imago_tui.commands.options import FILE, passphrase_file
from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COUPLE = 2


@click.command("setup", help=words("cli.commands.setup"))
@click.option("--partner", "names", multiple=True, metavar="NAME", help=words("setup.partner"))
@passphrase_file
@click.option(
    "--recovery-file",
    "recovery",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help=words("setup.recovery_file"),
)
def command(names: Sequence[str], files: Sequence[Path], recovery: Sequence[Path]) -> int:
    """Make it; the status is the program's."""
    from imago_tui import paths
    from imago_tui.journal.layout import can_be_joined
    from imago_tui.journal.store import Journal

    folder = paths.journal_dir()
    for what, given in (("partner", names), ("passphrase_file", files), ("recovery", recovery)):
        if len(given) > COUPLE:
            raise ImagoError(words(f"setup.too_many.{what}"), "", WRONG_USE)
    if can_be_joined(folder):
        return _join(folder, names, files, recovery)
    if Journal.exists(folder):
        raise ImagoError(
            words("journal.setup.exists"), words("journal.setup.exists_hint"), WRONG_USE
        )
    partners = _partners(names, files)
    if len(partners) == 1:
        return _alone(folder, partners[0], recovery)
    with Journal.create(folder, partners, recovery=recovery) as journal:
        click.echo(words("setup.done", folder=folder))
        for warning in journal.warnings:
            click.echo(warning, err=True)
    click.echo(words("setup.copies"))
    if len(recovery) < COUPLE:
        click.echo(words("setup.recovery.none" if not recovery else "setup.recovery.one"))
    return 0


def _alone(folder: Path, person: tuple[str, str], recovery: Sequence[Path]) -> int:
    """Make a private room for someone alone."""
    from imago_tui.journal import setup

    if len(recovery) > 1:
        raise ImagoError(words("setup.too_many.recovery_alone"), "", WRONG_USE)
    setup.create_alone(folder, person, recovery[0] if recovery else None)
    click.echo(words("private.setup.done", folder=folder))
    click.echo(words("private.setup.next"))
    if not recovery:
        click.echo(words("setup.recovery.later"))
    return 0


def _join(
    folder: Path, names: Sequence[str], files: Sequence[Path], recovery: Sequence[Path]
) -> int:
    """The other one joins the one who is here: both passphrases, and the name of the new one."""
    from imago_tui.commands.unlock import new_passphrase, own_passphrase
    from imago_tui.journal.passphrase import read_passphrase_file
    from imago_tui.journal.store import Journal

    if len(names) == 1 and len(files) == 1:
        # The same line as the first time: nothing new was asked for.
        raise ImagoError(words("journal.setup.exists"), words("setup.join_hint"), WRONG_USE)
    if not names or len(files) < COUPLE:
        _need_terminal()
    passphrases = [read_passphrase_file(file, making=True) for file in files]
    if not passphrases:
        click.echo(words("setup.ask.here"), err=True)
        passphrases.append(own_passphrase(()))
    name = names[-1] if names else _name(1, [])
    if len(passphrases) < COUPLE:
        passphrases.append(new_passphrase(None, name))
    with Journal.join(folder, names or [name], passphrases, recovery=recovery) as journal:
        click.echo(words("private.setup.joined", folder=folder))
        click.echo(words("private.setup.joined_next"))
        click.echo(words("private.setup.joined_how"))
        for warning in journal.warnings:
            click.echo(warning, err=True)
    return 0


def _partners(names: Sequence[str], files: Sequence[Path]) -> list[tuple[str, str]]:
    """Name and passphrase of each, from what was given; the rest is asked for at a terminal.

    One person alone, when a name and a passphrase of one are given, or nobody else is named.
    """
    from imago_tui.commands.unlock import new_passphrase
    from imago_tui.journal.passphrase import read_passphrase_file

    passphrases = [read_passphrase_file(file, making=True) for file in files]
    if len(names) == len(passphrases) == 1:
        return [(names[0], passphrases[0])]
    if len(names) < COUPLE or len(passphrases) < COUPLE:
        _need_terminal()
    chosen = list(names)
    while len(chosen) < COUPLE:
        name = _name(len(chosen), chosen)
        if not name:
            break
        chosen.append(name)
    # One person at a time: the other one looks away while a passphrase is typed.
    while len(passphrases) < len(chosen):
        passphrases.append(new_passphrase(None, chosen[len(passphrases)], alone=len(chosen) == 1))
    return list(zip(chosen, passphrases, strict=False))


def _need_terminal() -> None:
    from imago_tui.plain.console import a_terminal

    if not (a_terminal(sys.stdin) and a_terminal(sys.stderr)):
        raise ImagoError(words("errors.terminal_needed"), words("setup.terminal_hint"), WRONG_USE)


def _name(number: int, taken: Sequence[str]) -> str:
    key = "setup.ask.second" if number else "setup.ask.first"
    while True:
        click.echo(words(key), err=True, nl=False)
        line = sys.stdin.readline()
        if not line:
            raise ImagoError(words("journal.setup.name_missing"), "", WRONG_USE)
        name = line.strip()
        if number and not name:  # nobody yet
            return ""
        if name and name not in taken:
            return name
        told = "journal.setup.same_name" if name else "journal.setup.name_missing"
        click.echo(words(told), err=True)
