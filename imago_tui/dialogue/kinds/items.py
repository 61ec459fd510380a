"""``choose`` over items: rows of an earlier list, or a few that the exercise brings.

One of them, by its number, or none, which leads to the same place. With ``many`` each item in its
order is answered, for as long as whoever answers likes. Which items there are, the words said so
far decide (``rows.items``); the table holds as many as there can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.dialogue.moves import By, Move, Node, Op, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imago_tui.dialogue.stage import Stage

MOST = 4
"""Items to take one of: more have no key of their own beside *none*."""

WHO = {
    "sender": (By.SENDER,),
    "receiver": (By.RECEIVER,),
    "each": (By.SENDER, By.RECEIVER),
    "me": (By.SENDER,),
}


def expand(stage: Stage, then: Node, entry_of: Callable[[str], Node]) -> Iterator[Place]:
    """The stage's places: one who answers after the other."""
    who = WHO[stage.by]
    for turn, by in enumerate(who):
        here = Node(stage.id, stage.word, by.value if turn else "")
        on = then if turn == len(who) - 1 else Node(stage.id, stage.word, who[turn + 1].value)
        yield Place(here, tuple(_moves(stage, by, here, on, entry_of)))


def _moves(
    stage: Stage, by: By, here: Node, on: Node, entry_of: Callable[[str], Node]
) -> Iterator[Move]:
    if stage.many:
        for option in stage.options:
            yield Move(stage.word, by, here, Op.MARK, answer=option.answer)
        yield Move("done", by, on, Op.ANSWER)
        return
    for item in range(1, MOST + 1):
        yield Move(stage.word, by, on, Op.ANSWER, answer=str(item), optional_words=True, item=item)
    for option in stage.options:
        to = entry_of(option.to) if option.to else on
        yield Move(stage.word, by, to, Op.ANSWER, answer=option.answer, when=option.when)
