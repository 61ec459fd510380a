"""A card for the pocket: what they call a time-out, a line of theirs, four ways to begin.

What they take along when they need the program less. It is a plain file: whoever finds it reads it,
so it holds only words of those who asked for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imago_tui import paths
from imago_tui.errors import ImagoError
from imago_tui.inert import inert
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.journal.store import Journal

STEMS = (("mirror", 0), ("mirror", 2), ("validate", 0), ("empathize", 0))
"""Which steps' ways to begin stand on it, and which of them: give back, ask, make sense, feel."""

CYCLE, NAMED = "cycle", "called"
"""The exercise in which they name their circle, and its step."""

BLANK = "." * 34
"""A line to fill in by hand."""


@dataclass(frozen=True, slots=True)
class Pocket:
    """What stands on a card; what is "" is a line to fill in by hand.

    Args:
        time_out: what they call a time-out.
        line: a line of theirs.
    """

    time_out: str = field(default="", repr=False)
    line: str = field(default="", repr=False)

    @property
    def parts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What it says: each heading with its lines."""
        stems = tuple(words.lines(f"steps.face.{step}.stems")[place] for step, place in STEMS)
        return (
            (words("pocket.line"), (self.line.strip() or BLANK,)),
            (words("pocket.time_out"), (self.time_out.strip() or BLANK, words("pocket.return"))),
            (words("pocket.stems"), stems),
            (words("pocket.rule"), ()),
        )

    def text(self) -> str:
        """As plain text."""
        lines = [words("pocket.title"), ""]
        for heading, below in self.parts:
            lines += [heading, *(f"  {inert(one)}" for one in below), ""]
        return "\n".join(lines).rstrip() + "\n"

    def page(self) -> str:
        """As a page to print, that needs nothing else."""
        # Imported here: only a page needs what pages are made of.
        from imago_tui.outgoing.page import document, paragraph

        parts = (
            "\n".join([paragraph(heading, "who"), *(paragraph(one) for one in below)])
            for heading, below in self.parts
        )
        return document(words("pocket.title"), parts)


def write(pocket: Pocket, place: str, journal: Path) -> Path:
    """Write it into a new file, for us alone: a page where its name ends in ".html", else text.

    Args:
        pocket: what stands on it.
        place: the file, as somebody typed it; a "~" is their home.
        journal: the folder of the journal, where it is never written.

    Raises:
        ImagoError: 2 something is there already, it is inside the journal, its folder is not
            there, or there can be no file at it; 7.
    """
    from imago_tui.outgoing import files

    file = paths.typed(place)
    page = file.suffix.casefold() in {".html", ".htm"}
    files.write(file, (pocket.page() if page else pocket.text()).encode(), journal)
    return file


def theirs(journal: Journal) -> tuple[str, str]:
    """What they call a time-out, and a line of theirs, as an open journal has them; "" for none.

    The name they gave their circle is what either calls to step back. The line is the newest that
    somebody who is here asked to be remembered: words leave the journal with those they are about.
    """
    return _name(journal), _line(journal)


def _name(journal: Journal) -> str:
    for head in journal.heads().heads:
        if head.exercise == CYCLE and head.state == "done":
            try:
                turns = journal.load(head.id).turns
            except ImagoError:  # damaged: the list tells
                continue
            named = next((turn.text for turn in turns if turn.step == NAMED), None)
            if named:
                return " ".join(named.split())
    return ""


def _line(journal: Journal) -> str:
    from imago_tui.review import remembered

    here = {journal.partners[who] for who in journal.present}
    kept = remembered.by_dialogue(journal.keepsakes())
    for head in journal.heads().heads:
        for one in kept.get(head.id, ()):
            if one.step == remembered.REMEMBER and one.who in here and (one.said or "").strip():
                return " ".join((one.said or "").split())
    return ""
