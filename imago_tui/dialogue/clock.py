"""Turn and evening time as deadline arithmetic over given instants. No ticks are counted.

A clock that runs knows the instant it was last set going and what was spent before; what is left is
a subtraction. Instants are seconds of a monotonic clock; wall seconds serve only to notice a jump
(a suspended laptop, a stopped process, a clock that was set).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.dialogue.state import State

JUMP = 2.5
"""Seconds between two looks at the clocks, or between what they tell, that count as a jump."""

FIVE_MINUTES = 300.0
TOLD = frozenset({"five-minutes", "evening-over"})
"""What the evening's clock has to say."""
MORE_TIME = 300.0
"""What "more time" adds when both want it, in seconds."""

HALF, CLOSING = 0.5, 0.2
"""Shares of a turn at which its words change."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A length of time and how much of it is spent, in seconds. ``since`` None: it stands still."""

    length: float
    spent: float = 0.0
    since: float | None = None

    def start(self, now: float) -> Clock:
        """Going from ``now`` on; a clock that runs already is left alone."""
        return self if self.since is not None else replace(self, since=now)

    def pause(self, now: float) -> Clock:
        """Standing still from ``now`` on."""
        return replace(self, spent=self.used(now), since=None)

    def longer(self, seconds: float, now: float) -> Clock:
        """The same clock with more time; one that is past its end has that much from ``now`` on."""
        return replace(self, length=max(self.length, self.used(now)) + seconds)

    def used(self, now: float) -> float:
        """Seconds spent so far."""
        return self.spent + (max(0.0, now - self.since) if self.since is not None else 0.0)

    def left(self, now: float) -> float:
        """Seconds left; below zero past the end, where it waits and nothing moves."""
        return self.length - self.used(now)

    def share(self, now: float) -> float:
        """What is left, from 1.0 (all) to 0.0 (none)."""
        return max(0.0, min(1.0, self.left(now) / self.length)) if self.length else 0.0

    def phase(self, now: float) -> str:
        """``plenty``, ``half``, ``closing`` or ``past``: the stages that have words."""
        share = self.share(now)
        if self.left(now) <= 0:
            return "past"
        return "closing" if share <= CLOSING else "half" if share <= HALF else "plenty"


class Look(NamedTuple):
    """One look at both clocks, in seconds."""

    monotonic: float
    wall: float


@dataclass(frozen=True, slots=True)
class Timers:
    """The clocks of the turn, of a quiet while and of the evening; the last look at the machine's.

    ``of``: the turn's stage and Sender. ``told``: words said already. ``stopped``: after a jump.
    """

    evening: Clock
    turn: Clock | None = None
    quiet: Clock | None = None
    of: tuple[str, int] | None = None
    last: Look | None = None
    told: frozenset[str] = frozenset()
    stopped: bool = False

    def follow(self, state: State, minutes: int, now: float) -> Timers:
        """The clocks that belong to ``state``: a new turn starts its own, a hold stops them all.

        ``minutes`` is the evening's length; a turn's minutes are written for the exercise's own.
        """
        stage = state.stage
        of = (stage.id, state.at.sender) if stage is not None else None
        timers = self
        if of != self.of:
            length = stage.minutes * 60 * minutes / state.exercise.minutes if stage else 0.0
            quiet = Clock(stage.seconds) if stage is not None and stage.seconds else None
            timers = replace(self, turn=Clock(length) if length else None, quiet=quiet, of=of)
        if state.at.hold or state.over or timers.stopped:
            return timers.paused(now)
        return timers.each(lambda clock: clock.start(now))

    def more(self, now: float) -> Timers:
        """Both wanted more time: the turn gets it, and the evening."""
        turn = self.turn.longer(MORE_TIME, now) if self.turn else None
        evening = self.evening.longer(MORE_TIME, now)
        # It was they who wanted it: five minutes before the new end is worth a word only when
        # that is later than now.
        told = self.told - {"evening-over"}
        if evening.left(now) > FIVE_MINUTES:
            told -= {"five-minutes"}
        return replace(self, turn=turn, evening=evening, told=told)

    def look(self, look: Look) -> tuple[Timers, str]:
        """The timers after a look at the clocks, and what to say: "", ``jump``, ``five-minutes``
        or ``evening-over``. A jump stops every clock at the last look; ``go_on`` starts them again,
        and a further jump before that needs no word: everything stands still already.
        """
        last = self.last
        timers = replace(self, last=look)
        if last is not None and not self.stopped:
            passed, wall = look.monotonic - last.monotonic, look.wall - last.wall
            if passed > JUMP or abs(wall - passed) > JUMP:
                return replace(timers.paused(last.monotonic), stopped=True), "jump"
        for word, limit in (("evening-over", 0.0), ("five-minutes", FIVE_MINUTES)):
            if self.evening.left(look.monotonic) <= limit and self.evening.length > limit:
                if word in self.told:
                    return timers, ""
                return replace(timers, told=self.told | {word}), word
        return timers, ""

    def go_on(self, state: State, minutes: int, look: Look) -> Timers:
        """After a jump both have seen the word: the clocks go on from here."""
        return replace(self, stopped=False, last=look).follow(state, minutes, look.monotonic)

    def paused(self, now: float) -> Timers:
        """Every clock standing still from ``now`` on."""
        return self.each(lambda clock: clock.pause(now))

    def each(self, change: Callable[[Clock], Clock]) -> Timers:
        """The timers with ``change`` made to every clock there is."""
        return replace(
            self,
            evening=change(self.evening),
            turn=change(self.turn) if self.turn else None,
            quiet=change(self.quiet) if self.quiet else None,
        )
