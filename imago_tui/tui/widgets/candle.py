"""What stands between the two: a candle for the turn, a breath for a quiet while.

Both are drawn from a share or an instant that others give; neither counts anything.
"""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Static

FLAME, NO_FLAME = "▴", " "
EIGHTHS = " ▁▂▃▄▅▆▇█"
IN, OUT = 4.0, 6.0
"""Seconds of breathing in, and longer out."""


def candle(share: float, rows: int, *, burning: bool = True, wide: int = 1) -> list[str]:
    """A candle of ``rows`` lines with ``share`` of it left (1.0 whole, 0.0 burnt down), from the
    flame down; a line holds ``wide`` cells.
    """
    body = max(1, rows - 2)
    eighths = max(0, min(body * 8, round(share * body * 8)))
    full, rest = divmod(eighths, 8)
    lines = ["█" * wide] * full
    if rest:
        lines.insert(0, EIGHTHS[rest] * wide)
    flame = (FLAME if burning and eighths else NO_FLAME).center(wide)
    return [" " * wide] * (body - len(lines)) + [flame, *lines]


def breath(at: float) -> tuple[bool, float]:
    """At an instant, in seconds: whether it goes in, and how full it is, from 0.0 to 1.0."""
    within = at % (IN + OUT)
    return (True, within / IN) if within < IN else (False, 1.0 - (within - IN) / OUT)


class Middle(Static):
    """The strip between the two sides. Give it ``burn``, ``breathe`` or ``rest``."""

    DEFAULT_CSS = """
    Middle { width: 5; height: 1fr; color: $imago-light; content-align: center middle; }
    Middle.wide { width: 9; }
    """
    TALLEST = 14

    def __init__(self) -> None:
        super().__init__(id="middle", markup=False)
        self._drawn: tuple[str, ...] = ()

    @property
    def wide(self) -> int:
        """How many cells the wax is wide."""
        return 3 if self.has_class("wide") else 1

    def burn(self, share: float, *, burning: bool = True, digits: str = "") -> None:
        """The candle, with ``share`` of it left; ``digits``: minutes under it, when wished for."""
        rows = max(4, min(self.size.height - bool(digits), self.TALLEST))
        lines = candle(share, rows, burning=burning, wide=self.wide)
        self._draw((*lines, "▀" * (self.wide + 2), *([digits] if digits else [])))

    def breathe(self, full: float) -> None:
        """A breath that is ``full`` to that share."""
        rows = max(3, min(self.size.height, self.TALLEST))
        grown = 1 + 2 * round(full * ((rows - 1) // 2))
        self._draw(("┃" if self.wide == 1 else "┃┃┃",) * grown)

    def rest(self) -> None:
        """Nothing runs."""
        self._draw(())

    def _draw(self, lines: tuple[str, ...]) -> None:
        if lines == self._drawn:
            return  # nothing is painted that stands there already
        self._drawn = lines
        wax = self.app.theme_variables["imago-quiet"]
        drawn = Text(justify="left")
        for place, line in enumerate(lines):
            drawn.append("\n" if place else "")
            drawn.append(line.center(self.wide + 2), "bold" if FLAME in line else wax)
        self.update(drawn)
