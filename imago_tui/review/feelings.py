"""Which feelings were named when one guessed how it was for the other, by their families."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.review.remembered import Kept

GUESS = "empathize"
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")


def felt(kept: Kept) -> dict[str, frozenset[str]]:
    """The families of feelings that were named in each dialogue, by its id."""
    families = {
        phrase: name
        for name, family in words.table("feelings.families").items()
        for phrase in family["words"]
    }
    longest = max(len(phrase.split()) for phrase in families)
    found: dict[str, frozenset[str]] = {}
    for id_, lines in kept.items():
        named = {
            families[phrase]
            for one in lines
            if one.step == GUESS
            for phrase in _phrases(one.said or "", longest)
            if phrase in families
        }
        if named:
            found[id_] = frozenset(named)
    return found


def _phrases(text: str, longest: int) -> set[str]:
    """Every run of up to ``longest`` words."""
    said = _WORD.findall(text.lower().replace("\u2019", "'"))
    return {
        " ".join(said[at : at + length])
        for length in range(1, longest + 1)
        for at in range(len(said) - length + 1)
    }
