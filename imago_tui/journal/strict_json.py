"""JSON as we write it, and nothing that merely looks like it."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

import pydantic_core

DEPTH = 48
MOST_TOKENS = 500_000
# A text without its end runs to the end of all, so that no place is looked at twice.
_STRINGS_AND_BRACKETS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{]|[\]}]', re.DOTALL)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class NotOurs(ValueError):
    """The text is not JSON that this program writes."""


def loads(data: bytes, most: int, *, tokens: int = MOST_TOKENS) -> dict[str, Any]:
    """The object that `data` holds.

    Args:
        data: UTF-8.
        most: bytes that are looked at; more is refused before any parsing.
        tokens: texts and brackets that are taken at most.

    Raises:
        NotOurs: too long or too deep, a key twice, a number that is none, not an object at all.
    """
    if len(data) > most:
        raise NotOurs
    _check_shape(data, tokens)
    try:
        found = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_refuse,
            parse_float=_float,
        )
    except (ValueError, RecursionError):
        raise NotOurs from None
    if not isinstance(found, dict):
        raise NotOurs
    return found


def dumps(value: dict[str, Any]) -> bytes:
    """`value` as compact UTF-8 JSON. A lone surrogate, which UTF-8 cannot say, becomes U+FFFD.

    Raises:
        ValueError: a number that JSON does not know.
        TypeError: a value that JSON does not know.
    """
    try:
        quick = pydantic_core.to_json(value)
    except (pydantic_core.PydanticSerializationError, UnicodeEncodeError):
        pass
    else:
        # It writes these two where JSON has no such number; in a text they do no harm.
        if b"NaN" not in quick and b"Infinity" not in quick:
            return quick
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return sayable(text).encode("utf-8")


def sayable(text: str) -> str:
    """`text` with U+FFFD for each lone surrogate."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def _check_shape(data: bytes, tokens: int) -> None:
    """Refuse what is too deep, or would take far more memory than its own length."""
    brackets = data.count(b"[") + data.count(b"{")
    if brackets <= DEPTH and data.count(b'"') <= tokens:
        return
    depth = 0
    for number, found in enumerate(_STRINGS_AND_BRACKETS.finditer(data)):
        if number > tokens:
            raise NotOurs
        first = data[found.start()]
        if first in b"[{":
            depth += 1
            if depth > DEPTH:
                raise NotOurs
        elif first in b"]}":
            depth -= 1


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotOurs
    return made


def _refuse(_: str) -> NoReturn:
    raise NotOurs


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise NotOurs
    return number
