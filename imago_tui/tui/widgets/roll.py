"""A list of any length, of which only what is in sight is drawn. Items may have several lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from rich.text import Text
from textual.widgets import Static

from imago_tui.tui.widgets.choices import MARK, PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Item = TypeVar("Item")


class Roll(Static, Generic[Item]):
    """As many items as there is room for, around the one that is marked.

    Args:
        items: in order.
        draw: the lines of an item for a width in cells, without the sign that marks it.
        still: whether an item cannot be marked.
        marked: the place of the one that is marked first; the next that can be takes its place.
    """

    DEFAULT_CSS = "Roll { height: 1fr; width: 1fr; padding: 0 1; }"

    def __init__(
        self,
        items: Sequence[Item],
        draw: Callable[[Item, int], list[Text]],
        still: Callable[[Item], bool],
        marked: int = 0,
    ) -> None:
        super().__init__(markup=False)
        self.items = items
        self._draw = draw
        self._still = still
        self._top = 0
        self.marked = marked

    @property
    def item(self) -> Item | None:
        """The one that is marked; None where there is none to mark."""
        return self.items[self.marked] if self._can(self.marked) else None

    def on_resize(self) -> None:
        """Another size has room for others."""
        self.mark(self.marked)

    def show(self, items: Sequence[Item]) -> None:
        """Other items, from the first on."""
        self.items, self._top = items, 0
        self.mark(0)

    def mark(self, place: int, *, towards: int = 1) -> None:
        """Mark the item at ``place``, or the next one ``towards`` there that can be marked."""
        last = len(self.items) - 1
        place = max(0, min(place, last))
        for step in (towards, -towards):
            found = place
            while 0 <= found <= last and not self._can(found):
                found += step
            if self._can(found):
                self.marked = found
                break
        self._paint()

    def by(self, steps: int) -> None:
        """Mark the one so many items on."""
        self.mark(self.marked + steps, towards=1 if steps > 0 else -1)

    def page(self, way: int) -> None:
        """A screenful on (1) or back (-1)."""
        room, place = max(1, self.size.height - 1), self.marked
        while room > 0 and 0 <= place + way < len(self.items):
            place += way
            room -= len(self._lines(place))
        self.mark(place if place != self.marked else place + way, towards=way)

    def _can(self, place: int) -> bool:
        return 0 <= place < len(self.items) and not self._still(self.items[place])

    def _lines(self, place: int) -> list[Text]:
        return self._draw(self.items[place], max(1, self.size.width - 2 - len(MARK)))

    def _paint(self) -> None:
        room = self.size.height
        if not self.items or not room:
            self.update("")
            return
        self._top = min(self._top, self._seen_with(self.marked))
        # What stands above the marked one goes out of sight until it fits.
        heights = (
            [len(self._lines(n)) for n in range(self._top, self.marked + 1)]
            if (self.marked - self._top <= room)
            else []
        )
        if not heights:
            self._top, heights = self._up_from(self.marked, room)
        while len(heights) > 1 and sum(heights) > room:
            self._top += 1
            del heights[0]
        lines: list[Text] = []
        place = self._top
        while place < len(self.items) and len(lines) < room:
            lines += self._marked_lines(place)
            place += 1
        self.update(Text("\n").join(lines[:room]))

    def _seen_with(self, place: int) -> int:
        """The place from which on it is best seen: with the headings right above it."""
        while place > 0 and self._still(self.items[place - 1]):
            place -= 1
        return place

    def _up_from(self, place: int, room: int) -> tuple[int, list[int]]:
        heights = [len(self._lines(place))]
        while place > 0 and sum(heights) < room:
            place -= 1
            heights.insert(0, len(self._lines(place)))
        return place, heights

    def _marked_lines(self, place: int) -> list[Text]:
        marked = place == self.marked and self._can(place)
        drawn: list[Text] = []
        for n, line in enumerate(self._lines(place)):
            sign = MARK if marked and n == 0 else PLAIN
            whole = Text(sign, no_wrap=True, end="").append_text(line)
            if marked:
                whole.stylize("bold")
            drawn.append(whole)
        return drawn
