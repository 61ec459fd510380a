"""One's own room: who opens it, what the others hear of it, and how someone alone is joined."""

from __future__ import annotations

import errno
import json
import shutil
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imago_tui.errors import ImagoError
from imago_tui.journal import age, join, keyring, opening, own, setup
from imago_tui.journal.kdf import LEAST_COST, Kdf, derive
from imago_tui.journal.store import Journal
from tests.journal import faults
from tests.journal.people import (
    ANA,
    ANA_PASSPHRASE,
    BEN,
    BEN_PASSPHRASE,
    SENT,
    everything,
    file_of,
    finished,
    told_by,
)

if TYPE_CHECKING:
    from datetime import datetime

SECRET = "What I have never said: żółć \u202e 日本語."
cached = lru_cache(derive)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each key worked out once: its cost is not what these tests are about."""
    for module in (opening, join, setup):
        monkeypatch.setattr(module, "derive", cached)


def status_of(act: object) -> int:
    told = told_by(act)  # type: ignore[arg-type]
    assert told is not None
    return told.status


def test_what_is_written_there_is_read_there_code_point_by_code_point(
    ana: Journal, now: datetime
) -> None:
    with ana.own(ANA_PASSPHRASE) as room:
        kept = room.note("frustration", SECRET, "Under it", now)
        room.write_index()
    with ana.own(ANA_PASSPHRASE) as room:
        assert room.load(kept.id).turns[0].text == SECRET
        assert [head.id for head in room.heads().heads] == [kept.id]
        assert [found.id for found in room.search("never")] == [kept.id]
        assert room.resolve(kept.id[:6]) == kept.id
        row = room.heads().heads[0].list_json()
        assert (row["room"], row["topic"], row["state"]) == ("private", "Under it", "done")
        assert room.load(kept.id).show_json()["partners"] == [ANA]
        assert (room.verify().good, room.verify().damaged) == (1, [])


def read(journal: Journal, asked: str) -> None:
    journal.load(journal.resolve(asked))


def test_nothing_of_it_is_heard_of_in_the_shared_room(
    ana: Journal, both: Journal, folder: Path, now: datetime
) -> None:
    shared = both.save(finished(both, now))
    with ana.own(ANA_PASSPHRASE) as room:
        kept = room.note("reflection", SECRET, "Mine", now)
        room.write_index()
    both.write_index()
    for journal in (ana, both):
        assert [head.id for head in journal.heads().heads] == [shared.id]
        assert journal.heads().damaged == []
        assert journal.search("never") == []
        assert (journal.verify().good, journal.verify().damaged) == (1, [])
        for asked in (kept.id, kept.id[:8]):
            told = told_by(partial(read, journal, asked))
            assert told is not None
            assert told.status == 2
            assert "There is no dialogue" in told.message
    for data in everything(folder).values():
        assert b"never" not in data


def test_only_its_own_person_opens_it(ana: Journal, ben: Journal, now: datetime) -> None:
    with ana.own(ANA_PASSPHRASE) as room:
        room.note("preparing", SECRET, None, now)
    with ben.own(BEN_PASSPHRASE) as room:
        assert room.n == 1
        assert room.heads().heads == []
        assert room.search("never") == []
    assert status_of(partial(ana.own, BEN_PASSPHRASE)) == 4
    assert status_of(partial(ben.own, "none of the passphrases")) == 4


def test_it_is_closed_before_a_talk_begins(ana: Journal, now: datetime) -> None:
    room = ana.own(ANA_PASSPHRASE)
    room.note("reflection", SECRET, None, now)
    with ana.lock():
        assert room.closed
        assert status_of(room.heads) == 2
        assert status_of(partial(room.note, "reflection", SECRET, None, now)) == 2
    again = ana.own(ANA_PASSPHRASE)
    ana.close()
    assert again.closed


def test_a_note_without_a_word_is_not_kept(ana: Journal, folder: Path, now: datetime) -> None:
    before = everything(folder)
    with ana.own(ANA_PASSPHRASE) as room:
        assert status_of(partial(room.note, "reflection", " \n", None, now)) == 2
        with pytest.raises(ValueError, match="diary"):
            room.note("diary", SECRET, None, now)  # type: ignore[arg-type]
    assert everything(folder) == before


def test_an_entry_goes_over_when_its_owner_says_so(
    ana: Journal, ben: Journal, now: datetime
) -> None:
    with ana.own(ANA_PASSPHRASE) as room:
        kept = room.note("reflection", SECRET, "For both", now)
        room.write_index()
        brought = ana.bring(room, kept.id)
        assert room.heads().heads == []
        assert room.heads().damaged == []
    assert brought.id != kept.id
    assert ben.load(brought.id).turns[0].text == SECRET
    assert ben.load(brought.id).room == "shared"


def test_what_one_room_holds_does_not_pass_for_another_rooms(
    ana: Journal, folder: Path, now: datetime
) -> None:
    with ana.own(ANA_PASSPHRASE) as room:
        kept = room.note("reflection", SECRET, None, now)
        key = keyring.read_own(
            folder / "keys", 0, [cached(ANA_PASSPHRASE, Kdf.read(folder / "keys"))]
        )
        plain = age.unseal(file_of(folder, kept.id).read_bytes(), key, "")
    public = ana._company.shared.identities[0].to_public()
    file_of(folder, kept.id).write_bytes(age.seal(plain, [public]))
    assert [one.reason for one in ana.heads().damaged] == ["forged"]


# Alone, and joined


@pytest.fixture(scope="module")
def one_alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alone") / "journal"
    setup.create_alone(folder, (ANA, ANA_PASSPHRASE), None, LEAST_COST)
    return folder


@pytest.fixture
def alone(one_alone: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(one_alone, tmp_path / "alone"))


def entry_of(folder: Path, now: datetime) -> str:
    with own.open_own(folder, ANA_PASSPHRASE) as room:
        kept = room.note("reflection", SECRET, "Before", now)
        room.write_index()
    return kept.id


def test_one_person_alone_writes_and_reads(alone: Path, now: datetime) -> None:
    kept = entry_of(alone, now)
    with own.open_own(alone, ANA_PASSPHRASE) as room:
        assert (room.name, room.n) == (ANA, 0)
        assert room.load(kept).turns[0].who == ANA
    assert {path.name for path in (alone / "keys").iterdir()} == {
        "kdf.toml",
        "1.age",
        "1.own.age",
    }
    assert not Journal.exists(alone)
    assert status_of(partial(Journal.open, alone, [ANA_PASSPHRASE])) == 2
    for data in everything(alone).values():
        assert ANA.encode() not in data


@pytest.mark.parametrize("first", [ANA, BEN])
def test_nothing_written_before_opens_to_the_one_who_joins(
    first: str, alone: Path, now: datetime
) -> None:
    kept = entry_of(alone, now)
    people = {ANA: ANA_PASSPHRASE, BEN: BEN_PASSPHRASE}
    order = [first, BEN if first == ANA else ANA]
    with Journal.create(alone, [(name, people[name]) for name in order]) as journal:
        assert journal.partners == tuple(order)
        assert journal.present == {0, 1}
        assert journal.heads().heads == []
        shared = journal.save(finished(journal, now))
    for name in order:
        with Journal.open(alone, [people[name]]) as journal:
            assert journal.present == {order.index(name)}
            assert [head.id for head in journal.heads().heads] == [shared.id]
            assert status_of(partial(journal.load, kept)) == 2
            with journal.own(people[name]) as room:
                assert room.name == name
                heads = [head.id for head in room.heads().heads]
                assert heads == ([kept] if name == ANA else [])


def test_joining_with_the_name_of_the_new_one_alone(alone: Path) -> None:
    with Journal.join(alone, [BEN], [BEN_PASSPHRASE, ANA_PASSPHRASE]) as journal:
        assert journal.partners == (BEN, ANA)


@pytest.mark.parametrize(
    ("people", "status"),
    [
        ([(ANA, "none of the passphrases"), (BEN, BEN_PASSPHRASE)], 4),
        ([("Annie", ANA_PASSPHRASE), (BEN, BEN_PASSPHRASE)], 2),
        ([(ANA, ANA_PASSPHRASE), (ANA, BEN_PASSPHRASE)], 2),
        ([(ANA, ANA_PASSPHRASE), (BEN, "short")], 2),
    ],
)
def test_who_cannot_join_changes_nothing(
    people: list[tuple[str, str]], status: int, alone: Path
) -> None:
    before = everything(alone)
    assert status_of(partial(Journal.create, alone, people)) == status
    assert everything(alone) == before


def test_the_recovery_key_of_the_one_who_was_alone_goes_on_opening(
    tmp_path: Path, now: datetime
) -> None:
    folder, place = tmp_path / "j", tmp_path / "ana.key"
    setup.create_alone(folder, (ANA, ANA_PASSPHRASE), place, LEAST_COST)
    kept = entry_of(folder, now)
    theirs = tmp_path / "ben.key"
    people = [(BEN, BEN_PASSPHRASE), (ANA, ANA_PASSPHRASE)]
    Journal.create(folder, people, recovery=[theirs]).close()
    for n, file in enumerate((theirs, place)):
        key = age.identity(file.read_text().splitlines()[-1])
        ring, ids = keyring.read_recovery(folder / "keys", n, [key])
        assert ring.n == n
        assert keyring.Shared.read(folder / "keys", [ring.member]).members[n].name in {ANA, BEN}
    text = age.unseal(file_of(folder, kept).read_bytes(), ids, "")
    assert json.loads(text)["turns"][0]["text"] == SECRET


@pytest.mark.parametrize("first", [ANA, BEN])
def test_killed_while_joining_it_can_be_asked_for_again(
    first: str, alone: Path, tmp_path: Path, now: datetime
) -> None:
    kept = entry_of(alone, now)
    cached(BEN_PASSPHRASE, Kdf.read(alone / "keys"))
    people = [(ANA, ANA_PASSPHRASE), (BEN, BEN_PASSPHRASE)]
    if first == BEN:
        people.reverse()
    for at in range(1, 99):
        folder = tmp_path / f"{at}"
        shutil.copytree(alone, folder)
        died = faults.killed(at, lambda folder=folder: Journal.create(folder, people).close())  # type: ignore[misc]
        with own.open_own(folder, ANA_PASSPHRASE) as room:
            assert room.load(kept).turns[0].text == SECRET
        if not Journal.exists(folder):
            Journal.create(folder, people).close()
        with Journal.open(folder, [ANA_PASSPHRASE]) as journal:
            assert journal.partners[0] == first
            assert journal.own(ANA_PASSPHRASE).load(kept).turns[0].text == SECRET
        if not died:
            break
    assert not died
    assert at > 20


def test_whatever_goes_wrong_while_joining_it_can_be_asked_for_again(
    alone: Path, tmp_path: Path, now: datetime
) -> None:
    people = [(BEN, BEN_PASSPHRASE), (ANA, ANA_PASSPHRASE)]
    kept = entry_of(alone, now)
    for at in range(1, 99):
        folder, key = tmp_path / f"{at}", tmp_path / f"key{at}"
        shutil.copytree(alone, folder)
        with faults.failing(at, errno.ENOSPC):
            calls = faults.count(
                lambda folder=folder, key=key: told_by(  # type: ignore[misc]
                    lambda: Journal.create(folder, people, recovery=[key]).close()
                )
            )
        assert Journal.exists(folder) == key.exists()
        if not Journal.exists(folder):
            Journal.create(folder, people, recovery=[key]).close()
        with own.open_own(folder, ANA_PASSPHRASE) as room:
            assert room.load(kept).turns[0].text == SECRET
        if len(calls) < at:
            return
    pytest.fail("it never came to its end")


def test_a_talk_is_kept_after_joining(alone: Path, now: datetime) -> None:
    Journal.create(alone, [(ANA, ANA_PASSPHRASE), (BEN, BEN_PASSPHRASE)]).close()
    with Journal.open(alone, [BEN_PASSPHRASE]) as journal, journal.lock():
        kept = journal.save(finished(journal, now))
        assert journal.load(kept.id).turns[1].text == SENT
    with pytest.raises(ImagoError):
        setup.create_alone(alone, (ANA, ANA_PASSPHRASE), None, LEAST_COST)
