"""A whole evening in lines: the page, the names, the talks, and what is kept of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imago_tui import exercises, paths
from imago_tui.dialogue import keep
from imago_tui.errors import ImagoError
from imago_tui.evening import Answer, Evening, came_through
from imago_tui.journal.store import Journal
from imago_tui.keeping import JournalKeeper, local_now, newest_unfinished, resume_talk
from imago_tui.plain import pages
from imago_tui.plain.console import Console, Ended
from imago_tui.plain.talk import Talk
from imago_tui.session import Session
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from imago_tui.session import Draft


@dataclass(slots=True)
class Held:
    """A talk that is only in memory yet, and when it began."""

    session: Session
    started: datetime


@dataclass(slots=True)
class Hall:
    """What an evening in lines has at hand.

    Args:
        console: the two streams.
        folder: of the journal.
        given: passphrases that nobody needs to type.
        fresh: begin anew without asking; an unfinished talk stays.
    """

    console: Console
    folder: Path
    given: tuple[str, ...] = ()
    fresh: bool = False
    journal: Journal | None = None
    held: list[Held] = field(default_factory=list)

    def hold(self, evening: Evening) -> None:
        """From the first page to the last.

        Raises:
            Ended: no more lines came.
            ImagoError: 4 to 7, the journal.
        """
        while evening.need != "over":
            match evening.need:
                case "page":
                    evening = self._park(evening, evening.take(self._answer(evening)))
                case "open":
                    evening = self._open(evening)
                case "table":
                    evening = self._table(evening)
                case "let-go":
                    evening = self._let_go(evening)
                case "make":
                    evening = self._make(evening)

    def _park(self, before: Evening, after: Evening) -> Evening:
        """Keep what was parked on a page, where there is a journal; else it waits for one."""
        if self.journal is not None and after.open and before.open:
            for word in after.parked[len(before.parked) :]:
                self.journal.park(word, made=local_now())
        return after

    def _answer(self, evening: Evening) -> Answer:
        if evening.at == "seats":  # where they sit matters to eyes only
            return Answer("0")
        if evening.at == "unlock" and self.given:
            given, self.given = self.given, ()
            self.journal = Journal.open(self.folder, given)
            return Answer("go", texts=given[:1])
        return pages.answer(self.console, evening.page(), evening.names)

    def _open(self, evening: Evening) -> Evening:
        try:
            journal = self.journal or Journal.open(self.folder, [evening.passphrase])
        except ImagoError as trouble:
            return evening.not_opened(trouble.message, trouble.hint)
        self.journal = journal
        unfinished = not self.fresh and newest_unfinished(journal) is not None
        return evening.opened(
            journal.partners,
            unclear=journal.unclear,
            left=0,
            unfinished=unfinished,
            parked=tuple(note.text for note in journal.parked() if note.text),
        )

    def _table(self, evening: Evening) -> Evening:
        plan = evening.plan
        exercise = exercises.load(plan.exercise) if plan.exercise else None
        if self.journal is None:
            if exercise is None:
                raise AssertionError(plan)
            session = Session(exercise, plan.names, first=plan.first, minutes=plan.minutes)
            self.held.append(Held(session, local_now()))
            Talk(self.console, session).hold()
            return evening.held(keep=_wanted(session), through=came_through(session.state))
        with self.journal.lock():
            draft: Draft | None = None
            entry = newest_unfinished(self.journal) if plan.resume else None
            if entry is not None:
                talk = resume_talk(self.journal, entry)
                draft = talk.draft
                session = Session(
                    talk.state.exercise, plan.names, keeper=talk.keeper, state_=talk.state
                )
            elif exercise is not None:
                keeper = JournalKeeper(self.journal, exercise.id)
                session = Session(
                    exercise, plan.names, first=plan.first, minutes=plan.minutes, keeper=keeper
                )
            else:
                raise ImagoError(words("keeping.none"), words("keeping.none_hint"), 2)
            Talk(self.console, session, draft).hold()
            if session.trouble is not None:
                raise session.trouble
        return evening.held(through=came_through(session.state))

    def _let_go(self, evening: Evening) -> Evening:
        if self.journal is not None:
            entry = newest_unfinished(self.journal)
            if entry is not None:
                self.journal.remove(entry.id)
        return evening.let_go()

    def _make(self, evening: Evening) -> Evening:
        try:
            self.journal = Journal.create(self.folder, evening.keys)
            for held in self.held:
                if _wanted(held.session):
                    JournalKeeper(
                        self.journal, held.session.exercise.id, started=held.started
                    ).finish(held.session.state)
            at_the_table = (word for held in self.held for word in held.session.parked)
            for word in (*evening.parked, *at_the_table):
                self.journal.park(word, made=local_now())
        except ImagoError as trouble:
            return evening.not_made(trouble.message, trouble.hint)
        return evening.made(str(self.folder))


def _wanted(session: Session) -> bool:
    """Whether both left something to keep of a talk in memory."""
    agreed = keep.kept(session.state.said)
    return agreed is not None and agreed.amount != "nothing"


def hold(exercise: str, files: Sequence[Path], *, keeps: bool, resume: bool, fresh: bool) -> int:
    """Hold an evening in lines; the status is the program's.

    Args:
        exercise: its id, when it was named beforehand; "" otherwise.
        files: with passphrases.
        keeps: whether anything may be kept, and the journal opened.
        resume: go on with the newest unfinished talk.
        fresh: begin anew; an unfinished talk stays.

    Raises:
        ImagoError: 2 nothing to resume; 4 no passphrase and nobody to type one; 5 to 7 the journal.
        KeyboardInterrupt: Ctrl+C; the screen is clear.
    """
    from imago_tui.commands.unlock import given, nobody_types, stands

    folder = paths.journal_dir()
    journal = keeps and stands(folder)
    if resume and not journal:
        raise ImagoError(words("journal.open.none"), words("journal.open.none_hint"), 2)
    passphrases = given(files) if journal else ()
    console = Console()
    if journal and not passphrases and not console.keyboard:
        nobody_types()
    hall = Hall(console, folder, passphrases, fresh)
    try:
        with console:
            begun = Evening.begin(journal=journal, keeps=keeps, exercise=exercise, resume=resume)
            try:
                hall.hold(begun)
            except Ended as ended:
                if ended.told:
                    console.say(
                        "", words("plain.input_over" if hall.journal else "plain.input_over_unkept")
                    )
                return ended.status
    finally:
        if hall.journal is not None:
            hall.journal.close()
    return 0
