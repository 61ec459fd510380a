"""Make text safe to put on a terminal, without losing sight of what was there."""

from __future__ import annotations

KEPT = "\n"
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
DELETE = 0x7F
PICTURES = 0x2400  # "SYMBOL FOR NULL"; the pictures of the other controls follow in order
DELETE_PICTURE = "\u2421"
UNSEEN = "\ufffd"

TABLE = (
    {code: chr(PICTURES + code) for code in range(0x20) if chr(code) not in KEPT}
    | {DELETE: DELETE_PICTURE}
    | dict.fromkeys(range(0x80, 0xA0), UNSEEN)
    | dict.fromkeys(map(ord, BIDI), UNSEEN)
    | dict.fromkeys(range(0xD800, 0xE000), UNSEEN)
)


def inert(text: str) -> str:
    """`text` with every control a terminal could obey shown as a sign instead.

    Controls become their pictures (that of escape is U+241B); direction marks, C1 controls and lone
    surrogates become U+FFFD. Line ends stay. This is for showing: what is kept is never changed.
    """
    return text.translate(TABLE)


def as_json(what: object) -> str:
    """JSON that reads back code point by code point and holds nothing a terminal would obey."""
    import json

    escaped = {code: f"\\u{code:04x}" for code in TABLE if code >= DELETE}  # JSON does the others
    return json.dumps(what, ensure_ascii=False, indent=2).translate(escaped)
