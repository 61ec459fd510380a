"""Making a journal: all of its keys appear at once, or none."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.journal import age, atomic, keyring, lock, readme, strict_json, system
from imago_tui.journal import kdf as kdf_file
from imago_tui.journal.kdf import Kdf, derive
from imago_tui.journal.keyring import PARTNERS, Member, Ring, Shared
from imago_tui.journal.passphrase import check_strength
from imago_tui.journal.trouble import not_written, writing
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KEYS = "keys"
ENTRIES = "entries"


def exists(folder: Path) -> bool:
    """Whether a complete journal of two people stands at `folder`."""
    needed = [kdf_file.FILE, keyring.SHARED_FILE]
    for n in range(PARTNERS):
        needed += [keyring.ring_file(n), keyring.own_file(n)]
    return all((folder / KEYS / name).is_file() for name in needed)


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
    _check_partners(partners)
    places = [*recovery, None, None][:PARTNERS]
    _check_places(folder, places)
    _refuse_existing(folder)
    with writing():
        atomic.make_folder(folder)
    with lock.held(folder), writing():
        _refuse_existing(folder)
        atomic.sweep(folder)
        made = _make_keys(kdf, partners, places)
        atomic.make_folder(folder / ENTRIES)
        atomic.write(folder, readme.FILE, readme.compose(kdf))
        _write_recovery(made.recovery)
        try:
            _put_keys(folder, made.files)
        except BaseException:
            if not exists(folder):
                # These keys open nothing now; without them the same can be asked for again.
                for path in made.recovery:
                    with suppress(OSError):
                        path.unlink()
            raise
    return made


def _check_partners(partners: Sequence[tuple[str, str]]) -> None:
    if len(partners) != PARTNERS:
        raise ImagoError(words("journal.setup.two_people"), "", 2)
    names = [name.strip() for name, _ in partners]
    if not all(names):
        raise ImagoError(words("journal.setup.name_missing"), "", 2)
    if names[0] == names[1]:
        raise ImagoError(words("journal.setup.same_name"), words("journal.setup.same_name_hint"), 2)
    for name, passphrase in partners:
        if len(name) > keyring.MOST_NAME:
            raise ImagoError(words("journal.setup.name_long", most=keyring.MOST_NAME), "", 2)
        check_strength(passphrase)


def _check_places(folder: Path, places: Sequence[Path | None]) -> None:
    chosen = [path for path in places if path is not None]
    for path in chosen:
        if path.is_symlink() or path.exists() or chosen.count(path) > 1:
            raise ImagoError(
                words("journal.setup.recovery_exists"),
                words("journal.setup.recovery_exists_hint"),
                2,
            )
        if not path.parent.is_dir():
            raise ImagoError(words("journal.setup.recovery_folder"), "", 2)
        if folder in atomic.real(path).parents:
            raise ImagoError(
                words("journal.setup.recovery_inside"),
                words("journal.setup.recovery_inside_hint"),
                2,
            )


def _refuse_existing(folder: Path) -> None:
    if exists(folder):
        raise ImagoError(words("journal.setup.exists"), words("journal.setup.exists_hint"), 2)
    try:
        left = any((folder / KEYS).iterdir()) or any((folder / ENTRIES).iterdir())
    except FileNotFoundError:
        left = any((folder / ENTRIES).glob("*.age"))
    except OSError as error:
        raise not_written(error) from None
    if left:
        # New keys would be put beside what only the old ones open.
        raise ImagoError(words("journal.setup.keys_gone"), words("journal.setup.keys_gone_hint"), 5)


def _make_keys(
    kdf: Kdf, partners: Sequence[tuple[str, str]], places: Sequence[Path | None]
) -> Made:
    files = {kdf_file.FILE: kdf.to_toml()}
    recovery: dict[Path, bytes] = {}
    rings: list[Ring] = []
    members: list[Member] = []
    for n, ((name, passphrase), place) in enumerate(zip(partners, places, strict=True)):
        rescue = age.new_identity() if place is not None else None
        own = age.new_identity()
        public = str(rescue.to_public()) if rescue else None
        ring = Ring(n, age.new_identity(), str(own.to_public()), public)
        mine = [derive(passphrase, kdf).to_public()]
        files[keyring.ring_file(n)] = age.seal(ring.compose(), mine)
        files[keyring.own_file(n)] = age.seal(keyring.compose_own(n, [own]), mine)
        if rescue and place:
            data = keyring.compose_recovery(ring, [own])
            files[keyring.recovery_file(n)] = age.seal(data, [rescue.to_public()])
            recovery[place] = recovery_key(n, rescue)
        rings.append(ring)
        # What UTF-8 cannot say would come back from the disk as something else.
        members.append(Member(strict_json.sayable(name), str(ring.member.to_public())))
    shared = Shared((members[0], members[1]), (age.new_identity(),))
    files[keyring.SHARED_FILE] = shared.sealed()
    return Made(kdf, (rings[0], rings[1]), shared, files, recovery)


def recovery_key(n: int, key: age.Identity) -> bytes:
    """The text of a recovery file: two lines that say what it is, and the key. No name in it."""
    first = words("journal.recovery.first")
    second = words("journal.recovery.second", n=n + 1)
    return f"# {first}\n# {second}\n{key}\n".encode()


def _write_recovery(files: dict[Path, bytes]) -> None:
    done: list[Path] = []
    try:
        for path, data in files.items():
            atomic.create(path, data)
            done.append(path)
            atomic.sync_folder(atomic.real(path.parent))
    except BaseException as error:
        for path in done:
            with suppress(OSError):
                path.unlink()
        if isinstance(error, FileExistsError):
            raise ImagoError(
                words("journal.setup.recovery_exists"),
                words("journal.setup.recovery_exists_hint"),
                2,
            ) from None
        raise


def _put_keys(folder: Path, files: dict[str, bytes]) -> None:
    """Write all of them into a folder aside, then give it its name: the one step that counts."""
    aside = folder / f".tmp-{secrets.token_hex(8)}"
    system.mkdir(aside, atomic.FOLDER_MODE)
    try:
        aside.chmod(atomic.FOLDER_MODE)
        for name, data in files.items():
            atomic.create(aside / name, data)
        atomic.sync_folder(aside)
        system.rename(aside, folder / KEYS)
    except BaseException:
        with suppress(OSError):
            for name in files:
                (aside / name).unlink(missing_ok=True)
            aside.rmdir()
        raise
    atomic.sync_folder(folder)
