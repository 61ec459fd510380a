"""The places to turn to that come with the program.

They are read from the package and from nowhere else: no setting, no words and no exercise of one's
own can take a line out of them, or put one in.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from imago_tui.words import BASE, HERE, words

FILE = "places.toml"
KINDS = ("directory", "emergency", "violence", "men", "lgbtq", "own", "crisis")


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
