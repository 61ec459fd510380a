"""A month as a table of its days, with a sign at each that something is kept from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Static

from imago_tui import retelling
from imago_tui.review.days import walk, weeks
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

KEPT, OPEN, CLOSE = "•", "[", "]"
"""Signs, so that nothing hangs on a colour: something is kept; the day that is marked."""
NARROW, ROOMY = 5, 8
"""Cells a day takes."""
ROOM = 70
"""Columns from which on days stand further apart."""
TALL = 30
"""Rows from which on weeks do too."""


class Month(Static):
    """Shows the month of ``day``, which is marked. ``kept``: days that something is kept from."""

    DEFAULT_CSS = "Month { height: auto; padding: 0 1; }"

    def __init__(self, day: date, kept: Mapping[date, object], today: date) -> None:
        super().__init__(markup=False)
        self.day = day
        self._kept = kept
        self._today = today

    def on_resize(self) -> None:
        """Another size has room for another table."""
        self.call_after_refresh(self.go, self.day)

    def go(self, day: date) -> None:
        """Mark another day, of whichever month."""
        self.day = day
        self.update(self._drawn())

    def walk(self, *, days: int = 0, months: int = 0) -> None:
        """Mark the day so many days or months on."""
        self.go(walk(self.day, days=days, months=months))

    def _drawn(self) -> Text:
        wide = ROOMY if self.size.width >= ROOM else NARROW
        between = "\n\n" if self.screen.size.height >= TALL else "\n"
        quiet = self.app.theme_variables.get("imago-quiet", "")
        light = self.app.theme_variables.get("imago-light", "")
        names = "".join(f" {name[:2]:<{wide - 1}}" for name in words.lines(SHORT))
        head = Text(retelling.month(self.day.year, self.day.month) + between, end="")
        rows = [Text(names, quiet)]
        for week in weeks(self.day, self._kept):
            row = Text()
            for one in week:
                marked = one.date == self.day
                sign = KEPT if one.kept and not one.beside else " "
                number = "  " if one.beside else f"{one.date.day:>2}"
                cell = f"{OPEN}{number}{sign}{CLOSE}" if marked else f" {number}{sign} "
                style = "bold" if marked else light if one.kept else quiet
                if one.date == self._today:
                    style += " underline"
                row.append(cell, style)
                row.append(" " * (wide - len(cell)))
            rows.append(row)
        return head + Text(between).join(rows)


SHORT = "review.day.weekdays_short"
