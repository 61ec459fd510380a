"""Whether a talk came to its own end, and so whether anything more may be offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from imago_tui.dialogue.state import State


def came_through(state: State) -> bool:
    """Whether a talk came to its own end: whose turn comes next was decided, and not as "now".

    A stop or a "not now" leaves it undecided, and nobody need know which of them it was.
    """
    turns = [answer for stage, _, answer in state.said.answers if stage == "switch"]
    return bool(turns) and turns[-1] != "now"
