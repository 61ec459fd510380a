"""An evening on the screen: asks its pages, holds its talks, opens or makes the journal."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from imago_tui import exercises, paths
from imago_tui.dialogue import keep
from imago_tui.errors import ImagoError
from imago_tui.evening import Evening, came_through
from imago_tui.session import Draft, Session
from imago_tui.tui.asking import ask
from imago_tui.tui.screens.wait import meanwhile
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imago_tui.dialogue.exercise import Exercise
    from imago_tui.dialogue.state import State
    from imago_tui.journal.entry import Entry
    from imago_tui.journal.store import Journal
    from imago_tui.keeping import JournalKeeper
    from imago_tui.tui.app import ImagoApp

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Held:
    """A talk that is only in memory yet, and when it began and ended."""

    state: State
    began: datetime
    ended: datetime


def local_now() -> datetime:
    """Now, with this machine's offset."""
    return datetime.now().astimezone()


def nothing_unfinished() -> ImagoError:
    """What is said when going on was asked for and nothing is unfinished."""
    return ImagoError(words("keeping.none"), words("keeping.none_hint"), 2)


def without_keeping(exercise: Exercise) -> Exercise:
    """The exercise as it is held where nothing may be kept: what to keep is not asked."""
    stages = tuple(stage for stage in exercise.stages if stage.id != "keep")
    return replace(exercise, stages=stages)


class Tonight:
    """One evening.

    Args:
        app: whose screen it is.
        evening: where it begins.
        passphrases: those that need nobody to type them.
        fresh: an unfinished talk is left alone, and nobody is asked.
        journal: already open; then `entry` may say which unfinished talk to go on with.
    """

    def __init__(
        self,
        app: ImagoApp,
        evening: Evening,
        *,
        passphrases: Sequence[str] = (),
        fresh: bool = False,
        journal: Journal | None = None,
        entry: Entry | None = None,
    ) -> None:
        self._app = app
        self._passphrases = tuple(passphrases)
        self._fresh = fresh
        self._journal = journal
        self._ours = journal is None
        self._entry = entry
        self._waiting: list[Held] = []
        self._keepers: dict[int, JournalKeeper] = {}
        self._unopened = 0
        self.evening = evening

    async def run(self) -> int:
        """The whole evening; the program's status.

        Raises:
            ImagoError: what a passphrase file or the journal's lock has to say.
        """
        try:
            if self.evening.journal and self._journal is None and self._passphrases:
                await self._open(self._passphrases)
            elif self._journal is not None:
                self.evening = await self._opened(self._journal)
            while self.evening.need != "over":
                self.evening = await self._on()
        finally:
            if self._journal is not None and self._ours:
                self._journal.close()
        return 0 if self.evening.open or not self.evening.journal else self._unopened

    async def _on(self) -> Evening:
        evening = self.evening
        match evening.need:
            case "open":
                return await self._try_to_open(evening.passphrase)
            case "table":
                return await self._hold()
            case "let-go":
                return await self._let_go()
            case "make":
                return await self._make()
        answer = await ask(self._app, evening.page(), evening)
        after = evening.stop() if answer is None else evening.take(answer)
        if evening.at == "here" and after.here is not None and self._journal is not None:
            self._journal.here(after.here)
        if after.parked != evening.parked:
            return await self._park(after)
        return after

    # The journal

    async def _try_to_open(self, passphrase: str) -> Evening:
        try:
            return await self._open((passphrase,))
        except ImagoError as trouble:
            self._unopened = trouble.status
            return self.evening.not_opened(trouble.message, trouble.hint)

    async def _open(self, passphrases: Sequence[str]) -> Evening:
        def work() -> Journal:
            # Imported here: the keys and all they stand on are heavy, and a first evening has none.
            from imago_tui.commands.unlock import stands
            from imago_tui.journal.store import Journal

            folder = paths.journal_dir()
            stands(folder)
            return Journal.open(folder, passphrases)

        self._journal = await self._meanwhile(work)
        self.evening = await self._opened(self._journal)
        return self.evening

    async def _opened(self, journal: Journal) -> Evening:
        def work() -> tuple[Entry | None, bool, tuple[str, ...]]:
            from imago_tui.keeping import newest_unfinished

            entry = self._entry
            with contextlib.suppress(ImagoError):  # damaged: the rest of the evening is there
                entry = entry or newest_unfinished(journal)
            heads = journal.heads().heads
            return entry, not heads, tuple(note.text or "" for note in journal.parked())

        entry, nothing_yet, parked = await self._meanwhile(work)
        self._entry = None if self._fresh else entry
        if self.evening.resume:
            self._must_go_on(entry)
        return self.evening.opened(
            journal.partners,
            unclear=journal.unclear,
            fresh=nothing_yet,
            left=sides(journal),
            unfinished=self._entry is not None,
            parked=parked,
        )

    def _must_go_on(self, entry: Entry | None) -> None:
        """Going on was asked for: say so when there is nothing to go on with."""
        if entry is None:
            raise nothing_unfinished()
        if self.evening.chosen not in {"", entry.exercise}:
            raise ImagoError(
                words("keeping.other_exercise", exercise=entry.exercise),
                words("keeping.other_exercise_hint"),
                2,
            )

    async def _park(self, after: Evening) -> Evening:
        """Put what was just parked into the journal, where one is open."""
        journal, text = self._journal, after.parked[-1]
        if journal is None:
            return after
        try:
            await self._meanwhile(lambda: journal.park(text, made=local_now()))
        except ImagoError as trouble:  # it stands on this page as long as they are here
            return replace(after, note=f"{trouble.message} {trouble.hint}".strip())
        return after

    async def _let_go(self) -> Evening:
        journal, entry = self._journal, self._entry
        if journal is not None and entry is not None:
            try:
                await self._meanwhile(lambda: journal.remove(entry.id))
            except ImagoError as trouble:
                note = f"{trouble.message} {trouble.hint}".strip()
                return replace(self.evening, at="resume", note=note)
        self._entry = None
        return self.evening.let_go()

    async def _meanwhile(self, work: Callable[[], Result]) -> Result:
        return await meanwhile(self._app, words("evening.wait"), work)

    # The table

    async def _hold(self) -> Evening:
        plan, journal = self.evening.plan, self._journal
        began = local_now()
        with journal.lock() if journal is not None else contextlib.nullcontext():
            session, draft = self._session()
            await self._app.hold(session, plan.left, draft)
            await self._until_written(session)
        state = session.state
        wants = bool(state.over and (kept := keep.kept(state.said)) and kept.amount != "nothing")
        if journal is None and wants:
            self._waiting.append(Held(state, began, local_now()))
        after = self.evening.held(keep=wants, through=state.over and came_through(state))
        parked = (*after.parked, *(word for word in session.parked if word.strip()))
        return replace(after, parked=parked)

    async def _until_written(self, session: Session) -> None:
        """What the disk didn't take at the very end is tried again, as often as they like."""
        while session.state.over and session.trouble is not None:
            told = self.evening.not_made(session.trouble.message, session.trouble.hint)
            answer = await ask(self._app, told.page(), told)
            if answer is None or answer.choice != "again":
                return
            await self._meanwhile(session.retry)

    def _session(self) -> tuple[Session, Draft | None]:
        plan, journal, entry = self.evening.plan, self._journal, self._entry
        if journal is None:
            exercise = exercises.load(plan.exercise)
            if not self.evening.keeps:
                exercise = without_keeping(exercise)
            return Session(exercise, plan.names, first=plan.first, minutes=plan.minutes), None
        from imago_tui.keeping import JournalKeeper, resume_talk

        if plan.resume and entry is not None:
            talk = resume_talk(journal, entry)
            self._entry = None
            session = Session(
                talk.state.exercise, journal.partners, keeper=talk.keeper, state_=talk.state
            )
            return session, talk.draft
        exercise = exercises.load(plan.exercise)
        session = Session(
            exercise,
            journal.partners,
            first=plan.first,
            minutes=plan.minutes,
            keeper=JournalKeeper(journal, exercise.id),
        )
        return session, None

    # Keys, at the end and never before

    async def _make(self) -> Evening:
        folder, keys = paths.journal_dir(), self.evening.keys

        def work() -> None:
            from imago_tui.journal.store import Journal

            if self._journal is None:
                self._journal = Journal.create(folder, keys)
            self._seal(self._journal)

        try:
            await self._meanwhile(work)
        except ImagoError as trouble:
            return self.evening.not_made(trouble.message, trouble.hint)
        return self.evening.made(str(folder))

    def _seal(self, journal: Journal) -> None:
        """Write what was only in memory; what is written already is not written twice."""
        from imago_tui.keeping import JournalKeeper

        with journal.lock():
            while self._waiting:
                held = self._waiting[0]
                times = iter((held.began, held.ended))
                keeper = self._keepers.get(id(held)) or JournalKeeper(
                    journal, held.state.exercise.id, now=times.__next__
                )
                self._keepers[id(held)] = keeper
                keeper.finish(held.state)
                self._waiting.pop(0)
            for word in self.evening.parked:
                journal.park(word, made=local_now())


def sides(journal: Journal) -> int | None:
    """Who sits left, where what both have set agrees."""
    sides = [journal.settings(who).side for who in (0, 1)]
    known = {("left", "right"): 0, ("right", "left"): 1}
    return known.get((sides[0] or "", sides[1] or ""))
