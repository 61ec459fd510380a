"""Kinds of hints that were sent away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

ENOUGH = 2  # how often one says "no" to a kind before it stays away


@dataclass(frozen=True)
class Quietened:
    """What has been dismissed in one talk. A value: each dismissal gives a new one.

    It lives as long as the talk and is never kept. What is switched off for good comes in as `off`.

    Args:
        dismissed: the codes that were dismissed, in order.
        off: kinds that a setting keeps off.
    """

    dismissed: tuple[str, ...] = ()
    off: frozenset[str] = frozenset()

    def dismiss(self, code: str) -> Quietened:
        """The same, after one more dismissal of `code`."""
        return Quietened((*self.dismissed, code), self.off)

    @property
    def codes(self) -> frozenset[str]:
        """Kinds that are not to be offered any more."""
        counted = Counter(self.dismissed)
        return self.off | {code for code, times in counted.items() if times >= ENOUGH}
