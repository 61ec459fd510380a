"""``hear``: say a little, give it back, "you got it", is there more, and the whole in one piece.

Counts in a tag: pieces confirmed in this round (up to "two or more"), not-quites in a row (up to
three). A round of more than one piece needs its confirmed summary; after one the Sender may skip
it. A ``skippable`` round may be left before its first piece.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.dialogue.moves import By, Move, Node, Op, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imago_tui.dialogue.stage import Stage

ENOUGH_MISSES = 3
"""Not-quites in a row after which both are offered eight words and the piece may be left."""

NOT_QUITE = (("almost", Op.ALMOST, True), ("added", Op.REDO, True), ("tone", Op.REDO, False))
"""The ways to say "not quite": answer, what it does, whether words may come with it."""


def entry(stage: Stage) -> Node:
    """Where the round begins, nothing confirmed yet."""
    return Node(stage.id, stage.word, "0")


def expand(stage: Stage, then: Node, entry_of: Callable[[str], Node]) -> Iterator[Place]:
    """The round's places; ``then`` is where it leads when all is heard."""
    return rounds(
        stage.id,
        stage.word,
        (then, then if stage.skippable else entry_of("closing")),
        more=stage.more,
        summary=stage.summary,
        most=stage.max,
        skippable=stage.skippable,
    )


def rounds(
    stage: str,
    word: str,
    ends: tuple[Node, Node],
    *,
    more: bool,
    summary: bool,
    most: int = 0,
    skippable: bool = False,
) -> Iterator[Place]:
    """A round of pieces. ``most`` 0 means as many as the Sender needs. ``ends``: where it leads
    when all is heard, and when every piece was left and none is to follow.
    """
    then, unsaid = ends
    cap = most or 2
    last = cap if more else 1

    def at(name: str, pieces: int, misses: int | None = None) -> Node:
        return Node(stage, name, str(pieces) if misses is None else f"{pieces}.{misses}")

    def heard(pieces: int) -> Node:
        return at("summary", pieces) if summary else then

    for pieces in range(last + 1) if more else (0,):
        if not (most and pieces >= most):
            left = (Move("skip", By.SENDER, then),) if skippable and not pieces else ()
            yield Place(
                at(word, pieces),
                (Move(word, By.SENDER, at("mirror", pieces, 0), Op.OPEN, spoken=True), *left),
                smaller=at(word, pieces),
            )
            after = min(pieces + 1, cap)
            yield from mirrored(
                at,
                pieces,
                again=at(word, pieces),
                on=at("more", after) if more else heard(after),
                leave=at("more", pieces) if more else None,
            )
        if more:
            moves = []
            if not (most and pieces >= most):
                moves.append(Move("more", By.SENDER, at(word, pieces), answer="yes"))
            if pieces:
                moves.append(Move("more", By.SENDER, heard(pieces), answer="no"))
            else:
                moves.append(Move("skip", By.SENDER, unsaid))
            yield Place(at("more", pieces), tuple(moves))
    if summary:
        for pieces in range(1, last + 1):
            yield from _summary(at, pieces, then)


def mirrored(
    at: Callable[..., Node], pieces: int, *, again: Node, on: Node, leave: Node | None
) -> Iterator[Place]:
    """Mirror and check of one piece, for each number of not-quites."""
    for misses in range(ENOUGH_MISSES + 1):
        left = (
            (Move("skip", By.SENDER, leave, Op.DROP),)
            if leave is not None and misses == ENOUGH_MISSES
            else ()
        )
        yield Place(
            at("mirror", pieces, misses),
            (
                Move("mirror", By.RECEIVER, at("check", pieces, misses), Op.MIRROR, spoken=True),
                *left,
            ),
            again=again,
            smaller=again,
            eight=misses == ENOUGH_MISSES,
            missed=misses > 0,
        )
        back = at("mirror", pieces, min(misses + 1, ENOUGH_MISSES))
        yield Place(
            at("check", pieces, misses),
            (*checked("check", on, back), *left),
            again=again,
            eight=misses == ENOUGH_MISSES,
        )


def checked(step: str, on: Node, back: Node) -> tuple[Move, ...]:
    """The Sender's answers to "did I get it?": ``on`` after yes, else ``back`` to the mirror."""
    return (
        Move(step, By.SENDER, on, Op.CONFIRM, answer="yes"),
        *(
            Move(step, By.SENDER, back, op, answer=answer, optional_words=words)
            for answer, op, words in NOT_QUITE
        ),
    )


def _summary(at: Callable[..., Node], pieces: int, then: Node) -> Iterator[Place]:
    begin = at("summary", pieces)
    moves = [Move("summary", By.RECEIVER, at("summary-check", pieces, 0), Op.OPEN, spoken=True)]
    if pieces == 1:
        moves.append(Move("skip", By.SENDER, then))
    yield Place(begin, tuple(moves))
    yield from guessed(
        lambda name, misses: at(name, pieces, misses), "summary", "summary-check", begin, then
    )


def guessed(
    at: Callable[[str, int], Node], name: str, check: str, begin: Node, then: Node
) -> Iterator[Place]:
    """Check and mirror of what the Receiver said first: a summary, a guess at a feeling."""
    for misses in range(ENOUGH_MISSES + 1):
        back = at(f"{name}-mirror", min(misses + 1, ENOUGH_MISSES))
        eight = misses == ENOUGH_MISSES
        yield Place(at(check, misses), checked(check, then, back), again=begin, eight=eight)
        if misses:
            yield Place(
                at(f"{name}-mirror", misses),
                (Move("mirror", By.RECEIVER, at(check, misses), Op.MIRROR, spoken=True),),
                again=begin,
                eight=eight,
            )
