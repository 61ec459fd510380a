"""A month on a page: which days something is kept from."""

from __future__ import annotations

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from imago_tui.journal.entry import Head

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Day:
    """A day on the page. ``beside``: it is of the month before or after. ``kept``: something is."""

    date: date
    beside: bool
    kept: bool


def by_day(heads: Iterable[Head]) -> dict[date, list[Head]]:
    """What began on each day, in the order of ``heads``; the day as the two counted it then."""
    found: dict[date, list[Head]] = defaultdict(list)
    for head in heads:
        found[head.started.date()].append(head)
    return dict(found)


def weeks(day: date, kept: Mapping[date, object]) -> Sequence[Sequence[Day]]:
    """The weeks of the month of ``day``, Monday first; the days of other months beside them."""
    rows: list[list[Day]] = [[]]
    for year, month, number, weekday in calendar.Calendar().itermonthdays4(day.year, day.month):
        if FIRST.year <= year <= LAST.year:
            one = date(year, month, number)
            rows[-1].append(Day(one, month != day.month, one in kept))
        if weekday == calendar.SUNDAY:
            rows.append([])
    return [row for row in rows if row]


def walk(day: date, *, days: int = 0, months: int = 0) -> date:
    """The day so many days or months on; a month without it gives its last day."""
    if months:
        index = min(
            max(day.year * 12 + day.month - 1 + months, 12 * FIRST.year), 12 * LAST.year + 11
        )
        year, month = divmod(index, 12)
        last = calendar.monthrange(year, month + 1)[1]
        day = date(year, month + 1, min(day.day, last))
    ordinal = min(max(day.toordinal() + days, FIRST.toordinal()), LAST.toordinal())
    return day + timedelta(days=ordinal - day.toordinal())


def next_kept(day: date, kept: Iterable[date], *, later: bool) -> date:
    """The nearest day before or after ``day`` that something is kept from; else ``day``."""
    if later:
        return min((one for one in kept if one > day), default=day)
    return max((one for one in kept if one < day), default=day)
