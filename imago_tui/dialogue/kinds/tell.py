"""``tell``: something said that isn't mirrored; it may be checked, or true in part so far.

``check``: a guess that waits for the Sender's "yes, that's it". ``partly``: "this part makes sense
to me", which the Sender answers with "enough for today" or with a further round about the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.dialogue.kinds import hear
from imago_tui.dialogue.moves import By, Move, Node, Op, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imago_tui.dialogue.stage import Stage


def expand(stage: Stage, then: Node, _entry_of: Callable[[str], Node]) -> Iterator[Place]:
    """The stage's places."""
    if stage.by == "each":
        yield from each(stage, then)
        return
    begin = Node(stage.id, stage.word)
    by = By.SENDER if stage.by == "me" else By(stage.by)
    op = Op.SAY if stage.keep else Op.NOTHING
    moves = [Move(stage.word, by, then, op, spoken=True)]
    if stage.check:

        def at(name: str, misses: int) -> Node:
            return Node(stage.id, name, str(misses))

        moves = [Move(stage.word, by, at(stage.check, 0), Op.OPEN, spoken=True)]
        yield from hear.guessed(at, stage.word, stage.check, begin, then)
    if stage.partly:
        part = Node(stage.id, "partly")
        moves.append(
            Move(stage.word, by, part, op, answer="partly", optional_words=True, spoken=True)
        )
        yield Place(
            part,
            (
                Move("enough", By.SENDER, then),
                Move("send", By.SENDER, Node(stage.id, "mirror", "0.0"), Op.OPEN, spoken=True),
            ),
        )
        yield from hear.rounds(stage.id, "send", (begin, part), more=True, summary=True)
    if stage.skippable:
        moves.append(Move("skip", by, then))
    yield Place(begin, tuple(moves))


def each(stage: Stage, then: Node) -> Iterator[Place]:
    """Both, in any order."""
    op = Op.SAY if stage.keep else Op.NOTHING
    for done in ("", "sender", "receiver"):
        moves = []
        for by in (By.SENDER, By.RECEIVER):
            if by.value == done:
                continue
            to = then if done else Node(stage.id, stage.word, by.value)
            moves.append(Move(stage.word, by, to, op, spoken=True))
            if stage.skippable:
                moves.append(Move("skip", by, to))
        yield Place(Node(stage.id, stage.word, done), tuple(moves))
