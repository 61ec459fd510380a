"""Rows of a list as people read them, and what is gently said beside one; for both front ends."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from imago_tui.dialogue import rows
from imago_tui.dialogue.events import BadWhen
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.dialogue.events import BadAnswer
    from imago_tui.dialogue.exercise import Exercise
    from imago_tui.dialogue.stage import Column, Stage
    from imago_tui.dialogue.state import Turn

Names = tuple[str, str]


def told(text: str, columns: Sequence[Column]) -> str:
    """A kept row in one line."""
    if not columns:
        return text
    first, *others = (
        _field(cell, column)
        for cell, column in zip(rows.cells(text, columns), columns, strict=True)
    )
    return words("lists.between").join(one for one in (first, *others) if one)


def labelled(text: str, columns: Sequence[Column]) -> str:
    """A kept row with what each field was asked with, a line each; empty ones left out."""
    if not columns[1:]:
        return text
    pairs = zip(columns, rows.cells(text, columns), strict=True)
    return "\n".join(
        words("lists.labelled", ask=column.ask or column.id, text=_field(cell, column))
        for column, cell in pairs
        if cell
    )


def _field(cell: str, column: Column) -> str:
    if not column.day or not cell:
        return cell
    try:
        named = date.fromisoformat(cell)
    except ValueError:  # kept in words
        return cell
    month = words.lines("review.day.months")[named.month - 1]
    return words("lists.day", day=named.day, month=month, year=named.year)


def readable(exercise: Exercise, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns, each row in one line; one that was said aloud, or stands on paper, says so."""
    return tuple(
        replace(turn, text=words("lists.aloud") if turn.text is None else told(turn.text, columns))
        if (columns := exercise.columns(turn.step))
        else turn
        for turn in turns
    )


def loop(turns: Sequence[Turn], names: Names) -> str:
    """The latest line of each as a circle: the more one does this, the more the other does that."""
    latest = {turn.who: turn for turn in turns}
    said = {who: turn.first or "" for who, turn in latest.items()}
    if len(said) < len(names):
        return "\n".join(
            words("lists.half", name=names[who], what=what) for who, what in said.items()
        )
    return words("lists.loop", one=names[0], two=names[1], first=said[0], second=said[1])


def amiss(mishap: BadAnswer | BadWhen, column: Column) -> str:
    """What is said of a field that can't be taken like this."""
    if isinstance(mishap, BadWhen):
        return words("lists.amiss.past" if mishap.past else "lists.amiss.day")
    return hint(column) if column.one_of else words("lists.amiss.needed")


def hint(column: Column) -> str:
    """What a field takes, where it is not any words."""
    if column.one_of:
        numbered = (f"{number} {name}" for number, name in enumerate(column.one_of, 1))
        return words("lists.amiss.one_of", names=", ".join(numbered))
    if column.day:
        return words("lists.kindly.which_day")
    return words("lists.kindly.or_nothing") if column.optional else ""


def kindly(stage: Stage | None, text: str | None) -> str:
    """A suggestion beside what was just written at a stage: never in its way, "" for none.

    Of a wish with an end, that it names one, and something one can see; of what somebody owns, that
    it stands without "but" and "if".
    """
    if stage is None or text is None:
        return ""
    if stage.own and _cue("but", text):
        return words("lists.kindly.but")
    columns = stage.columns
    if not any(column.day for column in columns):
        return ""
    fields = rows.cells(text, columns)
    for cue in ("always", "more"):
        if _cue(cue, fields[0]):
            return words(f"lists.kindly.{cue}")
    undated = not any(cell for cell, column in zip(fields, columns, strict=True) if column.day)
    return words("lists.kindly.no_day") if undated else ""


def _cue(kind: str, text: str) -> bool:
    return bool(re.search(rf"\b(?:{'|'.join(words.lines(f'lists.cues.{kind}'))})\b", text.lower()))
