"""How two people like to hold a talk, as far as it changes what they press."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manner:
    """How the two hold it. ``types``: who would rather type than say it aloud; ``singly``: every
    step is a press of its own, also where one could stand for a whole round. ``usual``: what each
    usually keeps, "" where that was not said.
    """

    types: frozenset[int] = frozenset()
    singly: bool = False
    usual: tuple[str, str] = ("", "")
