"""``still``: a quiet while (settling, a minute, a hug). Either goes on or leaves it, no timer.

Where earlier lists are shown again (``shows``), this is the page to read them on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.dialogue.moves import By, Move, Node, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imago_tui.dialogue.stage import Stage


def expand(stage: Stage, then: Node, _entry_of: Callable[[str], Node]) -> Iterator[Place]:
    """The stage's one place."""
    by = By.SENDER if stage.by == "me" else By.EITHER
    yield Place(Node(stage.id, stage.word), (Move(stage.word, by, then), Move("skip", by, then)))
