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
MORE_TIME = 300.0
"""What "more time" adds when both want it, in seconds."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A length of time, in seconds, and how much of it is spent. ``since`` None: it stands still."""

    length: float
    spent: float = 0.0
    since: float | None = None

    def start(self, now: float) -> Clock:
        """Going from ``now`` on; a clock that runs already is left alone."""
        return self if self.since is not None else replace(self, since=now)

    def pause(self, now: float) -> Clock:
        """Standing still from ``now`` on."""
        return replace(self, spent=self.used(now), since=None)

    def longer(self, seconds: float) -> Clock:
        """The same clock with more time."""
        return replace(self, length=self.length + seconds)

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
        return "closing" if share <= 0.2 else "half" if share <= 0.5 else "plenty"


class Look(NamedTuple):
    """One look at both clocks, in seconds."""

    monotonic: float
    wall: float


@dataclass(frozen=True, slots=True)
class Timers:
    """The turn's clock, a quiet while's clock and the evening's, and the last look at the clocks."""

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
            return timers._each(lambda clock: clock.pause(now))
        return timers._each(lambda clock: clock.start(now))

    def more(self) -> Timers:
        """Both wanted more time: the turn gets it, and the evening."""
        turn = self.turn.longer(MORE_TIME) if self.turn else None
        told = self.told - {"five-minutes", "evening-over"}
        return replace(self, turn=turn, evening=self.evening.longer(MORE_TIME), told=told)

    def look(self, look: Look) -> tuple[Timers, str]:
        """The timers after a look at the clocks, and what to say: "", ``jump``, ``five-minutes``
        or ``evening-over``. A jump stops every clock at the last look; ``go_on`` starts them again.
        """
        last = self.last
        timers = replace(self, last=look)
        if last is not None:
            passed, wall = look.monotonic - last.monotonic, look.wall - last.wall
            if passed > JUMP or abs(wall - passed) > JUMP:
                still = timers._each(lambda clock: clock.pause(last.monotonic))
                return replace(still, stopped=True), "jump"
        for word, limit in (("evening-over", 0.0), ("five-minutes", FIVE_MINUTES)):
            if self.evening.left(look.monotonic) <= limit and self.evening.length > limit:
                if word in self.told:
                    return timers, ""
                return replace(timers, told=self.told | {word}), word
        return timers, ""

    def go_on(self, state: State, minutes: int, look: Look) -> Timers:
        """After a jump both have seen the word: the clocks go on from here."""
        return replace(self, stopped=False, last=look).follow(state, minutes, look.monotonic)

    def _each(self, change: Callable[[Clock], Clock]) -> Timers:
        return replace(
            self,
            evening=change(self.evening),
            turn=change(self.turn) if self.turn else None,
            quiet=change(self.quiet) if self.quiet else None,
        )
