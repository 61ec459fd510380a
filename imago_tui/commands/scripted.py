"""A script held from the command line, with the journal of this machine or in memory."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from imago_tui import paths
from imago_tui.commands.unlock import open_journal, open_own
from imago_tui.dialogue import keep
from imago_tui.going_on import nothing_unfinished, other_exercise
from imago_tui.journal import layout
from imago_tui.keeping import JournalKeeper, newest_unfinished, resume_talk, tell_of_copy
from imago_tui.mishaps import tell
from imago_tui.now import local_now
from imago_tui.script.playing import persons, play
from imago_tui.script.reading import read
from imago_tui.session import Session
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.dialogue.state import State
    from imago_tui.journal.store import Journal
    from imago_tui.script.reading import Script


def hold(file: Path, exercise: str, files: Sequence[Path], *, in_memory: bool, resume: bool) -> int:
    """Hold the talk that stands in `file`.

    Args:
        file: the script.
        exercise: the exercise that was asked for beside it; "" for none.
        files: with the passphrases.
        in_memory: keep nothing, even where there is a journal.
        resume: go on with the newest unfinished talk instead of beginning.

    Raises:
        ImagoError: 2 the script; 3 a turn that is not open; 4 to 7 the journal.
    """
    script = read(file, local_now(), exercise)
    if script.exercise.alone:
        return _alone(script, files, in_memory=in_memory)
    if resume or (not in_memory and layout.stands(paths.journal_dir())):
        with open_journal(paths.journal_dir(), files) as journal, journal.lock():
            session = _at_the_journal(script, journal, resume=resume)
            play(session, script.turns, persons(script.partners, session.names))
            tell_of_copy(journal.copied())
    else:
        session = Session(script.exercise, script.partners)
        play(session, script.turns, (0, 1))
        if not in_memory:
            tell(words("script.result.in_memory"), words("script.result.in_memory_hint"))
    click.echo(_result(session.state, kept=isinstance(session.keeper, JournalKeeper)))
    return 0


def _alone(script: Script, files: Sequence[Path], *, in_memory: bool) -> int:
    """An exercise for one person: into their own room where there is one, or nowhere."""
    from imago_tui import alone

    folder = paths.journal_dir()
    there = layout.exists(folder) or layout.exists_alone(folder)
    with ExitStack() as opened:
        room = None if in_memory or not there else opened.enter_context(open_own(folder, files))
        session = alone.talk(script.exercise, room)
        play(session, script.turns, (0, 1))
    state = session.state
    if not state.over:
        click.echo(words("script.result.unkept"))
        return 0
    agreed = keep.kept(state.said)
    own = agreed is not None and agreed.amount != "nothing"
    click.echo(words("script.result.own" if own else "script.result.over"))
    return 0


def _at_the_journal(script: Script, journal: Journal, *, resume: bool) -> Session:
    """The talk, begun or gone on with; its persons are the journal's partners in their order."""
    names = journal.partners
    if not resume:
        keeper = JournalKeeper(journal, script.exercise.id)
        first = persons(script.partners, names)[0]
        return Session(script.exercise, names, first=first, keeper=keeper)
    entry = newest_unfinished(journal)
    if entry is None:
        raise nothing_unfinished()
    if entry.exercise != script.exercise.id:
        raise other_exercise(entry)
    talk = resume_talk(journal, entry)
    return Session(script.exercise, names, keeper=talk.keeper, state_=talk.state)


def _result(state: State, *, kept: bool) -> str:
    """One plain line that says how it ended; ``kept``: there was a journal to keep it in."""
    if not state.over:
        return words("script.result.unfinished")
    agreed = keep.kept(state.said)
    if agreed is not None:
        word = "nothing" if agreed.amount == "nothing" or not kept else agreed.word
        return words(f"script.result.{word}")
    if state.said.meeting is not None:
        when = state.said.meeting.isoformat(timespec="minutes")
        return words("script.result.put_off_until", when=when)
    return words("script.result.put_off" if state.put_off else "script.result.over")
