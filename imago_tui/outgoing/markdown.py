"""Dialogues as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imago_tui.inert import TABLE
from imago_tui.retelling import day, retold, title
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.journal.entry import Entry

LAST_CONTROL = 0x9F
# Direction marks belong to a text in a file; what a terminal would obey does not.
SHOWN = {code: sign for code, sign in TABLE.items() if code <= LAST_CONTROL}
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&])")
_BEGINNINGS = re.compile(r"^([^\S\n]*+)([-+=]|\d+[.)])", re.MULTILINE)


def plain(text: str) -> str:
    """`text` so that Markdown shows it as it is."""
    shown = _SIGNS.sub(r"\\\1", text.translate(SHOWN))
    return _BEGINNINGS.sub(lambda found: f"{found[1]}\\{found[2]}", shown)


def compose(entries: Sequence[Entry]) -> str:
    """All of them, in the order given."""
    return "\n".join(_entry(entry) for entry in entries)


def _entry(entry: Entry) -> str:
    lines = [f"# {plain(title(entry))}", "", day(entry.started), ""]
    for block in retold(entry):
        if block.head:
            lines += [f"**{plain(block.head)}**", ""]
        quoted = plain(block.text).split("\n")
        lines += [*(f"> {line}  " if line else ">" for line in quoted), ""]
    return "\n".join(lines)


def heading() -> str:
    """What a page of several is called."""
    return words("outgoing.heading")
