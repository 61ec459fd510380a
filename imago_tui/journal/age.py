"""Standard age v1 files, made and opened by pyrage, to x25519 keys only.

pyrage.passphrase is never used: it measures the machine to choose its cost, and takes files that
cost a minute and gigabytes to refuse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pyrage

from imago_tui.journal.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence
MAGIC = b"age-encryption.org/v1\n"
END_OF_HEAD = b"\n--- "
MOST_HEAD = 1024
"""Bytes before the payload; ours take 400. For a head without an end pyrage needs a time that grows
with more than the square of its length: four minutes for 200 kB."""
STANZA = b"\n-> X25519 "
NO_KEY_FITS = "No matching keys found"
CUT_SHORT = "decryption error"


class Recipient(Protocol):
    """A public key; its text is age1..."""


class Identity(Protocol):
    """A secret key; its text is AGE-SECRET-KEY-1..."""

    def to_public(self) -> Recipient:
        """Its public key."""


def identity(text: str) -> Identity:
    """The key that `text` (AGE-SECRET-KEY-1...) says.

    Raises:
        ValueError: it says none.
    """
    try:
        made: Identity = pyrage.x25519.Identity.from_str(text)
    except Exception:  # noqa: BLE001 - what it raises may quote the key
        raise ValueError from None
    return made


def recipient(text: str) -> Recipient:
    """The public key that `text` (age1...) says.

    Raises:
        ValueError: it says none.
    """
    try:
        made: Recipient = pyrage.x25519.Recipient.from_str(text)
    except Exception:  # noqa: BLE001 - one kind of refusal is enough
        raise ValueError from None
    return made


def new_identity() -> Identity:
    """A fresh key."""
    made: Identity = pyrage.x25519.Identity.generate()
    return made


def seal(data: bytes, recipients: Sequence[Recipient]) -> bytes:
    """An age file with `data` that each of `recipients` opens."""
    sealed: bytes = pyrage.encrypt(data, list(recipients))
    return sealed


def unseal(data: bytes, identities: Sequence[Identity], name: str) -> bytes:
    """What the age file `data` holds. `name` is only for telling.

    Raises:
        Trouble: damaged, or foreign: a key that fits is not among `identities`.
    """
    if not _has_head(data):
        raise Trouble("damaged", name)
    try:
        opened: bytes = pyrage.decrypt(data, list(identities))
    except Exception as error:  # noqa: BLE001 - whatever a hostile file makes it say
        # age cannot tell someone else's file from ours with a damaged head.
        foreign = str(error) == NO_KEY_FITS
        raise Trouble("foreign" if foreign else "damaged", name) from None
    return opened


def may_open(head: bytes, identities: Sequence[Identity]) -> bool:
    """Whether one of `identities` may open the age file of which `head` is the beginning.

    Args:
        head: its first `MOST_HEAD` bytes, or all of it.
        identities: the keys at hand.
    """
    if not _has_head(head):
        return False
    try:
        pyrage.decrypt(head, list(identities))
    except Exception as error:  # noqa: BLE001 - what fits is cut short here
        return str(error) == CUT_SHORT
    return True


def recipients_in(data: bytes) -> int:
    """How many x25519 keys open this age file; its head tells that to anyone."""
    head, _, _ = data.partition(b"\n---")
    return head.count(STANZA)


def _has_head(data: bytes) -> bool:
    """Whether this begins as an age file does, with a head that ends soon enough."""
    return data.startswith(MAGIC) and data.find(END_OF_HEAD, 0, MOST_HEAD) >= 0
