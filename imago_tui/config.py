"""Settings of this machine, in a small TOML file that a person may edit.

What belongs to a person (name, language of their own, side, help level) is not here but sealed in
the journal.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from imago_tui import careful_toml, ordinary, paths
from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.nearest import nearest
from imago_tui.words import languages, words

if TYPE_CHECKING:
    from pathlib import Path

MOST = 1 << 20
"""Bytes of a file: more than any settings."""

LINE_OF_TOML = re.compile(r"at line (\d+)")
KINDS = {bool: "config.true_or_false", int: "config.a_number", str: "config.a_word"}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What this machine is set to. A field's metadata may name its `choices`."""

    language: str = field(default="en", metadata={"choices": languages})
    """Language of the interface: a folder of `words/`."""
    pace: str = field(default="normal", metadata={"choices": lambda: ("calm", "normal", "brisk")})
    """How long quiet moments last."""
    motion: bool = True
    """Whether anything on the screen may move."""
    bell: bool = False
    """Whether the terminal may ring."""
    digits: bool = False
    """Whether the turn timer shows digits beside its shape."""
    theme: str = field(
        default="auto", metadata={"choices": lambda: ("auto", "dark", "light", "contrast")}
    )
    """Colours; `auto` follows the terminal."""
    rest: int = field(
        default=10, metadata={"choices": lambda: ("0", "2", "5", "10", "20", "30", "60")}
    )
    """Minutes without a key after which an open journal is closed, outside a talk; 0: never."""
    fade: int = field(default=3, metadata={"choices": lambda: ("1", "2", "3", "5", "10", "15")})
    """Minutes without a key after which the words at the table are put away until both are back;
    while somebody speaks, five times as many."""


FIELDS = {one.name: one for one in fields(Settings)}


def load(file: Path | None = None) -> Settings:
    """Read the settings; a file that is not there means the defaults.

    Args:
        file: which file; by default the one of this machine.

    Raises:
        ImagoError: status 2, with the line and the nearest good name or value.
    """
    file = paths.settings_file() if file is None else file
    text = _read(file)
    try:
        found = careful_toml.loads(text)
    except ValueError as mishap:
        line = LINE_OF_TOML.search(str(mishap))
        number = int(line[1]) if line else len(text.splitlines())
        raise _amiss("not_toml", file, number, words("config.not_toml_hint")) from None
    for key, value in found.items():
        _check(file, text, key, value)
    return Settings(**found)


def speak() -> None:
    """Speak the language of the settings, from here on, where there is more than one.

    Settings that can't be read are told by whatever needs them: help and `about` never do.
    """
    if len(languages()) > 1:
        with suppress(ImagoError):
            words.use(load().language)


def _read(file: Path) -> str:
    try:
        data = ordinary.read(file, MOST)
    except FileNotFoundError:
        return ""
    except OSError:
        raise _unreadable(file) from None
    if len(data) > MOST:
        raise _unreadable(file)
    try:
        return data.decode().replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise _amiss("not_text", file, 1, words("config.not_toml_hint")) from None


def _unreadable(file: Path) -> ImagoError:
    message = words("config.unreadable", file=file)
    return ImagoError(message, words("config.unreadable_hint"), WRONG_USE)


def _check(file: Path, text: str, key: str, value: object) -> None:
    known = FIELDS.get(key)
    number = _line(text, key)
    if known is None:
        raise _amiss("unknown_key", file, number, _nearest(key, list(FIELDS)), name=key)
    if type(value) is not type(known.default):
        kind = words(KINDS[type(known.default)])
        hint = words("config.expected", name=key, kind=kind)
        raise _amiss("other_kind", file, number, hint, name=key)
    if "choices" in known.metadata:
        good = list(known.metadata["choices"]())
        if str(value) not in good:
            raise _amiss("other_value", file, number, _nearest(str(value), good), name=key)


def _amiss(what: str, file: Path, line: int, hint: str, **params: str) -> ImagoError:
    message = words(f"config.{what}", file=file, line=line, **params)
    return ImagoError(message, hint, WRONG_USE)


def _nearest(given: str, good: list[str]) -> str:
    near = nearest(given, good)
    if near:
        return words("config.did_you_mean", name=near)
    return words("config.one_of", names=", ".join(good))


def _line(text: str, key: str) -> int:
    name = re.escape(key)
    # Nothing is tried twice: a line may be nothing but blanks, and any number of them.
    pattern = re.compile(rf"""^\s*+\[*+\s*+["']?{name}["']?\s*+[=.\]]""")
    numbers = (at for at, line in enumerate(text.splitlines(), 1) if pattern.match(line))
    return next(numbers, 1)
