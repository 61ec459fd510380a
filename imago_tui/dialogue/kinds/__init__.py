"""The five stage kinds, each in a small file: ``expand`` gives the places a stage is made of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.dialogue.kinds import choose, gather, hear, still, tell
from imago_tui.dialogue.moves import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imago_tui.dialogue.moves import Place
    from imago_tui.dialogue.stage import Stage

_KINDS = {
    "hear": hear.expand,
    "tell": tell.expand,
    "gather": gather.expand,
    "choose": choose.expand,
    "still": still.expand,
}


def entry(stage: Stage) -> Node:
    """The place where a stage begins."""
    return hear.entry(stage) if stage.kind == "hear" else Node(stage.id, stage.word)


def expand(stage: Stage, then: Node, entry_of: Callable[[str], Node]) -> Iterator[Place]:
    """Every place of a stage; ``then`` is where the next stage begins."""
    for place in _KINDS[stage.kind](stage, then, entry_of):
        yield replace(place, closing=stage.closing)
