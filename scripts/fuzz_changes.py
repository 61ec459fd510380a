"""Input that nobody would write: good samples changed a little or a lot, and things made up."""

from __future__ import annotations

import copy
import json
import random
import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 4 << 20
"""Bytes of an input: more would only test patience."""

PIECES: tuple[bytes, ...] = (
    b"", b"\0", b"\n", b"\r\n", b'"', b"'", b'"""', b"\\", b"\\u0000", b"\\ud800", b"\xff\xfe",
    b"\xef\xbb\xbf", b"{", b"}", b"[", b"]", b"[[", b"{}", b"[]", b"null", b"true", b"NaN",
    b"-Infinity", b"1e999", b"-0", b"0x10", b"9" * 5000, b"1" + b"0" * 400, b"=", b"#", b"-->",
    b"-> X25519 ", b"---", b"../../", b"age-encryption.org/v1\n", b"\x1b[2J", b"\x1b]52;c;aGk=\x07",
    "\u202e\u2066\u2069".encode(), "e\u0301".encode(), "👩‍🚀".encode(), b"[" * 3000,
    b'{"a":' * 3000, b"a." * 3000 + b"a = 1\n", b"SQLite format 3\0", b" " * 70_000, b"x" * 200_000,
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 1 << 31, 1 << 63, -(1 << 63), 10**30, 0.5, 1e300, "", "x",
    "../../etc/passwd", "\0", "\x1b[2J", "\u202e", "0" * 16, "2026-11-22T20:15:00+00:00",
    "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "9" * 400, "x" * 100_000, [], {},
    [[]], {"": {}}, ["x"] * 2000, "e\u0301", "{who}",
)  # fmt: skip


def changed(sample: bytes, dice: random.Random, others: list[bytes]) -> bytes:
    """`sample` after one to eight changes of its bytes."""
    data = bytearray(sample)
    for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
        dice.choice(_CHANGES)(data, dice, others)
        if len(data) > MOST:
            del data[MOST:]
    return bytes(data)


def _flip(data: bytearray, dice: random.Random, _: list[bytes]) -> None:
    if data:
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _byte(data: bytearray, dice: random.Random, _: list[bytes]) -> None:
    if data:
        data[dice.randrange(len(data))] = dice.choice((0, 9, 10, 34, 39, 92, 127, 128, 255))


def _cut(data: bytearray, dice: random.Random, _: list[bytes]) -> None:
    del data[dice.randint(0, len(data)) :]


def _drop(data: bytearray, dice: random.Random, _: list[bytes]) -> None:
    start = dice.randint(0, len(data))
    del data[start : start + dice.choice((1, 2, 7, 64, 1000))]


def _twice(data: bytearray, dice: random.Random, _: list[bytes]) -> None:
    start = dice.randint(0, len(data))
    piece = bytes(data[start : start + dice.choice((1, 4, 40, 400, 4000))])
    data[start:start] = piece * dice.choice((1, 1, 2, 50))


def _piece(data: bytearray, dice: random.Random, _: list[bytes]) -> None:
    start = dice.randint(0, len(data))
    data[start : start + dice.choice((0, 0, 1, 8))] = dice.choice(PIECES)


def _splice(data: bytearray, dice: random.Random, others: list[bytes]) -> None:
    other = dice.choice(others)
    start, end = sorted(dice.randint(0, len(other)) for _ in range(2))
    at = dice.randint(0, len(data))
    data[at : at + end - start] = other[start:end]


def _lines(data: bytearray, dice: random.Random, _: list[bytes]) -> None:
    lines = bytes(data).split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


_CHANGES: tuple[Callable[[bytearray, random.Random, list[bytes]], None], ...] = (
    _flip, _byte, _cut, _drop, _twice, _piece, _piece, _splice, _lines,
)  # fmt: skip


def changed_json(sample: bytes, dice: random.Random, others: list[bytes]) -> bytes:
    """`sample` with other values in a few of its places; changed as bytes when it is no JSON."""
    try:
        tree = json.loads(sample)
    except ValueError:
        return changed(sample, dice, others)
    return json.dumps(_changed_tree(tree, dice)).encode()


def changed_toml(sample: bytes, dice: random.Random, others: list[bytes]) -> bytes:
    """The same for TOML."""
    import tomli_w

    try:
        tree = _changed_tree(tomllib.loads(sample.decode()), dice)
        return tomli_w.dumps(tree).encode("utf-8", "surrogatepass")
    except (ValueError, TypeError, AttributeError):  # some values TOML can't say
        return changed(sample, dice, others)


def _changed_tree(tree: Any, dice: random.Random) -> Any:
    tree = copy.deepcopy(tree)
    for _ in range(dice.choice((1, 1, 2, 5))):
        places = list(_places(tree))
        if places:
            _change_at(*dice.choice(places), places, dice)
    return tree


def _places(tree: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    waiting = [tree]
    while waiting:
        here = waiting.pop()
        keys = list(here) if isinstance(here, dict) else range(len(here))
        for key in keys:
            found.append((here, key))
            if isinstance(here[key], dict | list):
                waiting.append(here[key])
    return found


def _change_at(here: Any, key: Any, places: list[tuple[Any, Any]], dice: random.Random) -> None:
    what = dice.choice(("gone", "again", "other", "longer", "number", "odd"))
    if what == "gone":
        del here[key]
    elif what == "again" and isinstance(here, dict):
        here[dice.choice(("", "id", "kind", "x", "schema", str(key) * 2))] = here[key]
    elif what == "again":
        here.extend([here[key]] * dice.choice((1, 3, 300)))
    elif what == "other":
        other, at = dice.choice(places)
        with suppress(KeyError, IndexError):  # deleted by a change before
            here[key] = copy.deepcopy(other[at])
    elif what == "longer" and isinstance(here[key], str):
        here[key] += dice.choice(("\0", "\u202e", " ", "é", here[key], "x" * 5000))
    elif what == "number" and type(here[key]) is int:
        here[key] += dice.choice((-1, 1, 1 << 32, -(10**20)))
    else:
        here[key] = copy.deepcopy(dice.choice(VALUES))


def made_up(dice: random.Random, pieces: list[bytes]) -> bytes:
    """Pieces of all kinds in a row."""
    return b"".join(
        dice.choice(PIECES) if dice.random() < 0.5 else dice.choice(pieces)  # noqa: PLR2004
        for _ in range(dice.randint(1, 40))
    )[:MOST]


def words_of(samples: list[bytes]) -> list[bytes]:
    """What `made_up` puts together: short pieces of what is good."""
    found = {piece for sample in samples for piece in sample.split() if len(piece) < 40}  # noqa: PLR2004
    return sorted(found)[:2000] or [b"x"]
