"""What this is and is not, and places to turn to: the one page for both front ends and `about`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from imago_tui.words import words


def page() -> tuple[str, ...]:
    """The short page, its title first."""
    return (words("about.title"), "", *words.lines("about.page"))


def lines() -> tuple[str, ...]:
    """The longer page, one paragraph a line, an empty line before each heading but the first."""
    return (*_turn(), *_more())


def _more() -> Iterator[str]:
    for part in words.table("about")["more"]:
        yield ""
        yield part["title"]
        yield from part["lines"]


def _turn() -> Iterator[str]:
    yield words("about.turn_title")
    yield from words.lines("about.turn")
    places = words.table("places")["place"]
    for region, here in groupby(places, key=lambda place: place["region"]):
        yield ""
        yield region
        for place in here:
            known = "place_number" if place["number"] else "place"
            yield words(f"about.{known}", **{key: place[key] for key in ("name", "how", "number")})
    yield ""
    yield words("about.turn_small", checked=min(place["checked_on"] for place in places))
