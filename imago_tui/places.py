"""Places to turn to: those that come with the program, and below them those of one's own.

What comes with the program is read from the package and from nowhere else: no setting, no words and
no exercise of one's own can take a line out of it, or put one in.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from imago_tui import paths
from imago_tui.errors import ImagoError
from imago_tui.words import BASE, HERE, words

if TYPE_CHECKING:
    from pathlib import Path

FILE = "places.toml"
KINDS = ("directory", "emergency", "violence", "men", "lgbtq", "own", "crisis")
MOST = 20
"""Places of one's own that are shown."""
LONGEST = 200
"""Letters of one text of one's own that are shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place. ``number`` and ``how`` may be empty; ``checked_on``: the day it was looked up."""

    region: str
    kind: str
    name: str
    number: str
    how: str
    checked_on: str
    source: str

    def line(self) -> str:
        """It, in one line."""
        kind = words(f"about.kind.{self.kind}")
        return words("about.place.kind", kind=kind, place=told(self.number, self.name, self.how))


def told(number: str, name: str, how: str) -> str:
    """A place: its number first, where it is known, so that a narrow line does not break it."""
    found = words("about.place.number", number=number, name=name) if number else name
    return words("about.place.how", place=found, how=how) if how else found


def shipped() -> tuple[Place, ...]:
    """Those that come with the program, in their order."""
    return _shipped(words.language)


@cache
def _shipped(language: str) -> tuple[Place, ...]:
    file = HERE / language / FILE
    if not file.exists():
        file = HERE / BASE / FILE
    return tuple(Place(**row) for row in tomllib.loads(file.read_text("utf-8"))["place"])


def checked_on() -> str:
    """The day on which all of them had been looked up: that of the oldest."""
    return min(place.checked_on for place in shipped())


def own_file() -> Path | None:
    """Where places of one's own would be; None where nobody has a place for such things."""
    try:
        return paths.settings_file().with_name(FILE)
    except ImagoError:
        return None


def own() -> tuple[str, ...]:
    """Those of one's own, a line each. Raises ValueError when what stands there can't be read."""
    from imago_tui.exercises.own import read

    file = own_file()
    if file is None:
        return ()
    try:
        found = tomllib.loads(read(file).decode("utf-8-sig"))
    except FileNotFoundError:
        return ()
    except (OSError, RecursionError) as mishap:
        raise ValueError(FILE) from mishap
    rows = found.get("place")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(FILE)
    return tuple(_line(row) for row in rows[:MOST])


def _line(row: dict[str, object]) -> str:
    name, number, how = (row.get(key, "") for key in ("name", "number", "how"))
    if not (isinstance(name, str) and isinstance(number, str) and isinstance(how, str) and name):
        raise ValueError(FILE)
    return " ".join(told(number[:LONGEST], name[:LONGEST], how[:LONGEST]).split())
