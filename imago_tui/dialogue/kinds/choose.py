"""``choose``: one of some options, by one or by each.

``merge`` says how two answers become one road: ``all`` goes on only when both choose to, any other
answer holds at once; ``owner`` asks the one whose reply it is first, and an option marked ``both``
also wants the other's; ``each`` and ``least`` take both answers and go on (the least that both gave
is worked out from the answers, see ``dialogue.keep``). ``own`` is one person's answer on what to
keep in their own room. Choosing among items stands in ``items``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.dialogue.kinds import items
from imago_tui.dialogue.moves import OVER, By, Move, Node, Op, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imago_tui.dialogue.stage import Option, Stage

MERGES = ("all", "owner", "each", "least", "own")

ONE = {"sender": By.SENDER, "receiver": By.RECEIVER, "me": By.SENDER}
"""Whose a choice of one person can be."""


def expand(stage: Stage, then: Node, entry_of: Callable[[str], Node]) -> Iterator[Place]:
    """The stage's places."""

    def to(option: Option) -> Node:
        return entry_of(option.to) if option.to else then

    if stage.picks:
        yield from items.expand(stage, then, entry_of)
    elif stage.by in ONE and stage.merge != "owner":
        yield Place(
            Node(stage.id, stage.word),
            tuple(_move(stage, ONE[stage.by], option, to(option)) for option in stage.options),
        )
    elif stage.merge == "owner":
        yield from _owner(stage, to)
    else:
        yield from _each(stage, to)


def _move(stage: Stage, by: By, option: Option, to: Node, *, swap: bool | None = None) -> Move:
    return Move(
        stage.word,
        by,
        to,
        Op.ANSWER,
        answer=option.answer,
        when=option.when,
        swap=option.swap if swap is None else swap,
    )


def _owner(stage: Stage, to: Callable[[Option], Node]) -> Iterator[Place]:
    """The Receiver, whose reply it is, and then the Sender where both are needed."""
    waiting = Node(stage.id, stage.word, "receiver")
    yield Place(
        Node(stage.id, stage.word),
        tuple(
            _move(stage, By.RECEIVER, option, waiting, swap=False)
            if option.both
            else _move(stage, By.RECEIVER, option, to(option))
            for option in stage.options
        ),
    )
    yield Place(
        waiting,
        tuple(_move(stage, By.SENDER, option, to(option)) for option in stage.options),
    )


def _each(stage: Stage, to: Callable[[Option], Node]) -> Iterator[Place]:
    for done in ("", "sender", "receiver"):
        moves = []
        for by in (By.SENDER, By.RECEIVER):
            if by.value == done:
                continue
            for option in stage.options:
                at_once = stage.merge == "all" and option.to
                waits = Node(stage.id, stage.word, by.value)
                if at_once and to(option) == OVER:
                    # The other one's answer may still come in; it changes nothing any more.
                    target = OVER if done else Node(stage.id, "declined", by.value)
                else:
                    target = to(option) if at_once or done else waits
                moves.append(_move(stage, by, option, target))
        yield Place(Node(stage.id, stage.word, done), tuple(moves))
    if stage.merge == "all" and any(option.to == "over" for option in stage.options):
        for declined, other in ((By.SENDER, By.RECEIVER), (By.RECEIVER, By.SENDER)):
            yield Place(
                Node(stage.id, "declined", declined.value),
                tuple(
                    replace(_move(stage, other, option, OVER), op=Op.NOTHING)
                    for option in stage.options
                ),
                over=True,
            )
