"""`imago-tui exercises`: what can be held, and whether a file of one's own can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from imago_tui.commands.nested import Nested
from imago_tui.commands.options import FILE
from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path


@click.group("exercises", cls=Nested, help=words("cli.commands.exercises"))
def command() -> None:
    """What there is."""


@command.command("list", help=words("checking.help.list"))
def list_command() -> None:
    """Every exercise, a line each."""
    from imago_tui import exercises

    for name in exercises.names():
        exercise = exercises.load(name)
        click.echo(
            words(
                "checking.row",
                id=exercise.id,
                title=exercise.title,
                minutes=exercise.minutes,
                about=exercise.about,
            )
        )


@command.command("show", help=words("checking.help.show"))
@click.argument("name", metavar="NAME")
def show_command(name: str) -> None:
    """Its stages, with what is asked at each."""
    from imago_tui import exercises
    from imago_tui.commands.dialogue import known

    known(name)
    exercise = exercises.load(name)
    click.echo(words("checking.title", title=exercise.title, minutes=exercise.minutes))
    click.echo(exercise.about)
    names = {"sender": words("checking.sender"), "receiver": words("checking.receiver")}
    for stage in exercise.stages:
        ask = exercise.face(exercise.entry_of(stage.id)).ask
        for role, called in names.items():
            ask = ask.replace("{" + role + "}", called)
        click.echo(words("checking.stage", id=stage.id, ask=ask))


@command.command("check", help=words("checking.help.check"))
@click.argument("file", metavar="FILE", type=FILE)
def check_command(file: Path) -> int:
    """Whether it can be held: line, rule and what mends it, for all that stands in the way."""
    from imago_tui.plain.checking import faults, read

    text = read(file)
    found = faults(text)
    for fault in found:
        click.echo(
            words("checking.fault", file=file.name, line=fault.line, what=fault.what), err=True
        )
        if fault.mend:
            click.echo(fault.mend, err=True)
    if found:
        raise ImagoError(words("checking.not_yet", file=file.name), "", WRONG_USE)
    click.echo(words("checking.good", file=file.name))
    return 0
