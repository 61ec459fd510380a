from __future__ import annotations

import errno
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import pytest

from imago_tui.errors import ImagoError
from imago_tui.journal import acts, age, change, keyring, lock, opening
from imago_tui.journal.kdf import Kdf, derive
from imago_tui.journal.opening import mend, rings_of
from imago_tui.journal.store import Journal
from imago_tui.journal.trouble import Trouble
from tests.journal import faults
from tests.journal.people import ANA_PASSPHRASE, BEN_PASSPHRASE, everything, finished, told_by

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

NEW = "slow marble tangerine wind"


cached = lru_cache(derive)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Each key worked out once: its cost is not what these tests are about."""
    monkeypatch.setattr(change, "derive", cached)
    monkeypatch.setattr(opening, "derive", cached)
    for passphrase in (ANA_PASSPHRASE, NEW):
        cached(passphrase, Kdf.read(folder / "keys"))


def opens(folder: Path, passphrase: str) -> bool:
    told = told_by(lambda: Journal.open(folder, [passphrase]).close())
    assert told is None or told.status == 4
    return told is None


def own_opens(folder: Path, n: int, passphrase: str) -> bool:
    keys = folder / "keys"
    try:
        keyring.read_own(keys, n, [cached(passphrase, Kdf.read(keys))])
    except Trouble:
        return False
    return True


def recipients(folder: Path, n: int) -> int:
    return age.recipients_in((folder / "keys" / f"{n + 1}.own.age").read_bytes())


def test_a_new_passphrase_opens_and_the_old_one_no_more(
    ana: Journal, folder: Path, now: datetime
) -> None:
    kept = ana.save(finished(ana, now))
    before = everything(folder)
    acts.new_passphrase(folder, ANA_PASSPHRASE, NEW)
    after = everything(folder)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"keys/1.age", "keys/1.own.age"}
    assert opens(folder, NEW)
    assert not opens(folder, ANA_PASSPHRASE)
    assert opens(folder, BEN_PASSPHRASE)
    assert own_opens(folder, 0, NEW)
    assert not own_opens(folder, 0, ANA_PASSPHRASE)
    with Journal.open(folder, [NEW]) as journal:
        assert journal.load(kept.id) == kept


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("not her passphrase", NEW, 4),
        (ANA_PASSPHRASE, "short", 2),
        (ANA_PASSPHRASE, ANA_PASSPHRASE, 2),
    ],
)
def test_a_change_that_cannot_be_made(old: str, new: str, status: int, folder: Path) -> None:
    before = everything(folder)
    with pytest.raises(ImagoError) as told:
        acts.new_passphrase(folder, old, new)
    assert told.value.status == status
    assert everything(folder) == before


@pytest.mark.usefixtures("quick")
def test_killed_anywhere_one_passphrase_opens_both_files_and_the_rest_is_mended(
    folder: Path,
) -> None:
    old, new = ANA_PASSPHRASE, NEW
    ends = set()
    for at in range(1, 60):
        died = faults.killed(at, partial(acts.new_passphrase, folder, old, new))
        now_opens = [one for one in (old, new) if rings_of(folder / "keys", key_of(folder, one))]
        assert len(now_opens) == 1
        ends.add(now_opens[0] == new)
        assert own_opens(folder, 0, now_opens[0])
        Journal.open(folder, now_opens).close()
        assert recipients(folder, 0) == 1
        assert own_opens(folder, 0, now_opens[0])
        if now_opens[0] == new:
            old, new = new, old
        if not died:
            break
    assert not died
    assert ends == {True, False}


def key_of(folder: Path, passphrase: str) -> age.Identity:
    return cached(passphrase, Kdf.read(folder / "keys"))


@pytest.mark.usefixtures("quick")
def test_whatever_call_goes_wrong_one_passphrase_opens_both_files(folder: Path) -> None:
    many = len(faults.count(lambda: acts.new_passphrase(folder, ANA_PASSPHRASE, NEW)))
    old, new = NEW, ANA_PASSPHRASE
    for at in range(1, many + 1):
        with faults.failing(at, errno.EIO):
            told = told_by(partial(acts.new_passphrase, folder, old, new))
        assert told is None or told.status == 7
        now_opens = [one for one in (old, new) if opens(folder, one)]
        assert len(now_opens) == 1
        assert own_opens(folder, 0, now_opens[0])
        assert recipients(folder, 0) == 1
        if now_opens[0] == new:
            old, new = new, old


def test_mending_waits_while_another_program_writes(folder: Path) -> None:
    keys = folder / "keys"
    key = derive(BEN_PASSPHRASE, Kdf.read(keys))
    own = keyring.compose_own(1, keyring.read_own(keys, 1, [key]))
    ring = keyring.Ring.read(keys, 1, [key])
    both = [key.to_public(), age.new_identity().to_public()]
    (keys / "2.own.age").write_bytes(age.seal(own, both))
    with lock.held(folder):
        mend(folder, ring, key)
        assert recipients(folder, 1) == 2
    mend(folder, ring, key)
    assert recipients(folder, 1) == 1
    before = everything(folder)
    mend(folder, ring, key)
    assert everything(folder) == before
