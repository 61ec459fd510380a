"""``gather``: rows of fields (requests, three lists, sides of a cycle, a vision).

By one of them, by each in turn, or together. Rows are counted up to ``max``, and the last one leads
on; from ``min`` on whoever writes may say that is all, and before it leave the list out. ``hear``:
each row is given back and confirmed, as a piece. ``hidden_until_both``: each writes alone, and a
page shows both lists at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.dialogue.kinds import hear
from imago_tui.dialogue.moves import By, Move, Node, Op, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imago_tui.dialogue.stage import Stage

WRITERS = {
    "sender": (By.SENDER,),
    "receiver": (By.RECEIVER,),
    "each": (By.SENDER, By.RECEIVER),
    "together": (By.EITHER,),
    "me": (By.SENDER,),
}


def expand(stage: Stage, then: Node, _entry_of: Callable[[str], Node]) -> Iterator[Place]:
    """The stage's places: one writer's rows after the other's."""
    shown = Node(stage.id, "shown")
    end = shown if stage.hidden_until_both else then
    writers = WRITERS[stage.by]
    for turn, by in enumerate(writers):
        on = end if turn == len(writers) - 1 else _at(stage, turn + 1, 0)
        yield from _rows(stage, turn, by, on)
    if stage.hidden_until_both:
        yield Place(shown, (Move("read", By.EITHER, then), Move("skip", By.EITHER, then)))


def _at(stage: Stage, turn: int, rows: int) -> Node:
    return Node(stage.id, stage.word, "" if (turn, rows) == (0, 0) else f"{turn}.{rows}")


def _rows(stage: Stage, turn: int, by: By, on: Node) -> Iterator[Place]:
    most = stage.max or max(stage.min, 1)

    def of(name: str, rows: int, misses: int) -> Node:
        return Node(stage.id, name, f"{rows}.{misses}")

    for rows in range(most):
        here = _at(stage, turn, rows)
        after = on if rows + 1 == most else _at(stage, turn, rows + 1)
        to = of("mirror", rows, 0) if stage.hear else after
        op = Op.OPEN if stage.hear else Op.ROW
        moves = [Move(stage.word, by, to, op, spoken=True, columns=stage.columns)]
        if rows and rows >= stage.min:
            moves.append(Move("done", by, on))
        else:
            moves.append(Move("skip", by, on))
        yield Place(here, tuple(moves), smaller=here if stage.hear else None)
        if stage.hear:
            yield from hear.mirrored(of, rows, again=here, on=after, leave=here)
