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

    from imago_tui.dialogue.exercise import Exercise


@click.group("exercises", cls=Nested, help=words("cli.commands.exercises"))
def command() -> None:
    """What there is."""


@command.command("list", help=words("checking.help.list"))
def list_command() -> None:
    """Every exercise, a line each: the shipped ones, then one's own."""
    from imago_tui import exercises
    from imago_tui.exercises import own

    for name in exercises.names():
        click.echo(_row("checking.row", exercises.load(name)))
    for file in own.files():
        _tell_own(file)


def _tell_own(file: Path) -> None:
    """One of one's own; on stderr what keeps it from being held."""
    from imago_tui.dialogue.stage import ExerciseError
    from imago_tui.exercises import own
    from imago_tui.inert import inert

    rule = own.trouble(file)
    try:
        if not rule:
            click.echo(_row("checking.row_own", own.load(file.stem)))
            return
    except ExerciseError as mishap:
        rule = mishap.rule
    where = inert(file.name)
    click.echo(words(f"exercises.rule.{rule}", where=where), err=True)
    click.echo(words(f"checking.mend.{rule}"), err=True)


def _row(key: str, exercise: Exercise) -> str:
    return words(
        key,
        id=exercise.id,
        title=exercise.title,
        minutes=exercise.minutes,
        about=exercise.about,
    )


@command.command("show", help=words("checking.help.show"))
@click.argument("name", metavar="NAME")
def show_command(name: str) -> None:
    """Its stages, with what is asked at each."""
    from imago_tui import exercises
    from imago_tui.commands.dialogue import known
    from imago_tui.dialogue.stage import ROLES

    known(name)
    exercise = exercises.load(name)
    key = "checking.title" if name in exercises.names() else "checking.title_own"
    click.echo(words(key, title=exercise.title, minutes=exercise.minutes))
    click.echo(exercise.about)
    names = {role: words(f"checking.{role}") for role in ROLES}
    for stage in exercise.stages:
        ask = exercise.face(exercise.entry_of(stage.id)).ask
        for role, called in names.items():
            ask = ask.replace("{" + role + "}", called)
        click.echo(words("checking.stage", id=stage.id, ask=ask))


@command.command("check", help=words("checking.help.check"))
@click.argument("file", metavar="FILE", type=FILE)
def check_command(file: Path) -> int:
    """Whether it can be held: line, rule and what mends it, for all that stands in the way."""
    from imago_tui.exercises.own import folder
    from imago_tui.plain.checking import faults, read

    found = faults(read(file), file.stem if file.absolute().parent == folder() else "")
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
