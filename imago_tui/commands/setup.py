"""`imago-tui setup`: make the journal of two people before their first talk."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from imago_tui.commands.options import FILE, passphrase_file
from imago_tui.errors import ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WRONG_USE = 2
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
    from imago_tui.journal.store import Journal

    folder = paths.journal_dir()
    if Journal.exists(folder):
        raise ImagoError(
            words("journal.setup.exists"), words("journal.setup.exists_hint"), WRONG_USE
        )
    for what, given in (("partner", names), ("passphrase_file", files), ("recovery", recovery)):
        if len(given) > COUPLE:
            raise ImagoError(words(f"setup.too_many.{what}"), "", WRONG_USE)
    partners = _partners(names, files)
    with Journal.create(folder, partners, recovery=recovery) as journal:
        click.echo(words("setup.done", folder=folder))
        for warning in journal.warnings:
            click.echo(warning, err=True)
    if len(recovery) < COUPLE:
        click.echo(words("setup.recovery.none" if not recovery else "setup.recovery.one"))
    return 0


def _partners(names: Sequence[str], files: Sequence[Path]) -> list[tuple[str, str]]:
    """Name and passphrase of each, from what was given; the rest is asked for at a terminal."""
    from imago_tui.journal.passphrase import read_passphrase_file
    from imago_tui.plain.console import unseen

    passphrases = [read_passphrase_file(file, making=True) for file in files]
    if len(names) < COUPLE or len(passphrases) < COUPLE:
        _need_terminal()
    chosen = list(names)
    while len(chosen) < COUPLE:
        chosen.append(_name(len(chosen), chosen))
    # One person at a time: the other one looks away while a passphrase is typed.
    with unseen():
        while len(passphrases) < COUPLE:
            passphrases.append(_passphrase(chosen[len(passphrases)]))
    return list(zip(chosen, passphrases, strict=True))


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
        if name and name not in taken:
            return name
        told = "journal.setup.same_name" if name else "journal.setup.name_missing"
        click.echo(words(told), err=True)


def _passphrase(name: str) -> str:
    from imago_tui.commands.unlock import hidden
    from imago_tui.inert import inert
    from imago_tui.journal.passphrase import check_strength

    click.echo(words("setup.ask.alone", name=inert(name)), err=True)
    while True:
        typed = hidden(words("setup.ask.passphrase"))
        if not typed:
            raise ImagoError(words("setup.ask.given_up"), "", WRONG_USE)
        try:
            check_strength(typed)
        except ImagoError as mishap:
            click.echo(mishap.message, err=True)
            continue
        if hidden(words("setup.ask.again")) == typed:
            return typed
        click.echo(words("setup.ask.not_same"), err=True)
