"""All that is kept, newest first, month by month; and which of it is meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from imago_tui import retelling
from imago_tui.journal.filters import Filter
from imago_tui.review.shown import Heading
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from imago_tui.journal.entry import Head, KeptAs

Side = Literal["exercise", "topic", "feeling", "state"]
SIDES: tuple[Side, ...] = ("exercise", "topic", "feeling", "state")


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of dialogues beside their heads.

    Args:
        felt: the families of feelings that were named in each, by its id.
        about: the ids of those in which a topic comes back, by the topic.
    """

    felt: Mapping[str, Collection[str]] = field(default_factory=dict)
    about: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which dialogues are meant; "" or None: whichever.

    Args:
        exercise: its id.
        topic: one that comes back.
        feeling: a family of feelings that was named in it.
        state: how it is kept.
    """

    exercise: str = ""
    topic: str = ""
    feeling: str = ""
    state: KeptAs | None = None

    def __bool__(self) -> bool:
        return self != Chosen()

    def of(self, heads: Sequence[Head], marks: Marks) -> Sequence[Head]:
        """Those of ``heads`` that are meant."""
        if not self:
            return heads
        ids: frozenset[str] | None = None
        if self.topic:
            ids = frozenset(marks.about.get(self.topic, ()))
        if self.feeling:
            felt = frozenset(id_ for id_, named in marks.felt.items() if self.feeling in named)
            ids = felt if ids is None else ids & felt
        wanted = Filter(exercise=self.exercise or None, state=self.state, ids=ids)
        return [head for head in heads if wanted.fits(head)]

    def told(self) -> str:
        """What is meant, in one line; "" when it is all."""
        said = [value_told(side, value) for side in SIDES if (value := getattr(self, side))]
        return words("review.only", what=words("review.only_and").join(said)) if said else ""


def value_told(side: Side, value: str) -> str:
    """A value of one side of `Chosen`, as people say it."""
    if side == "exercise":
        return retelling.what(value)
    if side == "feeling":
        return str(words.table("feelings.families")[value]["title"])
    return words(f"review.state.{value}") if side == "state" else value


def by_month(heads: Sequence[Head]) -> Iterator[Heading | Head]:
    """``heads`` with a line before each month's first."""
    month = (0, 0)
    for head in heads:
        if (head.started.year, head.started.month) != month:
            month = head.started.year, head.started.month
            yield Heading(retelling.month(*month))
        yield head
