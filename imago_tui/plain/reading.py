"""What was kept, told in lines or as JSON, on paper, in a pipe or on a page of its own."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

from imago_tui import retelling
from imago_tui.inert import as_json, inert
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.journal.entry import Entry

SHORT = 8
"""Letters of an id that are shown where a person reads; any beginning that only one has will do."""


def show(what: object, *, printed: bool) -> None:
    """Put lines (text) or rows (anything else, as JSON) where they belong.

    Into a pipe or file they are written. Into a terminal they are shown on a page that leaves
    nothing behind, unless ``printed``: then they stand on the normal screen, and stderr says so.

    Raises:
        ImagoError: 2 a page was wanted and there is no keyboard to leave it with.
    """
    terminal = sys.stdout.isatty()
    if isinstance(what, str):
        # Into a file or pipe words go as they were said; a terminal must not obey them.
        text = inert(what) if terminal or printed else what
    else:
        text = as_json(what)
    if terminal and not printed:
        from imago_tui.plain.pager import Pager

        Pager(inert(text)).run()
        return
    if terminal:
        sys.stderr.write(words("reading.announced") + "\n")
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()


def listed(rows: Sequence[dict[str, Any]]) -> str:
    """The rows of a list, a line each."""
    if not rows:
        return words("reading.nothing")
    return "\n".join(
        words(
            "reading.row",
            id=row["id"][:SHORT],
            day=_day(row["started"]),
            exercise=retelling.what(row["exercise"]),
            topic=_topic(row),
        )
        for row in rows
    )


def found(rows: Sequence[dict[str, Any]]) -> str:
    """What a search found, a line each."""
    if not rows:
        return words("reading.not_found")
    return "\n".join(
        words(
            "reading.found",
            id=row["id"][:SHORT],
            day=_day(row["started"]),
            snippet=_flat(row["snippet"]),
        )
        for row in rows
    )


def retold(entry: Entry) -> str:
    """A whole dialogue, as it was: who said what, in the order in which it was said."""
    row = entry.list_json()
    lines = [
        words(
            "reading.title",
            exercise=retelling.what(entry.exercise),
            who=words("reading.and").join(filter(None, entry.partners)),
        ),
        words("reading.when", day=_day(row["started"])),
    ]
    topic = _topic(row)
    if topic:
        lines.append(words("reading.topic", topic=topic))
    if entry.kept:
        lines.append(words(f"reading.kept.{entry.kept}"))
    lines.append("")
    lines += [
        words(
            "reading.turn",
            who=retelling.said(turn, entry.exercise),
            text=retelling.text(turn, entry.exercise),
        )
        for turn in entry.turns
    ]
    lines += [retelling.agreed(agreement) for agreement in entry.agreements]
    if not entry.turns and not entry.agreements:
        lines.append(words("reading.empty"))
    return "\n".join(lines)


def _topic(row: dict[str, Any]) -> str:
    if row["state"] == "unfinished":
        return words("reading.unfinished")
    if row["topic"] is None:
        return words("reading.sealed") if row["room"] == "together" else ""
    return _flat(row["topic"])


def _day(text: str) -> str:
    """When a dialogue began, in a column of its own."""
    return datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M")


def _flat(text: str) -> str:
    return " ".join(text.split())
