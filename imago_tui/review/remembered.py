"""What each asked to be remembered, and what both were thankful for: never anything else."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from imago_tui import retelling
from imago_tui.review.shown import Heading, Leaf
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from imago_tui.journal.entry import Head
    from imago_tui.journal.keepsakes import Keepsake

    Kept = Mapping[str, Sequence[Keepsake]]

REMEMBER = "remember"
GOOD = frozenset({REMEMBER, "thanks", "appreciate"})
"""The steps whose words may stand on a first page, or come back on a day like this."""
MOST = 100
"""As many lines stand on the first page; the list has them all."""


def by_dialogue(keepsakes: Iterable[Keepsake]) -> dict[str, list[Keepsake]]:
    """What is kept of each dialogue, by its id."""
    found: dict[str, list[Keepsake]] = {}
    for one in keepsakes:
        found.setdefault(one.id, []).append(one)
    return found


def opening(heads: Sequence[Head], kept: Kept, today: date) -> list[Heading | Leaf]:
    """The first page: what this day brought in other years, then the newest of all that was to be
    remembered. ``heads``: newest first. Empty when nothing was.
    """
    back = list(on_this_day(heads, kept, today))
    lines = (
        _leaf(head, one) for head in heads for one in kept.get(head.id, ()) if one.step == REMEMBER
    )
    newest = list(islice(lines, MOST))
    if back and newest:
        return [*back, Heading(words("review.remembered.lately")), *newest]
    return [*back, *newest]


def on_this_day(heads: Iterable[Head], kept: Kept, day: date) -> Iterator[Heading | Leaf]:
    """What was remembered and thanked for on this day of other years, the newest year first."""
    year = day.year
    for head in heads:
        began = head.started.date()
        if (began.month, began.day) != (day.month, day.day) or began.year == day.year:
            continue
        for one in kept.get(head.id, ()):
            if one.step in GOOD:
                if began.year != year:
                    year = began.year
                    yield Heading(retelling.day(began))
                yield _leaf(head, one, dated=False)


def _leaf(head: Head, one: Keepsake, *, dated: bool = True) -> Leaf:
    foot = words(f"review.remembered.{one.step if one.step in GOOD else REMEMBER}", who=one.who)
    if dated:
        foot = words(
            "review.remembered.foot", said=foot, day=retelling.day(head.started, short=True)
        )
    return Leaf(head.id, one.said or "", foot)
