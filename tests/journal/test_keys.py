"""New keys: for a room, for a person, for recovery; stopped anywhere, everything still opens."""

from __future__ import annotations

import errno
import shutil
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imago_tui.errors import ImagoError
from imago_tui.journal import (
    acts,
    age,
    backups,
    change,
    keyring,
    leaving,
    opening,
    own,
    recovery,
    recovery_file,
    setup,
)
from imago_tui.journal.hand import open_hand
from imago_tui.journal.kdf import LEAST_COST, Kdf, derive
from imago_tui.journal.store import Journal
from imago_tui.journal.trouble import Trouble
from tests.journal import faults
from tests.journal.people import (
    ANA,
    ANA_PASSPHRASE,
    BEN,
    BEN_PASSPHRASE,
    SENT,
    day_copied,
    everything,
    file_of,
    finished,
    running,
    sealed,
    told_by,
)

if TYPE_CHECKING:
    from collections.abc import Callable

NEW = "slow marble tangerine wind"
NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
MINE = "What I have never said."
cached = lru_cache(derive)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each key worked out once: its cost is not what these tests are about."""
    for module in (opening, change, recovery, setup):
        monkeypatch.setattr(module, "derive", cached)


class Kept:
    """A journal with something in every room, and what has to stay readable."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with Journal.open(folder, [ANA_PASSPHRASE, BEN_PASSPHRASE]) as journal:
            self.shared = journal.save(finished(journal, NOW)).id
            self.together = journal.save(sealed(journal, NOW, topic="Ours")).id
            self.running = journal.save(running(journal, NOW)).id
            journal.park("money", ANA, made=NOW)
            journal.write_index()
            self.own: dict[str, str] = {}
            for who, passphrase in ((ANA, ANA_PASSPHRASE), (BEN, BEN_PASSPHRASE)):
                with journal.own(passphrase) as room:
                    self.own[who] = room.note("reflection", MINE, who, NOW).id
                    room.write_index()

    def check(self, folder: Path, ana: str = ANA_PASSPHRASE, ben: str = BEN_PASSPHRASE) -> None:
        """Everything opens to those who could open it before."""
        with Journal.open(folder, [ana, ben]) as journal:
            assert journal.load(self.together).topic == "Ours"
            assert journal.heads().damaged == []
            assert (journal.verify().good, journal.verify().damaged) == (4, [])
            assert journal.load(self.running).draft is not None
            assert [note.text for note in journal.parked()] == ["money"]
            assert [found.id for found in journal.search("invisible")] == [self.shared]
        for who, passphrase in ((ANA, ana), (BEN, ben)):
            with Journal.open(folder, [passphrase]) as journal:
                assert journal.load(self.shared).turns[1].text == SENT
            with own.open_own(folder, passphrase) as room:
                assert room.load(self.own[who]).turns[0].text == MINE


@pytest.fixture
def kept(folder: Path) -> Kept:
    return Kept(folder)


def shared_keys(folder: Path) -> list[age.Identity]:
    with Journal.open(folder, [BEN_PASSPHRASE]) as journal:
        return list(journal._company.shared.identities)


def own_keys(folder: Path, n: int, passphrase: str) -> list[age.Identity]:
    keys = folder / "keys"
    return keyring.read_own(keys, n, [cached(passphrase, Kdf.read(keys))])


def opened_by(folder: Path, identities: list[age.Identity]) -> set[str]:
    """Files of a journal that these keys open."""
    found = set()
    for path in [*(folder / "entries").iterdir(), *folder.glob("index-*.age")]:
        try:
            age.unseal(path.read_bytes(), identities, "")
        except Trouble:
            continue
        found.add(path.name)
    return found


def rekey(folder: Path) -> None:
    with Journal.open(folder, [ANA_PASSPHRASE]) as journal:
        journal.rekey()


# The shared room


def test_nothing_is_sealed_to_keys_that_a_newer_version_may_have_replaced(
    ana: Journal, folder: Path
) -> None:
    before = ana.save(finished(ana, NOW))
    ana.write_index()
    file = folder / "keys" / keyring.SHARED_FILE
    ours = file.read_bytes()
    shared = ana._company.shared
    text = shared.compose()
    newer = text.replace(b'"schema":1,', b'"schema":9,', 1)
    assert newer != text
    file.write_bytes(age.seal(newer, [age.recipient(one.recipient) for one in shared.members]))
    files = everything(folder)
    acts_of_hers: list[Callable[[], object]] = [
        lambda: ana.save(finished(ana, NOW)),
        lambda: ana.save(before),
        lambda: ana.park("money", made=NOW),
        lambda: ana.remove(before.id),
        ana.write_index,
        ana.rekey,
        lambda: ana.save_settings(0, ana.settings(0)),
    ]
    for act in acts_of_hers:
        told = told_by(act)
        assert told is not None
        assert (told.status, "newer" in told.message) == (5, True)
    assert everything(folder) == files
    assert ana.load(before.id).turns[1].text == SENT, "what stands there is still read"
    file.write_bytes(ours)
    ana.save(before)


def test_after_a_new_key_the_old_one_opens_nothing(kept: Kept) -> None:
    old = shared_keys(kept.folder)
    before = opened_by(kept.folder, old)
    assert len(before) == 5
    seen = []
    with Journal.open(kept.folder, [ANA_PASSPHRASE]) as journal:
        assert journal.rekey(lambda done, of: seen.append((done, of))) == []
        assert not journal.rekeying
    assert (6, 6) in seen
    assert opened_by(kept.folder, old) == set()
    assert opened_by(kept.folder, shared_keys(kept.folder)) == before
    kept.check(kept.folder)


def everywhere(
    kept: Kept, tmp_path: Path, work: Callable[[Path], object], *, code: int = 0
) -> list[Path]:
    """Copies of the journal in which `work` was stopped before its first, second ... call."""
    stopped: list[Path] = []
    for at in range(1, 400):
        folder = Path(shutil.copytree(kept.folder, tmp_path / f"{code}-{at}"))
        if code:
            made: list[str] = []
            with faults.failing(at, code):
                made = faults.count(lambda folder=folder: told_by(lambda: work(folder)))  # type: ignore[misc]
            ended = len(made) < at
        else:
            ended = not faults.killed(at, partial(work, folder))
        stopped.append(folder)
        if ended:
            return stopped
    raise AssertionError


@pytest.mark.parametrize("code", [0, errno.ENOSPC])
def test_a_new_key_for_the_shared_room_stopped_anywhere(
    code: int, kept: Kept, tmp_path: Path
) -> None:
    old = shared_keys(kept.folder)
    stopped = everywhere(kept, tmp_path, rekey, code=code)
    assert len(stopped) > 40
    for at, folder in enumerate(stopped):
        if code and at % 4:  # each place is looked at after a kill; here a few do
            continue
        kept.check(folder)
        if at % 8:
            continue
        # Done again, by the other one, it comes to its end.
        with Journal.open(folder, [BEN_PASSPHRASE]) as journal:
            assert journal.rekey() == []
        assert len(shared_keys(folder)) == 1
        assert opened_by(folder, old) == set()
        kept.check(folder)


def test_who_had_it_open_meanwhile_goes_on_with_the_new_key(kept: Kept) -> None:
    with Journal.open(kept.folder, [BEN_PASSPHRASE]) as journal:
        assert len(journal.heads().heads) == 3
        old = shared_keys(kept.folder)
        rekey(kept.folder)
        assert journal.load(kept.shared).turns[1].text == SENT
        assert len(journal.heads().heads) == 3
        late = journal.save(finished(journal, NOW, text="Later"))
    with pytest.raises(Trouble):
        age.unseal(file_of(kept.folder, late.id).read_bytes(), old, "")
    with Journal.open(kept.folder, [ANA_PASSPHRASE]) as journal:
        assert journal.load(late.id).turns[1].text == "Later"


def test_what_the_disk_does_not_give_keeps_the_old_key_until_it_does(kept: Kept) -> None:
    with Journal.open(kept.folder, [ANA_PASSPHRASE]) as journal:
        (id_, *_) = [head.id for head in journal.heads().heads]
        with faults.not_given(file_of(kept.folder, id_)):
            (told,) = journal.rekey()
            assert (told.name, told.reason) == (f"entries/{id_}.age", "unreadable")
            assert journal.rekeying
        assert journal.rekey() == []
        assert not journal.rekeying
        assert journal.load(id_).id == id_


def test_what_is_damaged_keeps_the_old_key_until_it_is_back(kept: Kept) -> None:
    path = file_of(kept.folder, kept.shared)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    with Journal.open(kept.folder, [ANA_PASSPHRASE]) as journal:
        (told,) = journal.rekey()
        assert (told.reason, journal.rekeying) == ("damaged", True)
    path.write_bytes(whole)
    rekey(kept.folder)
    assert len(shared_keys(kept.folder)) == 1
    kept.check(kept.folder)


def test_what_a_newer_version_wrote_keeps_every_byte_and_its_key(
    kept: Kept, tmp_path: Path
) -> None:
    text = b'{"schema": 99, "kind": "dialogue", "new": [1]}'
    shared, own_ = (file_of(kept.folder, f"{n:016x}") for n in (170, 171))
    shared.write_bytes(age.seal(text, [shared_keys(kept.folder)[0].to_public()]))
    old = own_keys(kept.folder, 0, ANA_PASSPHRASE)
    own_.write_bytes(age.seal(text, [old[0].to_public()]))
    before = shared.read_bytes(), own_.read_bytes()
    with Journal.open(kept.folder, [ANA_PASSPHRASE, BEN_PASSPHRASE]) as journal:
        assert journal.search("new") == []
        assert [one.reason for one in journal.verify().damaged] == ["newer"]
        assert [one.reason for one in journal.rekey()] == ["newer"]
        assert journal.rekeying
        for act in (journal.delete, journal.remove, journal.load):
            told = told_by(partial(act, shared.name[:16]))
            assert told is not None
            assert (told.status, "newer" in told.message) == (5, True)
        copy = journal.backup(tmp_path, NOW).place
        journal.write_index()
    assert (copy / "entries" / shared.name).read_bytes() == before[0]
    changed = acts.someone_knows(kept.folder, ANA_PASSPHRASE, NEW, NOW)
    assert [one.reason for one in changed.damaged] == ["newer"]
    with own.open_own(kept.folder, NEW) as room:
        assert room.rekeying
        assert [one.reason for one in room.heads().damaged] == ["newer"]
        told = told_by(partial(room.remove, own_.name[:16]))
        assert told is not None
        assert told.status == 5
        room.write_index()
    assert (shared.read_bytes(), own_.read_bytes()) == before
    assert age.unseal(before[1], own_keys(kept.folder, 0, NEW), "") == text


# One's own keys


def test_someone_knows_it(kept: Kept) -> None:
    old = own_keys(kept.folder, 0, ANA_PASSPHRASE)
    before = opened_by(kept.folder, old)
    with Journal.open(kept.folder, [ANA_PASSPHRASE]) as journal:
        day_copied(journal, NOW)
        unfinished = journal.unfinished()
    (older,) = backups.all_of(kept.folder)
    ring = (older / "keys" / "1.age").read_bytes()
    acts.someone_knows(kept.folder, ANA_PASSPHRASE, NEW, NOW, unfinished)
    kept.check(kept.folder, ana=NEW)
    assert opened_by(kept.folder, old) == set()
    assert opened_by(kept.folder, own_keys(kept.folder, 0, NEW)) == before
    (only,) = backups.all_of(kept.folder)
    assert only != older
    assert (only / "keys" / "1.age").read_bytes() != ring
    assert not file_of(only, kept.running).exists()
    told = told_by(lambda: Journal.open(only, [ANA_PASSPHRASE]))
    assert told is not None
    assert told.status == 4


@pytest.mark.parametrize("code", [0, errno.EIO])
def test_someone_knows_it_stopped_anywhere(code: int, kept: Kept, tmp_path: Path) -> None:
    key = tmp_path / "key.txt"
    acts.recovery_key(kept.folder, ANA_PASSPHRASE, key)

    def work(folder: Path) -> None:
        acts.someone_knows(folder, ANA_PASSPHRASE, NEW, NOW)

    rescue = recovery_file.read(key)
    stopped = everywhere(kept, tmp_path, work, code=code)
    assert len(stopped) > 40
    for at, folder in enumerate(stopped):
        if code and at % 4:
            continue
        holds = [one for one in (ANA_PASSPHRASE, NEW) if opens(folder, one)]
        assert len(holds) == 1
        kept.check(folder, ana=holds[0])
        ring, ids = keyring.read_recovery(folder / "keys", 0, [rescue])
        assert ring.n == 0
        assert f"{kept.own[ANA]}.age" in opened_by(folder, ids)
    acts.own_key(stopped[-2], NEW, NOW)
    assert len(own_keys(stopped[-2], 0, NEW)) == 1


def opens(folder: Path, passphrase: str) -> bool:
    return told_by(lambda: Journal.open(folder, [passphrase]).close()) is None


def test_an_open_room_is_closed_when_its_keys_change(kept: Kept) -> None:
    with own.open_own(kept.folder, ANA_PASSPHRASE) as room:
        acts.own_key(kept.folder, ANA_PASSPHRASE, NOW)
        with pytest.raises(ImagoError):
            room.note("reflection", MINE, None, NOW)


# Recovery keys


def test_a_recovery_key_made_used_and_taken_back(kept: Kept, tmp_path: Path) -> None:
    key = tmp_path / "key.txt"
    acts.recovery_key(kept.folder, ANA_PASSPHRASE, key)
    assert key.stat().st_mode & 0o777 == 0o600
    acts.own_key(kept.folder, ANA_PASSPHRASE, NOW)
    acts.recover(kept.folder, key, NEW)
    kept.check(kept.folder, ana=NEW)
    assert not opens(kept.folder, ANA_PASSPHRASE)
    acts.revoke(kept.folder, NEW, NOW)
    told = told_by(lambda: acts.recover(kept.folder, key, ANA_PASSPHRASE))
    assert told is not None
    assert told.status == 4
    assert not (kept.folder / "keys" / "1.recovery.age").exists()
    kept.check(kept.folder, ana=NEW)


def test_a_second_recovery_key_takes_the_place_of_the_first(kept: Kept, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    acts.recovery_key(kept.folder, BEN_PASSPHRASE, first)
    acts.recovery_key(kept.folder, BEN_PASSPHRASE, second)
    assert told_by(lambda: acts.recover(kept.folder, first, NEW)) is not None
    acts.recover(kept.folder, second, NEW)
    kept.check(kept.folder, ben=NEW)


def opens_recovery(keys: Path, file: Path) -> bool:
    """Whether Ana's recovery key in `file` opens what it should."""
    try:
        keyring.read_recovery(keys, 0, [recovery_file.read(file)])
    except Trouble:
        return False
    return True


@pytest.mark.parametrize("onward", [False, True], ids=["once", "from-there-on"])
@pytest.mark.parametrize("again", [False, True], ids=["first", "second"])
def test_a_recovery_key_that_could_not_be_made_leaves_no_file_that_opens_nothing(
    kept: Kept, tmp_path: Path, *, again: bool, onward: bool
) -> None:
    """Whatever call goes wrong, and also where each after it does."""
    before, place = tmp_path / "before", tmp_path / "key.txt"
    keys, whole = kept.folder / "keys", tmp_path / "whole"
    if again:
        acts.recovery_key(kept.folder, ANA_PASSPHRASE, before)
    mine = open_hand(kept.folder, ANA_PASSPHRASE)
    keys.rename(whole)

    def make() -> None:
        recovery.make(kept.folder, mine, place)

    def begin_anew() -> None:
        place.unlink(missing_ok=True)
        shutil.rmtree(keys, ignore_errors=True)
        shutil.copytree(whole, keys)

    begin_anew()
    calls = faults.count(make)
    left = set()
    for at in range(1, len(calls) + 1):
        begin_anew()

        def refuse(number: int, _: str, at: int = at) -> None:
            if number == at or (onward and number > at):
                raise OSError(errno.ENOSPC, "")

        with faults.at_each_call(refuse):
            told = told_by(make)
        left.add(place.exists())
        if told is None or place.exists():
            assert opens_recovery(keys, place), calls[at - 1]
        elif again:
            assert opens_recovery(keys, before), calls[at - 1]
    assert left == {False, True}


def test_recovery_files_that_will_not_do(kept: Kept, tmp_path: Path) -> None:
    for name, text in (("none", None), ("empty", ""), ("noise", "\x00\xff"), ("half", "AGE-SEC")):
        file = tmp_path / name
        if text is not None:
            file.write_text(text)
        told = told_by(partial(acts.recover, kept.folder, file, NEW))
        assert told is not None
        assert told.status == 4
    file = tmp_path / "other"
    file.write_text(f"{age.new_identity()}\n")
    told = told_by(partial(acts.recover, kept.folder, file, NEW))
    assert told is not None
    assert told.status == 4
    inside = kept.folder / "key.txt"
    told = told_by(partial(acts.recovery_key, kept.folder, ANA_PASSPHRASE, inside))
    assert told is not None
    assert told.status == 2


# Leaving


def test_leaving_takes_ones_own_words_and_changes_nothing(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup.create_alone, "__defaults__", (LEAST_COST,))
    before = {path.name: path.read_bytes() for path in kept.folder.rglob("*") if path.is_file()}
    target = tmp_path / "mine" / "journal"
    with Journal.open(kept.folder, [ANA_PASSPHRASE]) as journal:
        taken = leaving.leave(journal, journal.own(ANA_PASSPHRASE), ANA_PASSPHRASE, target)
    assert (taken.entries, taken.damaged) == (2, [])
    after = {path.name: path.read_bytes() for path in kept.folder.rglob("*") if path.is_file()}
    assert after == before
    with own.open_own(target, ANA_PASSPHRASE) as room:
        assert room.load(kept.own[ANA]).turns[0].text == MINE
        went = room.load(kept.shared)
        assert {turn.about for turn in went.turns} == {ANA}
        assert [turn.n for turn in went.turns] == list(range(1, len(went.turns) + 1))
        assert len(room.heads().heads) == 2


def test_of_the_other_ones_dialogue_nothing_goes_along(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup.create_alone, "__defaults__", (LEAST_COST,))
    target = tmp_path / "bens" / "journal"
    with Journal.open(kept.folder, [BEN_PASSPHRASE]) as journal:
        leaving.leave(journal, journal.own(BEN_PASSPHRASE), BEN_PASSPHRASE, target)
    with own.open_own(target, BEN_PASSPHRASE) as room:
        for head in room.heads().heads:
            entry = room.load(head.id)
            assert {turn.about for turn in entry.turns} <= {BEN}
            assert entry.topic != "The dishes"
