"""From a passphrase to an age key: scrypt, at a cost written down beside the keys."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import tomllib
import unicodedata
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING, NoReturn

import bech32

from imago_tui.errors import ImagoError
from imago_tui.journal import age, atomic
from imago_tui.journal.trouble import Trouble
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

FOLDER, FILE = "keys", "kdf.toml"
VERSION = 1
SALT_BYTES = 16
LEAST_COST, USUAL_COST, MOST_COST = 15, 17, 20
BLOCK = 8  # scrypt's r
PARALLEL = 1  # scrypt's p
MOST_FILE = 4096


@dataclass(frozen=True, slots=True)
class Kdf:
    """How passphrases become keys in one journal.

    Args:
        salt: 16 random bytes, the same for both partners for the journal's life.
        log_n: scrypt's cost, N = 2**log_n; 15 to 20. Memory needed: 2**log_n KiB.
    """

    salt: bytes
    log_n: int = USUAL_COST

    @classmethod
    def new(cls, log_n: int = USUAL_COST) -> Kdf:
        """With a fresh salt.

        Raises:
            ValueError: the cost is out of bounds.
        """
        if not LEAST_COST <= log_n <= MOST_COST:
            raise ValueError(log_n)
        return cls(os.urandom(SALT_BYTES), log_n)

    def to_toml(self) -> bytes:
        """What stands in keys/kdf.toml."""
        salt = base64.b64encode(self.salt).decode()
        lines = [
            f"# {words('journal.kdf.comment')}",
            f"version = {VERSION}",
            'kdf = "scrypt"',
            f'salt = "{salt}"',
            f"log_n = {self.log_n}",
            f"r = {BLOCK}",
            f"p = {PARALLEL}",
        ]
        return ("\n".join(lines) + "\n").encode()

    @classmethod
    def read(cls, keys: Path) -> Kdf:
        """What keys/kdf.toml says; anything but a good one is refused before any work.

        Raises:
            ImagoError: status 5.
        """
        try:
            data = atomic.read(keys, FILE, MOST_FILE, shown=f"keys/{FILE}")
        except Trouble as trouble:
            if trouble.reason == "too_big":
                _refuse("size")
            raise trouble.of_key() from None
        try:
            table = tomllib.loads(data.decode("utf-8"))
        except UnicodeDecodeError:
            _refuse("encoding")
        except (ValueError, RecursionError):
            _refuse("toml")
        return cls._checked(table)

    @classmethod
    def _checked(cls, table: dict[str, object]) -> Kdf:
        version = table.get("version")
        if type(version) is int and version > VERSION:
            raise Trouble("newer", f"keys/{FILE}").of_key()
        if table.keys() != {"version", "kdf", "salt", "log_n", "r", "p"}:
            _refuse("keys")
        if version != VERSION or type(version) is not int:
            _refuse("version")
        if table["kdf"] != "scrypt":
            _refuse("name")
        log_n, r, p, salt = (table[key] for key in ("log_n", "r", "p", "salt"))
        if any(type(number) is not int for number in (log_n, r, p)):
            _refuse("cost")
        if not isinstance(log_n, int) or not LEAST_COST <= log_n <= MOST_COST:
            _refuse("cost")
        if r != BLOCK or p != PARALLEL:
            _refuse("cost")
        try:
            raw = base64.b64decode(str(salt).encode("ascii"), validate=True)
        except (UnicodeEncodeError, binascii.Error, ValueError):
            _refuse("salt")
        if len(raw) != SALT_BYTES or not isinstance(salt, str):
            _refuse("salt")
        return cls(raw, log_n)


_begun: dict[tuple[str, Kdf], Future[age.Identity]] = {}


def begin(folder: Path, passphrases: Sequence[str]) -> None:
    """Start working out what `derive` will be asked for at `folder`, while this thread goes on.

    The half second that it takes is long enough to import what the journal needs. One after the
    other, since each needs its memory. What is amiss is told when `derive` is asked.
    """
    with suppress(ImagoError):
        kdf = Kdf.read(folder / FOLDER)
        begun = {(passphrase, kdf): Future[age.Identity]() for passphrase in passphrases}
        _begun.update(begun)
        # Whoever closes the program meanwhile does not wait for it.
        Thread(target=_work, args=(begun,), daemon=True).start()


def _work(begun: Mapping[tuple[str, Kdf], Future[age.Identity]]) -> None:
    for (passphrase, kdf), future in begun.items():
        try:
            future.set_result(_derived(passphrase, kdf))
        except BaseException as error:  # noqa: BLE001 - it is raised where it is asked for
            future.set_exception(error)


def derive(passphrase: str, kdf: Kdf) -> age.Identity:
    """The age key of `passphrase`. Takes about half a second and 128 MiB at the usual cost.

    The passphrase is normalised (NFC), so that the same letters typed on another keyboard or
    system give the same key.

    Raises:
        ImagoError: status 7, not enough memory.
    """
    begun = _begun.pop((passphrase, kdf), None)
    return begun.result() if begun else _derived(passphrase, kdf)


def _derived(passphrase: str, kdf: Kdf) -> age.Identity:
    cost = 1 << kdf.log_n
    memory = 128 * BLOCK * cost
    try:
        secret = hashlib.scrypt(
            unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"),
            salt=kdf.salt,
            n=cost,
            r=BLOCK,
            p=PARALLEL,
            maxmem=memory + (1 << 20),
            dklen=32,
        )
    except (MemoryError, ValueError):
        mib = memory >> 20
        raise ImagoError(
            words("journal.open.memory", mib=mib), words("journal.open.memory_hint"), 7
        ) from None
    bits = bech32.convertbits(secret, 8, 5) or []  # None only for other bytes than bytes
    return age.identity(bech32.bech32_encode("age-secret-key-", bits).upper())


def _refuse(what: str) -> NoReturn:
    raise ImagoError(
        words("journal.open.kdf_bad", what=words(f"journal.kdf.{what}")),
        words("journal.open.kdf_bad_hint"),
        5,
    )
