"""The coach with its cues and its sentences: what the two front ends ask.

On a screen that two people share only `stem` is used. `told` quotes: for practice and for a room of
one's own.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from imago_tui.coach import Hint, Language
from imago_tui.words import HERE, languages, words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

QUOTE = 60  # signs of a quotation, at most


@lru_cache(maxsize=4)
def language(name: str | None = None, folder: Path = HERE) -> Language:
    """What the coach knows of a language; by default that of the interface.

    A language without cues of its own gets only the hints that need none: never those of another.
    """
    chosen = words.language if name is None else name
    if folder == HERE and chosen not in languages():
        return Language()
    return Language.of(
        _read(folder / chosen / "cues.toml"), _read(folder / chosen / "feelings.toml")
    )


def _read(file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}


def stem(hint: Hint) -> str:
    """One more line to try, in the place of stems. It quotes and names nothing."""
    return words(f"coach.{hint.code}.stem")


def told(hint: Hint) -> str:
    """What was noticed, with the words. Never for a screen that two people share."""
    real = words.table("feelings.faux").get(hint.words.lower())
    if hint.code == "no-feeling" and real:
        return words("coach.no-feeling.faux", words=hint.words, feelings=", ".join(real))
    return words(f"coach.{hint.code}.text", words=quotation(hint.words))


def quotation(text: str) -> str:
    """`text` in one line and short enough to be read at a glance."""
    line = " ".join(text.split()).strip(" .,;:")
    if len(line) <= QUOTE:
        return line
    return line[:QUOTE].rsplit(" ", 1)[0].rstrip(" .,;:") + " …"
