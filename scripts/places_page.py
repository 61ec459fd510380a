"""Write docs/places.md anew from the words of the program. A test says when that is due."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from imago_tui import about, places  # noqa: E402  the checkout has to be found first
from imago_tui.words import words  # noqa: E402

PAGE = TOP / "docs" / "places.md"


def text() -> str:
    """The page: what `imago-tui about` tells, and where each number was seen."""
    title, _, *short = about.page()
    found = [f"# {title}", *short, f"## {words('about.turn_title')}", *words.lines("about.turn")]
    for region, here in groupby(places.shipped(), key=lambda place: place.region):
        found += [f"### {region}", "\n".join(f"- {place.line()}" for place in here)]
    found.append(words("about.turn_small", checked=places.checked_on()))
    for part in words.table("about")["more"]:
        found += [f"## {part['title']}", *part["lines"]]
    found.append("## Where these were seen")
    found += [
        "\n".join(f"- {place.region}, {place.name}: {place.source}" for place in places.shipped())
    ]
    return "\n\n".join(found) + "\n"


if __name__ == "__main__":
    PAGE.write_text(text(), "utf-8")
