"""Nothing is decided by a burst of keys, and nobody's keys reach the next person's turn.

Only arithmetic over the instants of keys (seconds of a monotonic clock); no timers.
"""

from __future__ import annotations

QUIET = 0.3
"""Seconds without a key after which keys count again at a change of person."""

SETTLE = 0.12
"""Seconds in which no other key may follow a decision."""


class Guard:
    """Which keys count. ``quiet`` and ``settle`` are seconds."""

    def __init__(self, quiet: float = QUIET, settle: float = SETTLE) -> None:
        self.quiet, self.settle = quiet, settle
        self._last = float("-inf")
        self._since = float("-inf")
        self._draining = False
        self._burst = False
        self._could_decide = False
        self._decided: float | None = None

    @property
    def last(self) -> float:
        """The instant of the last key."""
        return self._last

    def hand_over(self, now: float) -> None:
        """The person changes: what was pressed before, and until it has been quiet, is dropped."""
        self._draining = True
        self._decided = None
        self._since = now

    def key(self, now: float, *, could_decide: bool = True) -> bool:
        """Note a key; whether it may go on its way at all.

        ``could_decide``: False for a letter in a field and for keys that only move about. Several
        keys may be noted before the first of them is acted upon: so they make a burst here already.
        """
        quiet = now - max(self._last, self._since) >= self.quiet
        after = now - self._last if self._could_decide else float("inf")
        if self._decided is not None:
            after = min(after, now - self._decided)
        if after < self.settle:
            self._burst = True  # a key came right after a decision: neither was meant
        elif quiet:
            self._burst = False
        self._decided = None
        if quiet:
            self._draining = False
        self._last = now
        self._could_decide = could_decide
        return not self._draining

    def decide(self, now: float) -> bool:
        """A decision was pressed with the key just noted; whether it may count if nothing follows.

        Whoever asked waits ``settle`` seconds and then asks ``settled``.
        """
        if self._burst or self._draining:
            return False
        self._decided = now
        return True

    def settled(self) -> bool:
        """Whether the decision stands: no key has followed it. Asked once."""
        stands, self._decided = self._decided is not None, None
        return stands
