"""What this is and is not, and places to turn to: the one page for both front ends and `about`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from imago_tui import places
from imago_tui.words import words


def page() -> tuple[str, ...]:
    """The short page, its title first."""
    return (words("about.title"), "", *words.lines("about.page"))


def lines(own: Iterable[str] = ()) -> tuple[str, ...]:
    """The longer page, one paragraph a line, an empty line before each heading but the first.

    ``own``: what was added on this machine (`own_places.lines()`), below the shipped places.
    """
    return (*_turn(), *own, *more())


def more() -> Iterator[str]:
    """What stands below the places to turn to."""
    for part in words.table("about")["more"]:
        yield ""
        yield part["title"]
        yield from part["lines"]


def _turn() -> Iterator[str]:
    yield words("about.turn_title")
    yield from words.lines("about.turn")
    for region, here in groupby(places.shipped(), key=lambda place: place.region):
        yield ""
        yield region
        for place in here:
            yield place.line()
    yield ""
    yield words("about.turn_small", checked=places.checked_on())
