"""Sizes that tell little: Padmé (Nikitin and others, 2019), as blanks inside the JSON."""

from __future__ import annotations

FLOOR = 4096


def padded(length: int, floor: int = FLOOR) -> int:
    """The size in bytes that something of `length` bytes is padded to.

    At most 12 % more, and only about log log(length) bits of the length can be told from it.
    Nothing is smaller than `floor`.
    """
    if length <= floor:
        return floor
    exponent = length.bit_length() - 1
    kept_bits = exponent.bit_length()
    mask = (1 << (exponent - kept_bits)) - 1
    return (length + mask) & ~mask


def pad_json(text: bytes, floor: int = FLOOR) -> bytes:
    """A JSON object with blanks before its last brace: the same object, of a padded size."""
    return text[:-1] + b" " * (padded(len(text), floor) - len(text)) + text[-1:]
