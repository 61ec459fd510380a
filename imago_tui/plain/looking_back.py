"""A page of the look back in lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imago_tui import retelling
from imago_tui.plain.reading import SHORT
from imago_tui.review.shown import Heading, Leaf, Titles
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from imago_tui.looking_back import Item

ID = re.compile("[0-9a-f]{16}")
"""What a dialogue is shown by."""


def listed(items: Sequence[Item], page: str) -> str:
    """The items of a page, a line or a few each; what stands there when there are none."""
    titles = Titles()
    return "\n".join(line for item in items for line in _lines(item, titles)).strip("\n") or words(
        f"review.empty.{page}"
    )


def _lines(item: Item, titles: Titles) -> Iterator[str]:
    if isinstance(item, Heading):
        yield from ("", item.text, "")
        return
    if not isinstance(item, Leaf):
        yield f"{retelling.day_in_month(item.started)}  {titles.of(item)}"
        return
    if item.head:
        yield item.head
    if item.text:
        yield item.text
    if item.foot:
        yield item.foot
    if ID.fullmatch(item.id):
        yield words("reading.from", id=item.id[:SHORT])
    yield ""
