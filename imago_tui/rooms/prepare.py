"""Getting ready for a talk, alone: what I saw, one feeling word, what I need, a soft beginning.

Nothing of it is kept unless its owner says so at the end, and nothing of it ever stands on a screen
that two people share. The coach may quote here: only its owner reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import hints
from imago_tui.coach import find
from imago_tui.rooms.way import Ask
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

ERRAND = "prepare"
PARTS = ("saw", "feeling", "need", "opening")
READY = "ready"
KEEP = "keep"
ASKS = (*(Ask(part, fields=(f"{part}-text",)) for part in PARTS), Ask(READY))


def parts(given: Mapping[str, str]) -> dict[str, str]:
    """What was written, part by part, without those that were left empty."""
    found = {part: given.get(f"{part}-text", "").strip() for part in PARTS}
    return {part: text for part, text in found.items() if text}


def text(given: Mapping[str, str]) -> str:
    """All of it, as it is kept and read again; "" when nothing was written."""
    return "\n".join(
        words(f"rooms.own.ready.{part}", text=said) for part, said in parts(given).items()
    )


def lines(given: Mapping[str, str]) -> tuple[str, ...]:
    """The last page: what was written, and what the coach would try."""
    told = text(given)
    return (*told.splitlines(), *noticed(given)) if told else (words("rooms.own.ready.empty"),)


def noticed(given: Mapping[str, str]) -> tuple[str, ...]:
    """One thing to try, or nothing: of the beginning first, else of the feeling."""
    said, language = parts(given), hints.language()
    hint = find("sender", said.get("opening", ""), "", language)
    if hint is None and "feeling" in said:
        hint = find("empathy", "", said["feeling"], language)
    return ("", hints.told(hint)) if hint is not None else ()
