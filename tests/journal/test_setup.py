from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from imago_tui.errors import ImagoError
from imago_tui.journal.kdf import LEAST_COST
from imago_tui.journal.store import Journal
from tests.journal import faults
from tests.journal.people import (
    ANA,
    ANA_PASSPHRASE,
    BEN,
    BEN_PASSPHRASE,
    everything,
    finished,
    told_by,
)

PEOPLE = [(ANA, ANA_PASSPHRASE), (BEN, BEN_PASSPHRASE)]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys from passphrases without their cost, where that is not what a test is about."""
    scrypt = hashlib.scrypt

    def cheap(passphrase: bytes, **kwargs: Any) -> bytes:
        return scrypt(passphrase, **kwargs | {"n": 2})

    monkeypatch.setattr(hashlib, "scrypt", cheap)


def create(folder: Path, recovery: tuple[Path | None, ...] = ()) -> None:
    Journal.create(folder, PEOPLE, recovery=recovery, cost=LEAST_COST).close()


def test_what_a_new_journal_holds(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there" / "yet"
    with Journal.create(folder, PEOPLE, cost=LEAST_COST) as journal:
        assert journal.partners == (ANA, BEN)
        assert journal.present == {0, 1}
        assert journal.heads().heads == []
        assert journal.warnings == ()
    assert everything(folder).keys() == {
        "README.txt",
        *(f"keys/{name}" for name in ("kdf.toml", "1.age", "1.own.age", "2.age", "2.own.age")),
        "keys/shared.age",
    }
    assert Journal.exists(folder)
    for n, passphrase in enumerate((ANA_PASSPHRASE, BEN_PASSPHRASE)):
        with Journal.open(folder, [passphrase]) as journal:
            assert journal.present == {n}
            assert not journal.unclear


def test_names_stand_only_inside(folder: Path) -> None:
    for content in everything(folder).values():
        assert ANA.encode() not in content
        assert BEN.encode() not in content


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("mask", [0o000, 0o077, 0o777])
def test_nobody_else_may_read_whatever_the_umask(mask: int, tmp_path: Path) -> None:
    folder = tmp_path / "journal"
    place = tmp_path / "recovery.txt"
    before = os.umask(mask)
    try:
        create(folder, (place,))
        with Journal.open(folder, [ANA_PASSPHRASE]) as journal, journal.lock():
            from datetime import UTC, datetime

            journal.save(finished(journal, datetime.now(UTC)))
            journal.write_index()
    finally:
        os.umask(before)
    for path in [place, folder, *folder.rglob("*")]:
        wanted = 0o700 if path.is_dir() else 0o600
        if mask == 0o777 and path.name == "lock":
            continue  # nothing stands in it, and nobody else can open it
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


@pytest.mark.usefixtures("quick")
def test_a_second_one_is_refused_and_changes_nothing(folder: Path) -> None:
    before = everything(folder)
    with pytest.raises(ImagoError) as told:
        create(folder)
    assert told.value.status == 2
    assert everything(folder) == before


@pytest.mark.parametrize("lost", ["shared.age", "1.age", "2.own.age", "kdf.toml"])
def test_no_new_keys_beside_what_only_the_old_ones_open(lost: str, folder: Path) -> None:
    (folder / "keys" / lost).unlink()
    before = everything(folder)
    with pytest.raises(ImagoError) as told:
        create(folder)
    assert told.value.status == 5
    assert everything(folder) == before


def test_no_new_keys_when_all_old_ones_are_lost_but_entries_are_there(folder: Path) -> None:
    (folder / "entries" / "0123456789abcdef.age").write_bytes(b"age-encryption.org/v1\n")
    for path in (folder / "keys").iterdir():
        path.unlink()
    (folder / "keys").rmdir()
    with pytest.raises(ImagoError) as told:
        create(folder)
    assert told.value.status == 5
    assert not (folder / "keys").exists()


BAD_PEOPLE = [
    [],
    [(ANA, ANA_PASSPHRASE)],
    [*PEOPLE, ("Cleo", "a third one is not asked")],
    [(ANA, "short"), (BEN, BEN_PASSPHRASE)],
    [(ANA, ANA_PASSPHRASE), (ANA, BEN_PASSPHRASE)],
    [("  ", ANA_PASSPHRASE), (BEN, BEN_PASSPHRASE)],
    [("A" * 201, ANA_PASSPHRASE), (BEN, BEN_PASSPHRASE)],
]


@pytest.mark.parametrize("people", BAD_PEOPLE)
def test_people_who_cannot_share_a_journal(people: list[tuple[str, str]], tmp_path: Path) -> None:
    with pytest.raises(ImagoError) as told:
        Journal.create(tmp_path / "journal", people, cost=LEAST_COST)
    assert told.value.status == 2
    assert not (tmp_path / "journal").exists()


@pytest.mark.usefixtures("quick")
def test_names_are_kept_as_they_are_typed(tmp_path: Path) -> None:
    names = ["\x1b[31mAna\u202e 👩‍🚀", " בן \u0301 "]
    people = list(zip(names, (ANA_PASSPHRASE, BEN_PASSPHRASE), strict=True))
    Journal.create(tmp_path / "j", people, cost=LEAST_COST).close()
    with Journal.open(tmp_path / "j", [BEN_PASSPHRASE]) as journal:
        assert list(journal.partners) == names


@pytest.mark.usefixtures("quick")
def test_one_passphrase_for_both_asks_who_is_here(tmp_path: Path) -> None:
    same = [(ANA, ANA_PASSPHRASE), (BEN, ANA_PASSPHRASE)]
    Journal.create(tmp_path / "j", same, cost=LEAST_COST).close()
    with Journal.open(tmp_path / "j", [ANA_PASSPHRASE]) as journal:
        assert journal.unclear
        assert len(journal.present) == 1
        journal.here(1)
        assert not journal.unclear
        assert journal.present == {1}
        with pytest.raises(ValueError, match="0"):
            journal.here(0)
    with Journal.open(tmp_path / "j", [ANA_PASSPHRASE, ANA_PASSPHRASE]) as journal:
        assert not journal.unclear
        assert journal.present == {0, 1}


@pytest.mark.usefixtures("quick")
def test_the_nth_recovery_file_is_the_nth_partners(tmp_path: Path) -> None:
    from imago_tui.journal import age, keyring

    place = tmp_path / "bens-key.txt"
    create(tmp_path / "j", (None, place))
    comment, second, key = place.read_text().splitlines()
    assert comment.startswith("# ")
    assert second.startswith("# ")
    assert key.startswith("AGE-SECRET-KEY-1")
    assert not (tmp_path / "j" / "keys" / "1.recovery.age").exists()
    ring, own = keyring.read_recovery(tmp_path / "j" / "keys", 1, [age.identity(key)])
    assert ring.n == 1
    assert len(own) == 1
    assert str(own[0].to_public()) == ring.own
    assert keyring.Shared.read(tmp_path / "j" / "keys", [ring.member]).members[1].name == BEN


def dangling(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere")


@pytest.mark.parametrize("there", [Path.touch, Path.mkdir, dangling])
def test_a_recovery_key_is_never_written_over_anything(
    there: Callable[[Path], None], tmp_path: Path
) -> None:
    place = tmp_path / "key.txt"
    there(place)
    with pytest.raises(ImagoError) as told:
        create(tmp_path / "j", (place,))
    assert told.value.status == 2
    assert not (tmp_path / "j").exists()
    assert not (tmp_path / "nowhere").exists()


def test_recovery_places_that_will_not_do(tmp_path: Path) -> None:
    (tmp_path / "j").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "j")
    key = tmp_path / "key.txt"
    for recovery in (
        (key, key),
        (tmp_path / "no folder" / "key.txt",),
        (tmp_path / "j" / "key.txt",),
        (tmp_path / ("k" * 300),),
        (tmp_path / "link" / "key.txt",),
    ):
        with pytest.raises(ImagoError) as told:
            create(tmp_path / "j", recovery)
        assert told.value.status == 2
    assert list((tmp_path / "j").iterdir()) == []
    assert not key.exists()


@pytest.fixture
def calls(tmp_path: Path) -> int:
    """How many system calls making a journal with a recovery key takes."""
    place = tmp_path / "counted-key"
    return len(faults.count(lambda: create(tmp_path / "counted", (place,))))


@pytest.mark.usefixtures("quick")
def test_killed_anywhere_it_can_be_made_again(calls: int, tmp_path: Path) -> None:
    assert calls > 40
    for at in range(1, calls + 2):
        folder, key = tmp_path / f"j{at}", tmp_path / f"key{at}"
        died = faults.killed(at, partial(create, folder, (key,)))
        assert died == (at <= calls)
        if Journal.exists(folder):
            assert key.exists()
        else:
            key.unlink(missing_ok=True)
            create(folder, (key,))
        with Journal.open(folder, [BEN_PASSPHRASE]) as journal, journal.lock():
            assert journal.partners == (ANA, BEN)
        assert not [path for path in folder.rglob("*") if path.name.startswith(".tmp-")]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
def test_whatever_the_disk_refuses_nothing_is_left_half_made(
    code: int, calls: int, tmp_path: Path
) -> None:
    for at in range(1, calls + 1):
        folder, key = tmp_path / f"j{at}", tmp_path / f"key{at}"
        with faults.failing(at, code):
            told = told_by(partial(create, folder, (key,)))
        if told:
            assert told.status == 7
            assert told.hint
        assert Journal.exists(folder) == key.exists()
        if not Journal.exists(folder):
            create(folder, (key,))
        assert not [path for path in folder.rglob("*") if path.name.startswith(".tmp-")]


@pytest.mark.usefixtures("quick")
def test_the_keys_are_on_the_disk_before_they_get_their_name(
    tmp_path: Path,
) -> None:
    made = faults.count(lambda: create(tmp_path / "j"))
    made = [name for name in made if name in {"fsync", "rename"}]
    # README, then six key files and their folder, then the name, then the journal's folder.
    assert made[-9:] == [*["fsync"] * 7, "rename", "fsync"]
