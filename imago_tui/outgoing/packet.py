"""For a therapist: outcomes and agreements, one's own lines, each of which can be struck out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.dialogue.keep import OUTCOME
from imago_tui.outgoing.markdown import plain
from imago_tui.retelling import day, retold
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from imago_tui.journal.entry import Entry


@dataclass(frozen=True, slots=True)
class Line:
    """One line of it: when the dialogue began, who or what, and the words."""

    started: datetime
    head: str
    text: str


def lines_of(entries: Sequence[Entry], names: Collection[str]) -> list[Line]:
    """Every line there is, oldest first: words about one of `names`, and what was agreed."""
    from dataclasses import replace

    found: list[Line] = []
    for entry in sorted(entries, key=lambda one: one.started):
        said = [
            turn
            for turn in entry.turns
            if turn.step in OUTCOME and turn.about in names and turn.text is not None
        ]
        short = replace(entry, turns=tuple(said))
        if said or entry.agreements:
            found += [Line(entry.started, block.head, block.text) for block in retold(short)]
    return found


def preview(lines: Sequence[Line], struck: Collection[int] = ()) -> str:
    """Numbered, to choose what is struck out; without the words of those in `struck`."""
    if not lines:
        return words("outgoing.packet.nothing")
    return "\n".join(
        words("outgoing.packet.struck", n=n, day=day(line.started, short=True))
        if n in struck
        else words("outgoing.packet.line", n=n, day=day(line.started, short=True), text=_told(line))
        for n, line in enumerate(lines, 1)
    )


def compose(lines: Sequence[Line], struck: Collection[int]) -> str:
    """The packet as Markdown, without the lines whose numbers, from 1, are in `struck`."""
    parts = [f"# {words('outgoing.packet.title')}", ""]
    last = None
    for n, line in enumerate(lines, 1):
        if n in struck:
            continue
        if line.started != last:
            parts += [f"## {day(line.started)}", ""]
            last = line.started
        parts += [f"- {plain(_told(line)).replace(chr(10), chr(10) + '  ')}", ""]
    return "\n".join(parts)


def _told(line: Line) -> str:
    return words("outgoing.packet.said", who=line.head, text=line.text) if line.head else line.text
