"""What an evening has at hand: the journal, once it is open, and talks that are only in memory yet.

`evening` says what comes next; this does what it asks for, alike for both front ends. It knows no
screen, and asks nobody. Opening and making take a moment, so a screen does them in a thread.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from imago_tui import exercises, paths, remembering, topics
from imago_tui.dialogue import keep
from imago_tui.errors import ImagoError
from imago_tui.evening import came_through
from imago_tui.going_on import must_go_on, planned, unfinished
from imago_tui.helping.likes import Likes
from imago_tui.in_memory import InMemory
from imago_tui.now import local_now

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from imago_tui.evening import Evening, Page
    from imago_tui.helping.likes import Both
    from imago_tui.journal.entry import Entry
    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.store import Journal
    from imago_tui.session import Session

# The journal and all it stands on are heavy, and a first evening has none until its end: whatever
# needs them imports them where it needs them.


class Hall:
    """One evening's journal and talks. Every evening that is given back is the next one.

    Args:
        fresh: an unfinished talk is left alone, and nobody is asked.
        journal: one that is open already; whoever opened it closes it.
        own: the open room of one person, for what is held alone; whoever opened it closes it.
        entry: in it, the unfinished talk to go on with.
    """

    def __init__(
        self,
        *,
        fresh: bool = False,
        journal: Journal | None = None,
        entry: Entry | None = None,
        own: OwnRoom | None = None,
    ) -> None:
        self.journal = journal
        self._own = own
        self.status = 0
        """The program's, when they leave now: 4 or 5 as long as the journal would not open."""
        self._fresh = fresh
        self._ours = journal is None
        self._entry = entry
        self._in_memory = InMemory()
        self._owed: list[Callable[[Journal], object]] = []
        self._likes: Both = (Likes(), Likes())
        self.copy_trouble: ImagoError | None = None
        """What kept the day's copy from being made, for when the screen is gone."""

    def finish(self) -> None:
        """Wait for what is still written at the end: the day's copy, which nobody waited for."""
        if self.journal is not None:
            self.copy_trouble = self.journal.copied() or self.copy_trouble

    def abandon(self) -> None:
        """They close now: let a copy that is still being made be."""
        if self.journal is not None:
            self.journal.abandon_copy()

    def keep_open(self) -> None:
        """Leave the journal open at the end, for whoever asked: it is theirs to close then."""
        self._ours = False

    @property
    def in_memory(self) -> bool:
        """Whether a talk stands nowhere else yet."""
        return self._in_memory.holds

    def close(self) -> None:
        """Close the journal, if it was opened or made here; wait for what is still written."""
        if self.journal is None:
            return
        with contextlib.suppress(ImagoError):
            self._keep_owed(self.journal)
        self.finish()
        if self._ours:
            self.journal.close()

    # The journal

    def open(self, evening: Evening, passphrases: Sequence[str]) -> Evening:
        """Open the journal.

        Raises:
            ImagoError: 2 going on was asked for, and there is nothing to go on with; 4 no
                passphrase opens it; 5 its keys, or the talk to go on with, are damaged.
        """
        from imago_tui.journal import layout
        from imago_tui.journal.store import Journal

        folder = paths.journal_dir()
        layout.stands(folder)
        self.journal = Journal.open(folder, passphrases)
        return self.enter(evening, self.journal)

    def try_to_open(self, evening: Evening) -> Evening:
        """Open it with what was typed on the evening's page; told there when that opens nothing.

        Raises:
            ImagoError: 2 or 5 about the talk to go on with.
        """
        try:
            opened = self.open(evening, (evening.passphrase,))
        except ImagoError as trouble:
            if self.journal is not None:  # it did open
                raise
            self.status = trouble.status
            return evening.not_opened(trouble.message, trouble.hint)
        self.status = 0
        return opened

    def enter(self, evening: Evening, journal: Journal) -> Evening:
        """See what is in the open journal.

        Raises:
            ImagoError: 2 or 5 as at `open`.
        """
        entry = self._entry or unfinished(journal, must=evening.resume)
        self._entry = None if self._fresh else entry
        if evening.resume:
            must_go_on(evening, entry)
        return evening.opened(
            journal.partners,
            unclear=journal.unclear,
            fresh=not journal.heads().heads,
            left=remembering.sides(journal),
            unfinished=self._entry is not None,
            planned=planned(self._entry),
            parked=tuple(note.text or "" for note in journal.parked()),
            thanks=remembering.thanks(journal),
        )

    def after(self, before: Evening, after: Evening) -> Evening:
        """Keep what a page has brought: who is here, who sits where, and words that were parked."""
        if not after.journal:  # they go on without it
            self.status = 0
        if self.journal is None:
            return after
        if before.at == "here" and after.here is not None:
            self.journal.here(after.here)
        now = local_now()
        for word in after.parked[len(before.parked) :]:
            self._owed.append(partial(_park, word=word, made=now))
        self._owed.append(lambda journal: remembering.turned(journal, before, after, now))
        try:
            self._keep_owed(self.journal)
        except ImagoError as trouble:
            return replace(after, note=_told(trouble))
        return after

    def _keep_owed(self, journal: Journal) -> None:
        """What the disk did not take waits, and each page tries again, in the same order."""
        while self._owed:
            self._owed[0](journal)
            self._owed.pop(0)

    def let_go(self, evening: Evening) -> Evening:
        """Remove the unfinished talk; back to its page when that can't be done."""
        if self.journal is not None and self._entry is not None:
            try:
                self.journal.remove(self._entry.id)
            except ImagoError as trouble:
                return replace(evening, at="resume", note=_told(trouble))
        self._entry = None
        return evening.let_go()

    # The table

    def lock(self) -> AbstractContextManager[object]:
        """Hold this while a talk runs: nobody else writes in between.

        Raises:
            ImagoError: 6, 7.
        """
        return self.journal.lock() if self.journal is not None else contextlib.nullcontext()

    def talk(self, evening: Evening) -> Session:
        """The talk of the evening's plan.

        Raises:
            ImagoError: 5 this version can't go on with the unfinished one.
        """
        session = self._talk(evening)
        if self.journal is not None:
            self._likes = remembering.likes(self.journal)
        session.likes = self._likes
        remembering.own_words(session)
        return session

    def _talk(self, evening: Evening) -> Session:
        # Imported here: the pages before a talk are there sooner without its rules.
        from imago_tui.session import Session

        plan, journal, entry = evening.plan, self.journal, self._entry
        if plan.alone:
            from imago_tui import alone

            return alone.talk(exercises.load(plan.exercise), self._own)
        if journal is None:
            exercise = topics.about(exercises.load(plan.exercise), plan.theme, plan.parked)
            if not evening.keeps:
                exercise = exercises.without_keeping(exercise)
            return Session(exercise, plan.names, first=plan.first, minutes=plan.minutes)
        from imago_tui.keeping import JournalKeeper, resume_talk

        if plan.resume and entry is not None:
            gone_on = resume_talk(journal, entry)
            self._entry = None
            return Session(
                gone_on.state.exercise,
                journal.partners,
                keeper=gone_on.keeper,
                state_=gone_on.state,
                draft=gone_on.draft,
            )
        return Session(
            topics.about(exercises.load(plan.exercise), plan.theme, plan.parked),
            journal.partners,
            first=plan.first,
            minutes=plan.minutes,
            keeper=JournalKeeper(journal, plan.exercise, theme=plan.theme),
        )

    def held(self, evening: Evening, session: Session, began: datetime) -> Evening:
        """The talk is over, or was left; what both want to keep of it waits for keys."""
        state = session.state
        agreed = keep.kept(state.said) if state.over else None
        wants = agreed is not None and agreed.amount != "nothing" and not evening.plan.alone
        if self.journal is None and wants:
            self._in_memory.hold(state, began)
        through = state.over and came_through(state)
        self._likes = session.fade() if through else session.likes
        self._keep_likes()
        after = evening.held(
            keep=wants,
            through=through,
            agreed=remembering.agreed(state.said, session.names),
            look_back=through and remembering.worth_a_look(self.journal, local_now()),
        )
        parked = evening.parked
        if through and evening.parked_topic:
            # Where the disk does not take that now, it is offered once more another time.
            with contextlib.suppress(ImagoError):
                parked = remembering.unpark(self.journal, parked, evening.parked_topic)
        parked = (*parked, *(word for word in session.parked if word.strip()))
        return replace(after, parked=parked)

    def _keep_likes(self) -> None:
        """Keep how each likes it. What the disk does not take is no news at the end of a talk."""
        if self.journal is not None:
            with contextlib.suppress(ImagoError):
                remembering.keep_likes(self.journal, self._likes)

    def not_written(self, evening: Evening, session: Session) -> Page | None:
        """The page that tells what the disk did not take at the very end; None when it took it."""
        if session.trouble is None:
            return None
        return evening.not_made(session.trouble.message, session.trouble.hint).page()

    # Keys, at the end and never before

    def make(self, evening: Evening) -> Evening:
        """Make the journal, and write into it what was only in memory.

        Tried again after a mishap, it goes on where it stopped: nothing is written twice.
        """
        from imago_tui.journal.store import Journal

        folder = paths.journal_dir()
        try:
            if self.journal is None:
                self.journal = Journal.create(folder, evening.keys)
            with self.journal.lock():
                remembering.keep_sides(self.journal, evening.left if evening.eyes else None)
                remembering.keep_likes(self.journal, self._likes)
                self._in_memory.seal(self.journal, evening.parked)
        except ImagoError as trouble:
            return evening.not_made(trouble.message, trouble.hint)
        return evening.made(str(folder))


def _park(journal: Journal, word: str, made: datetime) -> None:
    journal.park(word, made=made)


def _told(trouble: ImagoError) -> str:
    return f"{trouble.message} {trouble.hint}".strip()
