"""Making a journal of two people or of one alone: all keys appear at once, or none."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import (
    age,
    atomic,
    keyring,
    layout,
    lock,
    readme,
    recovery_file,
    strict_json,
    system,
)
from imago_tui.journal import kdf as kdf_file
from imago_tui.journal.kdf import USUAL_COST, Kdf, derive
from imago_tui.journal.keyring import PARTNERS, Alone, Member, Ring, Settings, Shared
from imago_tui.journal.passphrase import check_strength
from imago_tui.journal.trouble import not_written, writing
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Made:
    """Keys of a new journal.

    Args:
        kdf: how passphrases become keys in it.
        rings: of both partners.
        shared: the room of both.
        files: content of the files in `keys`.
        recovery: content of the recovery files that were asked for.
    """

    kdf: Kdf
    rings: tuple[Ring, Ring]
    shared: Shared
    files: dict[str, bytes]
    recovery: dict[Path, bytes]


def create(
    folder: Path,
    partners: Sequence[tuple[str, str]],
    recovery: Sequence[Path | None],
    cost: int,
) -> Made:
    """Make the journal at `folder`; see `Journal.create`."""
    kdf = Kdf.new(cost)
    check_partners(partners)
    places = [*recovery, None, None][:PARTNERS]
    recovery_file.check_places(folder, places)
    made: list[Made] = []

    def make() -> tuple[dict[str, bytes], dict[Path, bytes]]:
        made.append(_make_keys(kdf, partners, places))
        return made[0].files, made[0].recovery

    _put(folder, kdf, make)
    return made[0]


def create_alone(
    folder: Path, person: tuple[str, str], place: Path | None, cost: int = USUAL_COST
) -> None:
    """Make a journal with one private room, for someone alone; the other may join later.

    Args:
        folder: where; made with those above it.
        person: name and passphrase.
        place: where the recovery key is written; None: none is made.
        cost: scrypt's, 15 to 20.

    Raises:
        ImagoError: as `Journal.create` does.
    """
    kdf = Kdf.new(cost)
    name, passphrase = person
    check_names([name])
    check_strength(passphrase)
    recovery_file.check_places(folder, [place])

    def make() -> tuple[dict[str, bytes], dict[Path, bytes]]:
        alone = Alone(name=strict_json.sayable(name), settings=Settings())
        _, files, recovery = make_ring(0, passphrase, kdf, place, alone)
        files[kdf_file.FILE] = kdf.to_toml()
        return files, recovery

    _put(folder, kdf, make)


def _put(
    folder: Path, kdf: Kdf, make: Callable[[], tuple[dict[str, bytes], dict[Path, bytes]]]
) -> None:
    """Put the key files and recovery files that `make` gives where they belong: all, or none."""
    _refuse_existing(folder)
    with writing():
        atomic.make_folder(folder)
    with lock.held(folder), writing():
        _refuse_existing(folder)
        atomic.sweep(folder)
        files, recovery = make()
        atomic.make_folder(folder / layout.ENTRIES)
        atomic.write(folder, readme.FILE, readme.compose(kdf))
        recovery_file.write(recovery)
        try:
            _put_keys(folder, files)
        except BaseException:
            if not (folder / layout.KEYS / kdf_file.FILE).is_file():
                # These keys open nothing now; without them the same can be asked for again.
                for path in recovery:
                    with suppress(OSError):
                        path.unlink()
            raise


def check_partners(partners: Sequence[tuple[str, str]]) -> None:
    """See that these two, each a name and a passphrase, can share a journal.

    Raises:
        ImagoError: 2, they cannot.
    """
    if len(partners) != PARTNERS:
        raise ImagoError(words("journal.setup.two_people"), "", 2)
    check_names([name for name, _ in partners])
    for _, passphrase in partners:
        check_strength(passphrase)


def check_names(names: Sequence[str]) -> None:
    """See that these names will do, and tell one person from another.

    Raises:
        ImagoError: 2, they won't.
    """
    bare = [name.strip() for name in names]
    if not all(bare):
        raise ImagoError(words("journal.setup.name_missing"), "", 2)
    if len(set(bare)) < len(bare):
        raise ImagoError(words("journal.setup.same_name"), words("journal.setup.same_name_hint"), 2)
    if any(len(name) > keyring.MOST_NAME for name in names):
        raise ImagoError(words("journal.setup.name_long", most=keyring.MOST_NAME), "", 2)


def _refuse_existing(folder: Path) -> None:
    if layout.exists(folder) or layout.exists_alone(folder):
        raise ImagoError(words("journal.setup.exists"), words("journal.setup.exists_hint"), 2)
    try:
        left = any((folder / layout.KEYS).iterdir()) or any((folder / layout.ENTRIES).iterdir())
    except FileNotFoundError:
        left = any((folder / layout.ENTRIES).glob("*.age"))
    except OSError as error:
        raise not_written(error) from None
    if left:
        # New keys would be put beside what only the old ones open.
        raise layout.keys_gone()


def make_ring(
    n: int, passphrase: str, kdf: Kdf, place: Path | None, alone: Alone | None = None
) -> tuple[Ring, dict[str, bytes], dict[Path, bytes]]:
    """Fresh keys of partner n: the ring, the key files, and the recovery file if `place` asks."""
    rescue = age.new_identity() if place is not None else None
    own = age.new_identity()
    public = str(rescue.to_public()) if rescue else None
    ring = Ring(n, age.new_identity(), str(own.to_public()), public, alone)
    mine = [derive(passphrase, kdf).to_public()]
    files = {
        keyring.ring_file(n): age.seal(ring.compose(), mine),
        keyring.own_file(n): age.seal(keyring.compose_own(n, [own]), mine),
    }
    if not rescue or not place:
        return ring, files, {}
    data = keyring.compose_recovery(ring, [own])
    files[keyring.recovery_file(n)] = age.seal(data, [rescue.to_public()])
    return ring, files, {place: recovery_file.compose(n, rescue)}


def _make_keys(
    kdf: Kdf, partners: Sequence[tuple[str, str]], places: Sequence[Path | None]
) -> Made:
    files = {kdf_file.FILE: kdf.to_toml()}
    recovery: dict[Path, bytes] = {}
    rings: list[Ring] = []
    members: list[Member] = []
    for n, ((name, passphrase), place) in enumerate(zip(partners, places, strict=True)):
        ring, own_files, own_recovery = make_ring(n, passphrase, kdf, place)
        files |= own_files
        recovery |= own_recovery
        rings.append(ring)
        # What UTF-8 cannot say would come back from the disk as something else.
        members.append(Member(strict_json.sayable(name), str(ring.member.to_public())))
    shared = Shared((members[0], members[1]), (age.new_identity(),))
    files[keyring.SHARED_FILE] = shared.sealed()
    return Made(kdf, (rings[0], rings[1]), shared, files, recovery)


def _put_keys(folder: Path, files: dict[str, bytes]) -> None:
    """Write all of them into a folder aside, then give it its name: the one step that counts."""
    aside = folder / f".tmp-{secrets.token_hex(8)}"
    system.mkdir(aside, atomic.FOLDER_MODE)
    try:
        system.chmod(aside, atomic.FOLDER_MODE)
        for name, data in files.items():
            atomic.create(aside / name, data)
        atomic.sync_folder(aside)
        system.rename(aside, folder / layout.KEYS)
    except BaseException:
        with suppress(OSError):
            for name in files:
                (aside / name).unlink(missing_ok=True)
            aside.rmdir()
        raise
    atomic.sync_folder(folder)
