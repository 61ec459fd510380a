"""Where in a TOML text a row and its keys stand: tomllib tells values, but not their lines."""

from __future__ import annotations

import re

_SKIPPED = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
_NAMED = re.compile(r"at line (\d+)")
_TABLE = re.compile(r"""^\s*\[""")


def line_of(mishap: ValueError, text: str) -> int:
    """The line, from 1, at which ``text`` is no TOML, as the parser's ``mishap`` tells it."""
    named = _NAMED.search(str(mishap))
    # At the end of the document it names no line.
    return int(named[1]) if named else text.rstrip("\n").count("\n") + 1


class Lines:
    """The lines of a TOML text that is whole, counted from 1.

    Args:
        text: the whole text.
        row: name of the rows, "turn" for instance.
    """

    def __init__(self, text: str, row: str) -> None:
        self._lines = _SKIPPED.sub(_blanked, text).split("\n")
        head = re.compile(rf"""^\s*\[\[\s*["']?{re.escape(row)}["']?\s*\]\]""")
        self._rows = [at for at, line in enumerate(self._lines) if head.match(line)]
        self._row = row

    def of(self, number: int | None = None, key: str = "") -> int:
        """The line of `key` in row `number` (from 1; None: before all rows), else of the row."""
        start = self._start(number)
        for at in range(start + (number is not None), len(self._lines)):
            if _TABLE.match(self._lines[at]):
                break
            if key and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[.=]""", self._lines[at]):
                return at + 1
        if key and number is None:
            head = re.compile(rf"""\s*\[+\s*["']?{re.escape(key)}["']?\s*[.\]]""")
            found = (at for at, line in enumerate(self._lines) if head.match(line))
            return next(found, start) + 1
        return start + 1

    def _start(self, number: int | None) -> int:
        if number is None:
            return 0
        if number <= len(self._rows):
            return self._rows[number - 1]
        # Rows in one line, or in a list: the line where that list begins.
        return self.of(None, self._row) - 1


def _blanked(found: re.Match[str]) -> str:
    """Comments, and strings of several lines, without what could be taken for a key or a head."""
    text = found[0]
    if text.startswith(('"""', "'''", "#")):
        return re.sub(r"[^\n]", " ", text)
    return text
