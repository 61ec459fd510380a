"""TOML that somebody else may have written, read in a time that goes with its length."""

from __future__ import annotations

import re
import tomllib
from typing import Any

MOST_PARTS = 40
"""Parts of a key between dots. The time that tomllib takes grows with their square: 150,000 take
hours."""

_PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
# Where a key or the name of a table can begin. Inside of a text this many are no sentence either.
_TOO_LONG = re.compile(rf"(?:^|[\[{{,])[ \t]*+(?:{_PART}){{{MOST_PARTS}}}", re.MULTILINE)


def loads(text: str) -> dict[str, Any]:
    """What `text` says.

    Raises:
        ValueError: it is no TOML; it is nested too deep, or holds a number beyond counting or a key
            of endless parts.
    """
    if _TOO_LONG.search(text):
        raise ValueError("key")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("depth") from None
