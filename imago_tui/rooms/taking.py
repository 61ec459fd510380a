"""Taking something out as a file: what, whose words, in which form, where to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.rooms.way import GUEST, WHO, Ask, Way, filled

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOM = "taking"
FORMS = {"markdown": ".md", "json": ".json", "html": ".html", "packet": ".md", "book": ".html"}
"""The forms, and how the name of such a file ends."""
BETWEEN = ","
"""Stands between several things that were marked in a list."""


def _both(given: Mapping[str, str]) -> bool:
    return given.get("words") == "both" and GUEST not in given


def _year(given: Mapping[str, str]) -> str:
    from imago_tui.words import words

    typed = given["year"].strip()
    return "" if typed.isdecimal() and len(typed) == len("2026") else words("rooms.taking.no_year")


WORDS = Ask("words")
THEIRS = Ask("theirs", ("other",), hidden=True, when=_both)
ENTRIES = Ask("entries", kind="pick")
LINES = Ask("lines", kind="pick")
PLACE = Ask("place", ("file", "key"), check=filled("file"))

ERRANDS: dict[str, tuple[Ask, ...]] = {
    "all": (Ask("form"), WORDS, THEIRS, PLACE),
    "some": (WORDS, THEIRS, ENTRIES, Ask("form"), PLACE),
    "packet": (WORDS, THEIRS, LINES, PLACE),
    "book": (Ask("which-year", ("year",), check=_year), THEIRS, PLACE),
}
OF_ONE = {
    errand: tuple(ask for ask in asks if ask not in {WORDS, THEIRS})
    for errand, asks in ERRANDS.items()
}
"""Where there is nobody else whose words they could be."""
OF_BOTH = {errand: (WHO, *asks) for errand, asks in ERRANDS.items()}
"""Where both have opened the journal: who of them takes something out is asked now."""


def begin(whose: str = "", *, private: bool, both: bool = False) -> Way:
    """What could be taken out.

    Args:
        whose: the line that says whose room it is, in one's own.
        private: it is one's own room; a book is of both.
        both: both have opened the journal.
    """
    without = frozenset({"book"}) if private else frozenset()
    errands = OF_ONE if private else OF_BOTH if both else ERRANDS
    return Way(ROOM, errands, whose=whose, without=without)


def form(way: Way) -> str:
    """The form that was chosen, or that the errand has."""
    return way.given.get("form", way.errand)


def marked(way: Way, page: str) -> tuple[str, ...]:
    """What was marked in a list."""
    return tuple(one for one in way.given.get(page, "").split(BETWEEN) if one)
