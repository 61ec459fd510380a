"""The Book of us: remembered lines, thanks and visions of a year, and no quarrels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.outgoing.page import document, escaped, paragraph
from imago_tui.retelling import day
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.journal.entry import Entry

STEPS = ("remember", "thanks", "appreciate", "vision")


def compose(entries: Sequence[Entry], year: int) -> str:
    """A printable page of `year`, oldest first."""
    parts: list[str] = []
    for entry in sorted(entries, key=lambda one: one.started):
        if entry.started.year != year or entry.state != "done":
            continue
        lines = [turn for turn in entry.turns if turn.step in STEPS and turn.text]
        if not lines:
            continue
        parts.append(f'<article><h2 dir="auto">{escaped(day(entry.started))}</h2>')
        for turn in lines:
            parts.append(paragraph(turn.who, "who"))
            parts.append(paragraph(turn.text or ""))
        parts.append("</article>")
    names = words("outgoing.book.and").join(entries[0].partners) if entries else ""
    heading = words("outgoing.book.title", names=names, year=year)
    return document(heading, parts or [paragraph(words("outgoing.book.nothing"), "quiet")])
