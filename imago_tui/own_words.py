"""Lines in the couple's own words: a file `words.toml` beside the settings.

It says which line of the program stands there in which words; who may read the settings may read
it. Only lines to try can be put in own words: what is asked, what is told and where to turn stay
as they come. A line in own words is marked where it stands, and as it was it is a key away.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from imago_tui import careful_toml, paths
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
LARGEST = 1 << 17
"""Bytes of a file that is written to from the table: more than that many lines, and it takes no
time that is noticed there."""


def place() -> Path:
    """Where the file is. Raises ImagoError where nobody has a place for such things."""
    return paths.settings_file().with_name(FILE)


def load() -> dict[str, str]:
    """Own words by the line that they stand for.

    Raises:
        ValueError: what stands in the file can't be read as such lines.
    """
    try:
        return _told(_rows(careful_toml.loads(_text())))
    except ImagoError:
        return {}


def put(line: str, own: str) -> Mapping[str, str]:
    """Keep own words for a line, none to have it as it was; every line in own words from now on.

    Whatever else a person has written into the file stays as it stands there.

    Raises:
        ImagoError: 7 it can't be written; 2 what stands in the file can't be read, or can't be
            written to without losing some of it.
    """
    try:
        before = _text()
        found = careful_toml.loads(before)
        rows = _rows(found)
    except ValueError:
        raise ImagoError(unread(), "", WRONG_USE) from None
    text = " ".join(own.split())[:LONGEST]
    wanted = {each: said for each, said in rows.items() if each != line}
    if text and text != line:
        wanted[line] = text
    if wanted == rows:
        return _told(rows)
    after = _with(before, line, wanted.get(line)) if before else _first(wanted)
    if len(wanted) > MANY or after is None or not _says(after, {**found, TABLE: wanted}):
        raise ImagoError(words("ours.by_hand", file=FILE), "", WRONG_USE)
    try:
        _write(place(), after)
    except OSError:
        raise ImagoError(words("ours.unwritten", file=FILE), "", 7) from None
    return _told(wanted)


def _text() -> str:
    """What stands in the file, "" where there is none. Raises ValueError when it is no text."""
    from imago_tui.exercises.own import MOST, read

    try:
        data = read(place())
    except FileNotFoundError:
        return ""
    except OSError as mishap:
        raise ValueError(FILE) from mishap
    if len(data) > MOST:  # the rest of it was not read
        raise ValueError(FILE)
    return data.decode("utf-8-sig")


def _rows(found: Mapping[str, Any]) -> dict[str, str]:
    """The lines of the file as they are written there. Raises ValueError when they are none."""
    rows = found.get(TABLE, {})
    if not isinstance(rows, dict) or not all(isinstance(row, str) for row in rows.values()):
        raise ValueError(FILE)
    return rows


def _told(rows: Mapping[str, str]) -> dict[str, str]:
    """The lines as they stand at the table."""
    some = list(rows.items())[:MANY]
    return {line: own[:LONGEST] for line, own in some if own.strip()}


def _first(rows: Mapping[str, str]) -> str:
    """The file as it begins."""
    # Imported here: written once in a while.
    import tomli_w

    return tomli_w.dumps({TABLE: rows})


def _with(text: str, line: str, own: str | None) -> str | None:
    """The text of the file with one row put in, changed, or (None) taken out; None when the text
    is more, or written in another way, than can be edited.
    """
    if len(text.encode()) > LARGEST:
        return None
    # Imported here: heavy, and needed once in a while. A comment and a key of a person stay.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        whole = tomlkit.parse(text)
        rows: Any = whole.setdefault(TABLE, tomlkit.table())
        if own is None:
            del rows[line]
        else:
            rows[line] = own
        return whole.as_string()
    except (TOMLKitError, ValueError, RecursionError):
        return None


def _says(text: str, wanted: Mapping[str, Any]) -> bool:
    """Whether a text says just that: nothing of a person's is put at risk for one line."""
    try:
        return careful_toml.loads(text) == wanted
    except ValueError:
        return False


def _write(file: Path, text: str) -> None:
    """Put ``text`` into a file, whole or not at all. Raises OSError."""
    # Imported here: written once in a while.
    import tempfile

    file = file.resolve()  # a link to somewhere else stays a link
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".words-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, file)
    except BaseException:
        os.unlink(name)
        raise


def unread() -> str:
    """What is said when the file can't be read."""
    return words("ours.unread", file=FILE)
