"""``gather``: rows of fields by one or by each (requests, lists, sides of a cycle, a vision).

Rows are counted up to ``max``; from ``min`` on the one who writes may say it is enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.dialogue.moves import By, Move, Node, Op, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imago_tui.dialogue.stage import Stage


def expand(stage: Stage, then: Node, _entry_of: Callable[[str], Node]) -> Iterator[Place]:
    """The stage's places: one writer's rows, or the Sender's and then the Receiver's."""
    most = stage.max or max(stage.min, 1)
    writers = (By.SENDER, By.RECEIVER) if stage.by == "each" else (By(stage.by),)
    for turn, by in enumerate(writers):

        def at(rows: int, turn: int = turn) -> Node:
            return Node(stage.id, stage.word, "" if (turn, rows) == (0, 0) else f"{turn}.{rows}")

        on = then if turn == len(writers) - 1 else Node(stage.id, stage.word, f"{turn + 1}.0")
        for rows in range(most + 1):
            moves = []
            if rows < most:
                moves.append(Move(stage.word, by, at(rows + 1), Op.ROW, spoken=True))
            if rows >= stage.min:
                moves.append(Move("enough", by, on))
            yield Place(at(rows), tuple(moves))
