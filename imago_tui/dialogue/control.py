"""The finite part of a talk, what is open in it, and what a step does to it: plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from imago_tui.dialogue.moves import Move
    from imago_tui.dialogue.state import At


class Open(NamedTuple):
    """One thing that is open: a step, for whom (None: anyone), with which answer (None: words)."""

    step: str
    who: int | None
    answer: str | None = None


class Control(NamedTuple):
    """The finite part of a state: where it is, and where ``back`` would lead for whom."""

    at: At
    undo: tuple[int, At] | None = None


class Advance(NamedTuple):
    """What a step does to the control state.

    The new one, the table's move if it was one, and whether words that wait are dropped, or
    brought back by ``back``.
    """

    control: Control
    move: Move | None = None
    drops: bool = False
    undone: bool = False
