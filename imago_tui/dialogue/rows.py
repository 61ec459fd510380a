"""A row of a list: its fields in one text and back.

A row is kept as its fields, one a line, in the order of the exercise's columns; only the last field
may have several lines of its own. In a script and in lines they stand in one line, parted by ``|``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from imago_tui.dialogue.events import BadAnswer, BadWhen, zoned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.dialogue.stage import Column

BAR = "|"
EVENING = time(20, 0)
"""The time of a day that was named without one."""

_SPAN = re.compile(r"(?:in )?(\d{1,3}|a|an|one|two|three|four|six) (day|week|month)s?")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_DAYS = {"day": 1, "week": 7, "month": 30}
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_NAMED = re.compile(r"(\d{1,2})\.? ([a-z]{3,})\.?(?: (\d{4}))?")


def cells(text: str | None, columns: Sequence[Column]) -> tuple[str, ...]:
    """The fields of a kept row, as many as there are columns; all empty where it was said aloud."""
    most = max(1, len(columns))
    found = (text or "").split("\n", most - 1)
    return (*found, *[""] * (most - len(found)))


def row(
    texts: Sequence[str], columns: Sequence[Column], now: datetime
) -> tuple[str, datetime | None]:
    """The text of a row, and the day that was named in it, if one was.

    Args:
        texts: what was written, a field for each column; those at the end may be missing.
        columns: what the fields are.
        now: aware; days are reckoned from it.

    Raises:
        BadAnswer: a field that is needed is empty, there are too many, or it is none of the words.
        BadWhen: a day that can't be read, or is over.
    """
    filling = Filling(tuple(columns))
    if len(texts) > max(1, len(columns)):
        raise BadAnswer(columns[-1].id, texts[-1], [column.id for column in columns])
    for n in range(max(1, len(columns))):
        filling = filling.taken(texts[n] if n < len(texts) else "", now)
    return filling.text, filling.day


@dataclass(frozen=True, slots=True)
class Filling:
    """A row that is being written, field by field. ``day``: the one that was named in it."""

    columns: tuple[Column, ...]
    fields: tuple[str, ...] = ()
    day: datetime | None = None

    @property
    def column(self) -> Column | None:
        """The field that comes now; None when all are there."""
        return self.columns[len(self.fields)] if len(self.fields) < len(self.columns) else None

    @property
    def text(self) -> str:
        """The fields so far, one a line; empty ones at the end leave nothing."""
        return "\n".join(self.fields).rstrip("\n")

    def taken(self, text: str, now: datetime) -> Filling:
        """With one field more. Raises BadAnswer and BadWhen as ``row`` does."""
        column = self.column
        if column is None:
            return replace(self, fields=(*self.fields, text))
        text = text.strip()
        if column is not self.columns[-1]:
            text = " ".join(text.split("\n"))
        named = self.day
        if column.day and text:
            named = day(text, now)
            text = named.date().isoformat()
        elif column.one_of and text:
            text = _one_of(text, column)
        elif not text and not (column.optional or column.day or column.one_of):
            raise BadAnswer(column.id, "", ())
        return replace(self, fields=(*self.fields, text), day=named)


def split(line: str, columns: Sequence[Column]) -> tuple[str, ...]:
    """The fields of one line, parted by ``|``; what is more belongs to the last."""
    if not columns:
        return (line,)
    return tuple(part.strip() for part in line.split(BAR, len(columns) - 1))


def _one_of(text: str, column: Column) -> str:
    """The word that was meant: in full, by its beginning, or by its number."""
    if text.isascii() and text.isdigit() and 0 < int(text[:3]) <= len(column.one_of):
        return column.one_of[int(text[:3]) - 1]
    near = [word for word in column.one_of if word.lower().startswith(text.lower())]
    exact = [word for word in near if word.lower() == text.lower()]
    if len(exact or near) != 1:
        raise BadAnswer(column.id, text, column.one_of)
    return (exact or near)[0]


def day(text: str, now: datetime) -> datetime:
    """A day as people write one, in the evening: ``2 weeks``, ``24 December``, an ISO date.

    Raises:
        BadWhen: it can't be read, or is past; a day without a year is the next such one.
    """
    plain = " ".join(text.lower().split()).removeprefix("until ").removeprefix("by ")
    today = now.date()
    try:
        if span := _SPAN.fullmatch(plain):
            number = _NUMBERS.get(span[1]) or int(span[1])
            found = today + timedelta(days=number * _DAYS[span[2]])
        elif plain in {"today", "tomorrow"}:
            found = today + timedelta(days=plain == "tomorrow")
        elif named := _NAMED.fullmatch(plain):
            found = _named(named, today)
        else:
            found = date.fromisoformat(plain)
        moment = zoned(datetime.combine(found, EVENING), now)
    except (ValueError, OverflowError, OSError):
        raise BadWhen from None
    if found < today:
        raise BadWhen(past=True)
    return moment


def _named(named: re.Match[str], today: date) -> date:
    month = [n for n, name in enumerate(_MONTHS, 1) if name.startswith(named[2])]
    if len(month) != 1:
        raise ValueError
    if named[3]:
        return date(int(named[3]), month[0], int(named[1]))
    found = date(today.year, month[0], int(named[1]))
    return found if found >= today else date(today.year + 1, month[0], int(named[1]))
