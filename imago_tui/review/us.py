"""How it was for the two of them, as a small quiet drawing: one sign for each time they said it.

It knows no person and no number: what is drawn was said by both together.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len

from imago_tui.evening.pages import from_words
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from imago_tui.evening.page import Page

FOR_US = ("closer", "as-before", "apart")
"""What can be said of it, as it is kept."""
SAID, NOT = "●", "·"
MOST = 12
"""As many times are drawn, the newest; what is older has faded, and that is all right."""

Said = tuple["date", str]


def plot(said: Iterable[Said]) -> tuple[str, ...]:
    """The drawing, a line for each answer and one for the months; nothing where nothing was said.

    ``said``: each time, earliest first.
    """
    shown = list(said)[-MOST:]
    if not shown:
        return ()
    labels = [words(f"review.us.how.{how}") for how in FOR_US]
    wide = max(map(cell_len, labels))
    lines = [
        f"{_padded(label, wide)}  {' '.join(SAID if one == how else NOT for _, one in shown)}"
        for label, how in zip(labels, FOR_US, strict=True)
    ]
    return (*lines, f"{' ' * wide}  {_months([day for day, _ in shown])}".rstrip())


def page(said: Iterable[Said]) -> Page:
    """What was said so far, drawn, and what can be said now."""
    drawn = plot(said)
    told = words("review.us.some" if drawn else "review.us.none")
    page = from_words("review.us", "us")
    return replace(page, lines=(*drawn, *([""] if drawn else []), told))


def _months(days: list[date]) -> str:
    """Under the first sign of each month its name, or under a later one where there is room."""
    names = words.lines("review.day.months_short")
    line, before = "", (0, 0)
    for place, day in enumerate(days):
        month = day.year, day.month
        if month != before and len(line) <= 2 * place:
            line = line.ljust(2 * place) + names[day.month - 1]
            if place < len(days) - 1:
                line += " "
            before = month
    return line


def _padded(text: str, wide: int) -> str:
    return text + " " * (wide - cell_len(text))
