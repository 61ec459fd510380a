"""Lines in the couple's own words: a file `words.toml` beside the settings.

It says which line of the program stands there in which words; who may read the settings may read
it. Only lines to try can be put in own words: what is asked, what is told and where to turn stay
as they come. A line in own words is marked where it stands, and as it was it is a key away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import careful_toml, config, paths
from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "words.toml"
TABLE = "lines"
LONGEST = 120
"""Letters of a line: more can't be read at a glance."""
MANY = 500
"""Lines that are read."""


def place() -> Path:
    """Where the file is. Raises ImagoError where nobody has a place for such things."""
    return paths.settings_file().with_name(FILE)


def load() -> dict[str, str]:
    """Own words by the line that they stand for.

    Raises:
        ValueError: what stands in the file can't be read as such lines.
    """
    from imago_tui.exercises.own import read

    try:
        found = careful_toml.loads(read(place()).decode("utf-8-sig"))
    except (FileNotFoundError, ImagoError):
        return {}
    except OSError as mishap:
        raise ValueError(FILE) from mishap
    rows = found.get(TABLE, {})
    if not isinstance(rows, dict) or not all(isinstance(row, str) for row in rows.values()):
        raise ValueError(FILE)
    some = list(rows.items())[:MANY]
    return {line: own[:LONGEST] for line, own in some if own.strip()}


def put(line: str, own: str) -> Mapping[str, str]:
    """Keep own words for a line, none to have it as it was; every line in own words from now on.

    Raises:
        ImagoError: 7 it can't be written; 2 what stands in the file can't be read.
    """
    try:
        known = load()
    except ValueError:
        raise ImagoError(unread(), "", WRONG_USE) from None
    text = " ".join(own.split())[:LONGEST]
    known.pop(line, None)
    if text and text != line:
        known[line] = text
    # Imported here: written once in a while.
    import tomli_w

    try:
        config.write(place(), tomli_w.dumps({TABLE: known}))
    except OSError:
        raise ImagoError(words("ours.unwritten", file=FILE), "", 7) from None
    return known


def unread() -> str:
    """What is said when the file can't be read."""
    return words("ours.unread", file=FILE)
