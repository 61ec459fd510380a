"""Values of a file that anyone may have written: the right type, a good name, nothing unseen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from imago_tui.dialogue.stage import ExerciseError, near

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What a terminal may obey, and what turns the direction of a text."""

_WANTS = {str: "wants-text", bool: "wants-yes-or-no", int: "wants-number", float: "wants-number"}


def known(data: Mapping[str, Any], good: list[str] | tuple[str, ...], where: str) -> None:
    """Raise ExerciseError for a field that there isn't."""
    for key in data:
        if key not in good:
            at = f"{where}.{key}" if where else key
            raise ExerciseError("unknown-field", at, nearest=near(key, good))


def one_of(value: Any, good: tuple[Any, ...], rule: str, where: str) -> Any:
    """``value``, if it is one of the good ones; else ExerciseError with ``rule``."""
    if value not in good:
        # What is no text is near to nothing.
        nearest = near(value, good) if isinstance(value, str) else ""
        raise ExerciseError(rule, where, nearest=nearest)
    return value


def typed(value: object, wanted: type, where: str) -> Any:
    """``value``, if it is one of the type; a whole number will do for any number, a bool won't."""
    good = (int, float) if wanted is float else (wanted,)
    if type(value) in good:
        return seen(value, where) if isinstance(value, str) else value
    if value is None:
        raise ExerciseError("wants-field", where)
    raise ExerciseError(_WANTS[wanted], where)


def lines(value: object, where: str) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ExerciseError("wants-lines", where)
    return tuple(seen(line, where) for line in value)


def seen(text: str, where: str) -> str:
    """``text``, if all of it can be seen."""
    if _UNSEEN.search(text):
        raise ExerciseError("wants-plain-text", where)
    return text
