"""One talk being held: the thin shell around the engine that both front ends share.

It holds the state, the timers and the way to the journal, and carries out effects. Front ends give
it events and draw its scene; they keep no truth of their own.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from imago_tui.dialogue import engine, state
from imago_tui.dialogue.clock import TOLD, Clock, Look, Timers
from imago_tui.dialogue.events import PERSONS, Event
from imago_tui.dialogue.scene import scene
from imago_tui.errors import ImagoError
from imago_tui.helping import likes as liking
from imago_tui.helping.likes import Likes
from imago_tui.helping.noticing import Noticing
from imago_tui.helping.stems import Stems, stems
from imago_tui.helping.ways import filled, put, worded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from imago_tui.dialogue.exercise import Exercise
    from imago_tui.dialogue.scene import Choice, Names, Scene
    from imago_tui.dialogue.state import State
    from imago_tui.helping.stuck import Stuck


class Keeper(Protocol):
    """Where a talk is kept while it runs and when it ends. Each may raise ImagoError (status 7)."""

    def save(self, now: State, draft: Draft | None) -> None:
        """Keep the state as it stands, sealed and on the disk when this returns."""

    def finish(self, now: State) -> None:
        """Both have answered what to keep: keep that, and nothing else."""

    def drop(self, now: State) -> None:
        """Put off before it began: no entry is left, only the agreed time."""

    def park(self, words: str) -> None:
        """A topic for another day."""


class Nowhere:
    """The keeper of a first evening: nothing is written."""

    def save(self, now: State, draft: Draft | None) -> None:
        """Write nothing."""

    def finish(self, now: State) -> None:
        """Write nothing."""

    def drop(self, now: State) -> None:
        """Write nothing."""

    def park(self, words: str) -> None:
        """Write nothing."""


class Draft(NamedTuple):
    """A line being typed: for which step, or for the choice with which key; whose it is; the words
    so far.
    """

    step: str
    who: int
    words: str


def look() -> Look:
    """Both clocks of this machine, now."""
    return Look(time.monotonic(), time.time())


class Session:
    """A talk. ``trouble``: what kept it from being saved last, None when all is safe.

    ``likes``: how each likes it; ``helped``: who has used some of the help in it; ``own``: lines in
    their own words; ``note``: something to be told at the beginning.
    """

    def __init__(  # noqa: PLR0913  what a talk begins with, or goes on with
        self,
        exercise: Exercise,
        names: Names,
        *,
        first: int = 0,
        minutes: int | None = None,
        keeper: Keeper | None = None,
        looks: Callable[[], Look] = look,
        state_: State | None = None,
        draft: Draft | None = None,
    ) -> None:
        """Begin, or go on with ``state_`` and the line ``draft`` that was being typed in it.

        ``first`` sends first; ``minutes`` is the evening's length, else the exercise's own.
        """
        self.names = names
        self.minutes = minutes or exercise.minutes
        self.keeper: Keeper = keeper or Nowhere()
        self.state = state_ or state.begin(exercise, first)
        self.trouble: ImagoError | None = None
        self.parked: list[str] = []
        self.likes: liking.Both = (Likes(), Likes())
        self.helped: set[int] = set()
        self.noticing = Noticing()
        self.own: Mapping[str, str] = {}
        self.note = ""
        self._looks = looks
        self._owed: str = ""
        self._waiting: list[str] = []
        self._draft = draft
        self._word: str = ""
        self._ticks = False
        now = looks()
        self.timers = Timers(Clock(self.minutes * 60.0), last=now).follow(
            self.state, self.minutes, now.monotonic
        )

    @property
    def drafted(self) -> Draft | None:
        """The line that is being typed; it goes with the step that it is for."""
        return self._draft

    @property
    def parks(self) -> bool:
        """Whether a word can be parked: for the two of them, not by one person alone."""
        return len(self.exercise.people(self.state.at.sender)) == len(PERSONS)

    @property
    def exercise(self) -> Exercise:
        """The exercise that is held."""
        return self.state.exercise

    def scene(self, *, typing: int | None = None, revealed: bool = False) -> Scene:
        """What both may see now (see ``dialogue.scene``), in the words that they like."""
        ways = self.ways
        found = scene(self.state, self.names, typing=typing, revealed=revealed, manner=ways.manner)
        return worded(found, self.names, ways.wording)

    def put(self, sentence: str) -> str:
        """A sentence from the table around the talk, in the words that they like."""
        return put(sentence, self.ways.wording)

    @property
    def ways(self) -> liking.Ways:
        """What holds for the table: what either of them has set."""
        return liking.together(self.likes)

    def stems(self, who: int, seen: Scene) -> Stems:
        """The lines to try before ``who``, at a scene of this talk."""
        now, hint = self.noticing.now, ""
        if now is not None and now.who == who:
            from imago_tui import hints

            hint = hints.stem(now.hint)
        own = filled(self.own, self.names, (seen.sender,)) if self.own else None
        return stems(seen, who, self.likes[who].level, hint, own)

    def stuck(self, seen: Scene, times: int = 0) -> Stuck:
        """What helps at a scene of this talk; ``times``: how often it was asked for here."""
        # Imported here: the first page comes without it, and should not wait for it.
        from imago_tui.helping.stuck import stuck

        faded = any(self.likes[who].level != liking.FULL for who in seen.turn)
        return stuck(seen, times, self.ways.wording, faded=faded)

    def fade(self) -> liking.Both:
        """How each likes it once this talk has come through: help that was not used fades."""
        one, two = (
            likes.after_talk(helped=who in self.helped) for who, likes in enumerate(self.likes)
        )
        return one, two

    def like(self, who: int, likes: Likes) -> None:
        """``who`` likes it this way from now on."""
        one, two = self.likes
        self.likes = (likes, two) if who == 0 else (one, likes)

    def send_away(self) -> bool:
        """The line that was noticed is not wanted; whether one stood there."""
        before, self.noticing = self.noticing, self.noticing.send_away()
        return before is not self.noticing

    def do(self, *events: Event) -> engine.Effects:
        """Take the steps of one press, all or none, and carry out what they bring about.

        A disk that does not take the words is no reason to lose them: that stands in ``trouble``
        and is tried again. Raises engine.NotOpen when a step isn't open; then none was taken.
        """
        before = self.state
        after, effects = engine.steps(before, events)
        if self._ticks:
            # A laptop that slept until this key was pressed: that time is nobody's turn.
            self._word = self._word or self._look()
        spoken = {event.who for event in events if event.words is not None}
        if after.at.node != before.at.node or (self._draft and self._draft.who in spoken):
            self._draft = None  # it was for the step that is over
        self.state = after
        for event in events:
            self.noticing = self.noticing.after(before, event, self.likes)
            before, _ = engine.step(before, event)
        for effect in effects:
            self._carry_out(effect.what)
        return effects

    def press(
        self, choice: Choice, *, words: str | None = None, when: datetime | None = None
    ) -> engine.Effects:
        """Take a choice of the scene; ``words`` or ``when`` go with its last step."""
        *drafts, last = (
            Event(draft.step, draft.who, answer=draft.answer) for draft in choice.drafts
        )
        return self.do(*drafts, replace(last, words=words, when=when))

    def draft(self, draft: Draft | None) -> None:
        """Keep a line that is being typed; None: there is nothing of it left."""
        if draft != self._draft:
            self._draft = draft
            self._keep("save")

    def park(self, words: str) -> None:
        """Park a topic for another day."""
        self.parked.append(words)
        self._waiting.append(words)
        self.retry()

    def retry(self) -> bool:
        """Try once more to keep what could not be kept. True when all is safe."""
        if self._owed:
            self._keep(self._owed)
        else:
            self._try(lambda: None)
        return self.trouble is None

    def tick(self) -> str:
        """Look at the clocks; what to say, if anything (see ``Timers.look``)."""
        self._ticks = True
        word, self._word = self._word or self._look(), ""
        return word

    def go_on(self) -> None:
        """After a jump of the clocks both are here again."""
        self.timers = self.timers.go_on(self.state, self.minutes, self._looks())

    def now(self) -> float:
        """The instant the timers are read at."""
        return self._looks().monotonic

    def _look(self) -> str:
        before = self.timers
        self.timers, word = before.look(self._looks())
        if word in TOLD and self.exercise.once and not self.state.at.turned:
            # One of them has not had their turn: no word tells them that they are late for it.
            self.timers, word = replace(self.timers, told=before.told), ""
        return word

    def _carry_out(self, what: str) -> None:
        if what == "more-time":
            self.timers = self.timers.more(self.now())
        self.timers = self.timers.follow(self.state, self.minutes, self.now())
        self._keep(what)

    def _keep(self, what: str) -> None:
        """Carry out an effect that keeps something; any other is none of the keeper's."""
        keep = {
            "save": lambda: self.keeper.save(self.state, self._draft),
            "over": lambda: self.keeper.drop(self.state),
            "done": lambda: self.keeper.finish(self.state),
            "put-off": lambda: self.keeper.drop(self.state),
        }.get(what)
        # Once it has ended there is nothing to save but what the ending itself keeps.
        if keep is not None and self.exercise.keeps and not (what == "save" and self.state.over):
            self._owed = what
            self._try(keep)

    def _try(self, keep: Callable[[], None]) -> None:
        """Do it, and park what could not be parked before."""
        try:
            keep()
            self._owed = ""
            while self._waiting:
                self.keeper.park(self._waiting[0])
                self._waiting.pop(0)
        except ImagoError as trouble:
            self.trouble = trouble
        else:
            self.trouble = None
