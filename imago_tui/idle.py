"""When an open journal comes to rest: nobody has touched a key, or the machine was asleep.

Only arithmetic over given instants; the clocks are looked at, and waited for, elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from imago_tui.dialogue.clock import JUMP, Look

MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Idle:
    """How long nobody has been here.

    Args:
        minutes: without a key after which it rests; 0: never.
        since: the instant from which on that is counted, before any key.
        last: the last look at the clocks.
        due: it is to rest as soon as it can.
    """

    minutes: int
    since: float = float("-inf")
    last: Look | None = None
    due: bool = False

    def look(self, look: Look, key: float) -> Idle:
        """After a look at the clocks.

        Args:
            look: both clocks, in seconds. Where the one goes on and the other stands still the
                machine was asleep: then it is due at once.
            key: the instant of the last key.
        """
        since = look.monotonic if self.last is None else self.since
        still = look.monotonic - max(key, since)
        idle = bool(self.minutes) and still >= self.minutes * MINUTE
        return replace(self, since=since, last=look, due=self.due or idle or self._slept(look))

    def awake(self, look: Look) -> Idle:
        """Something runs that nobody is sent away from: from here on it is counted anew."""
        return replace(self, since=look.monotonic, last=look, due=False)

    def _slept(self, look: Look) -> bool:
        last = self.last
        if last is None:
            return False
        return (look.wall - last.wall) - (look.monotonic - last.monotonic) > JUMP
