"""The move table: which step is open where, for whom, and where it leads.

Every stage kind expands into ``Place`` values; the engine and the checker know nothing else, so an
exercise can't break a rule that the table keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from imago_tui.dialogue.events import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imago_tui.dialogue.stage import Column


class By(Enum):
    """Who takes a step, by role and never by name."""

    SENDER = "sender"
    RECEIVER = "receiver"
    EITHER = "either"


class Op(Enum):
    """What a step does to the words (see ``state.Said``)."""

    NOTHING = "nothing"
    """Serves the running talk only; nothing is kept."""
    SAY = "say"
    """Words that stand at once."""
    OPEN = "open"
    """Words that wait for the Sender's confirmation: a piece, a summary, a guess."""
    MIRROR = "mirror"
    """What the other gave back, not yet confirmed."""
    CONFIRM = "confirm"
    """The Sender: you got it."""
    ALMOST = "almost"
    """The Sender: this was left out."""
    REDO = "redo"
    """The Sender: something was added, or the words but not the tone."""
    DROP = "drop"
    """The words that wait are left, or will be said again."""
    ANSWER = "answer"
    """A decision whose answer matters later (ready, switch, keep, a chosen gift)."""
    ROW = "row"
    """A row of a list."""
    MARK = "mark"
    """What somebody says to one item of a list after the other."""


class Node(NamedTuple):
    """A place in an exercise: its stage, its name within the stage, and the stage's own counts."""

    stage: str
    name: str
    tag: str = ""


OVER = Node("over", "over")
"""Where every exercise ends."""


@dataclass(frozen=True, slots=True)
class Move:
    """One open step.

    ``answer`` is None where people give words. ``optional_words`` marks an answer that may carry
    words (``almost: what was left out``), ``when`` one that carries a time. ``swap`` changes roles.
    ``spoken``: the step is something said, aloud or typed. ``columns``: it is a row of these
    fields. ``item``: the answer is this item of a list, by its number from 1.
    """

    step: str
    by: By
    to: Node
    op: Op = Op.NOTHING
    answer: str | None = None
    optional_words: bool = False
    when: bool = False
    swap: bool = False
    spoken: bool = False
    columns: tuple[Column, ...] = ()
    item: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A node with its moves; the first move is the main road.

    ``again``: where two people go on after a time-out, the unconfirmed words being left (None:
    here). ``smaller``: where the Receiver's ``slower`` leads (None: it isn't open).
    ``eight``: after three not-quites both are offered "say it in eight words".
    ``missed``: the mirror before was not quite it. ``over``: the exercise has ended here.
    """

    node: Node
    moves: tuple[Move, ...]
    again: Node | None = None
    smaller: Node | None = None
    eight: bool = False
    missed: bool = False
    closing: bool = False
    over: bool = False


Table = Mapping[Node, Place]


def table(places: Iterable[Place]) -> dict[Node, Place]:
    """Places by node. Raises ValueError when two share a node."""
    found: dict[Node, Place] = {}
    for place in places:
        if place.node in found:
            raise ValueError(f"two places at {place.node}")
        found[place.node] = place
    return found


def shapes(places: Table) -> dict[str, Shape]:
    """What each step of the table may carry."""
    found: dict[str, list[Move]] = {}
    for place in places.values():
        for move in place.moves:
            found.setdefault(move.step, []).append(move)
    return {
        step: Shape(
            answers=tuple(dict.fromkeys(m.answer for m in moves if m.answer is not None)),
            with_words=frozenset(m.answer for m in moves if m.answer and m.optional_words),
            with_when=frozenset(m.answer for m in moves if m.answer and m.when),
            words=any(m.answer is None for m in moves),
            columns=next((m.columns for m in moves if m.columns), ()),
        )
        for step, moves in found.items()
    }
