"""``still``: a quiet while (settling, a minute, a hug). Either goes on or leaves it, no timer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.dialogue.moves import By, Move, Node, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imago_tui.dialogue.stage import Stage


def expand(stage: Stage, then: Node, _entry_of: Callable[[str], Node]) -> Iterator[Place]:
    """The stage's one place."""
    yield Place(
        Node(stage.id, stage.word),
        (Move(stage.word, By.EITHER, then), Move("skip", By.EITHER, then)),
    )
