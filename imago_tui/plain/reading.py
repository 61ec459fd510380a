"""What was kept, told in lines or as JSON, on paper, in a pipe or on a page of its own."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

from imago_tui.inert import TABLE, inert
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORT = 8
"""Letters of an id that are shown where a person reads; any beginning that only one has will do."""

_ESCAPED = {code: f"\\u{code:04x}" for code in TABLE if code >= 0x7F}  # noqa: PLR2004  beyond what JSON escapes itself


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
        text = to_json(what)
    if terminal and not printed:
        from imago_tui.plain.pager import Pager

        Pager(inert(text)).run()
        return
    if terminal:
        sys.stderr.write(words("reading.announced") + "\n")
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
    sys.stdout.flush()


def to_json(what: object) -> str:
    """JSON that reads back code point by code point and holds nothing a terminal would obey."""
    text = json.dumps(what, ensure_ascii=False, indent=2)
    return text.translate(_ESCAPED)


def listed(rows: Sequence[dict[str, Any]]) -> str:
    """The rows of a list, a line each."""
    if not rows:
        return words("reading.nothing")
    return "\n".join(
        words(
            "reading.row",
            id=row["id"][:SHORT],
            day=_day(row["started"]),
            exercise=_exercise(row["exercise"]),
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


def retold(entry: dict[str, Any]) -> str:
    """A whole dialogue, as it was: who said what, in the order in which it was said."""
    lines = [
        words(
            "reading.title",
            exercise=_exercise(entry["exercise"]),
            who=words("reading.and").join(entry["partners"]),
        ),
        words("reading.when", day=_day(entry["started"])),
    ]
    topic = _topic(entry)
    if topic:
        lines.append(words("reading.topic", topic=topic))
    if entry["kept"]:
        lines.append(words(f"reading.kept.{entry['kept']}"))
    lines.append("")
    for turn in entry["turns"]:
        partly = ".partly" if turn.get("partly") else ""
        table = words.table("reading.step")
        step = f"{turn['step']}{partly.replace('.', '-')}"
        key = f"reading.step.{step if step in table else 'other'}"
        who = words(key, who=turn["who"], step=turn["step"])
        text = words("reading.aloud") if turn["aloud"] else turn["text"]
        lines.append(words("reading.turn", who=who, text=text))
    lines += [_agreement(agreement) for agreement in entry["agreements"]]
    if not entry["turns"] and not entry["agreements"]:
        lines.append(words("reading.empty"))
    return "\n".join(lines)


def _agreement(agreement: dict[str, Any]) -> str:
    what = agreement["what"] or ""
    key = what if what in words.table("reading.agreement") else "other"
    until = agreement["until"]
    return words(
        f"reading.agreement.{key}",
        what=what,
        by=agreement["by"],
        other=agreement["for"] or "",
        until=_day(until) if until else "",
    )


def _topic(row: dict[str, Any]) -> str:
    if row["state"] == "unfinished":
        return words("reading.unfinished")
    if row["topic"] is None:
        return words("reading.sealed") if row["room"] == "together" else ""
    return _flat(row["topic"])


def _exercise(name: str) -> str:
    """Its title, as far as it is one of ours."""
    if name in words.table("private.kind"):
        return words(f"private.kind.{name}")
    from imago_tui import exercises

    return exercises.load(name).title if name in exercises.names() else name


def _day(text: str) -> str:
    """A kept time as people read it; left as it is when it was kept in words."""
    try:
        return datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return text


def _flat(text: str) -> str:
    return " ".join(text.split())
