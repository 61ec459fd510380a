"""`imago-tui dialogue`: hold a talk, on the screen, in lines, or as a script."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from imago_tui import config
from imago_tui.commands.options import FILE, passphrase_file
from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.loading import loading
from imago_tui.plain.console import a_terminal
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@click.command("dialogue", help=words("cli.commands.dialogue"))
@click.argument("exercise", required=False, default="")
@click.option("--plain", is_flag=True, help=words("plain.options.plain"))
@click.option("--script", type=FILE, metavar="FILE", help=words("plain.options.script"))
@click.option("--practice", is_flag=True, help=words("practice.option"))
@click.option("--no-journal", is_flag=True, help=words("plain.options.no_journal"))
@click.option("--resume", is_flag=True, help=words("plain.options.resume"))
@click.option("--fresh", is_flag=True, help=words("plain.options.fresh"))
@passphrase_file
def command(  # noqa: PLR0913  each is an option
    *,
    exercise: str,
    plain: bool,
    script: Path | None,
    practice: bool,
    no_journal: bool,
    resume: bool,
    fresh: bool,
    files: Sequence[Path],
) -> int:
    """Hold the talk; the status is the program's."""
    config.load()  # a line in it that is not understood is told before anything begins
    _go_together(resume=resume, fresh=fresh, no_journal=no_journal)
    if exercise:
        known(exercise)
    if practice:
        return _practise(exercise, plain=plain, script=script)
    if script is not None:
        from imago_tui.commands.scripted import hold

        return hold(script, exercise, files, in_memory=no_journal, resume=resume)
    if plain:
        from imago_tui.plain.evening import hold as evening

        return evening(exercise, files, keeps=not no_journal, resume=resume, fresh=fresh)
    _needs_a_terminal()
    # Imported here and only here: the screen is heavy, and lines and scripts do without it.
    with loading():
        from imago_tui.tui.flows import dialogue_flow

    return dialogue_flow(exercise, files=files, keeps=not no_journal, resume=resume, fresh=fresh)


def _needs_a_terminal() -> None:
    if not (a_terminal(sys.stdin) and a_terminal(sys.stdout)):
        raise ImagoError(words("errors.terminal_needed"), words("plain.lines_hint"), WRONG_USE)


def _practise(exercise: str, *, plain: bool, script: Path | None) -> int:
    """Couples to watch and short drills; no journal is opened, whatever else was asked for."""
    if script is not None:
        raise ImagoError(words("plain.either", one="--practice", other="--script"), "", WRONG_USE)
    if plain:
        from imago_tui.plain.practising import practise

        return practise(exercise)
    _needs_a_terminal()
    with loading():
        from imago_tui.tui.practising import practice_flow

    return practice_flow(exercise)


def _go_together(*, resume: bool, fresh: bool, no_journal: bool) -> None:
    if resume and (fresh or no_journal):
        other = "--fresh" if fresh else "--no-journal"
        raise ImagoError(words("plain.either", one="--resume", other=other), "", WRONG_USE)


def known(exercise: str) -> None:
    """Raise ImagoError 2 for an exercise there isn't."""
    from imago_tui import exercises
    from imago_tui.nearest import nearest

    names = exercises.every()
    if exercise in names:
        _held(exercise)
        return
    near = nearest(exercise, names)
    hint = (
        words("script.did_you_mean", name=near)
        if near
        else words("script.one_of", names=", ".join(names))
    )
    raise ImagoError(words("plain.no_exercise", name=exercise), hint, WRONG_USE)


def _held(exercise: str) -> None:
    """Raise ImagoError 2 for one of one's own that can't be held as it stands."""
    from imago_tui import exercises
    from imago_tui.dialogue.stage import ExerciseError
    from imago_tui.exercises.own import not_held

    try:
        exercises.load(exercise)
    except ExerciseError:
        raise not_held(exercise) from None
