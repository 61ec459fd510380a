"""Files that are not what they should be: told, never shown, and the others still open."""

from __future__ import annotations

import os
import stat
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from imago_tui.errors import ImagoError
from imago_tui.journal import age, codec, padding, strict_json
from imago_tui.journal.opening import open_rings
from imago_tui.journal.store import Journal
from imago_tui.journal.trouble import Trouble
from tests.journal.odd import ODD
from tests.journal.people import (
    ANA_PASSPHRASE,
    BEN_PASSPHRASE,
    everything,
    file_of,
    finished,
    running,
    sealed,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.entry import Entry


def status_of(act: Callable[[], object]) -> int:
    with pytest.raises(ImagoError) as told:
        act()
    return told.value.status


def test_a_file_cut_short_anywhere(both: Journal, folder: Path, now: datetime) -> None:
    kept = both.save(finished(both, now))
    path = file_of(folder, kept.id)
    whole = path.read_bytes()
    keys = both._shelf.room._keys
    for length in range(len(whole)):
        with pytest.raises(Trouble) as told:
            codec.decode(whole[:length], kept.id, keys, "name")
        assert told.value.reason in {"damaged", "foreign"}
    for length in (0, 1, 22, 200, 1000, len(whole) - 1):
        path.write_bytes(whole[:length])
        assert status_of(lambda: both.load(kept.id)) == 5


def test_a_bit_flipped_anywhere(both: Journal, now: datetime) -> None:
    kept = both.save(finished(both, now))
    keys = both._shelf.room._keys
    whole = codec.encode(kept, keys)
    for at in range(len(whole)):
        changed = whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :]
        try:
            found = codec.decode(changed, kept.id, keys, "name")
        except Trouble as told:
            assert told.reason in {"damaged", "foreign"}  # noqa: PT017
        else:
            # age allows one file to be written in more than one way in its head; never the words.
            assert found == kept
            assert at < whole.index(b"\n---")


def test_a_byte_too_many(both: Journal, folder: Path, now: datetime) -> None:
    kept = both.save(finished(both, now))
    with file_of(folder, kept.id).open("ab") as file:
        file.write(b"\0")
    assert status_of(lambda: both.load(kept.id)) == 5


@pytest.mark.parametrize("make", ODD)
@pytest.mark.parametrize("indexed", [True, False])
def test_something_else_in_the_place_of_a_file(
    make: Callable[[Path], None], both: Journal, folder: Path, now: datetime, *, indexed: bool
) -> None:
    bad, good = both.save(finished(both, now)), both.save(finished(both, now, topic="Good"))
    if indexed:
        both.write_index()
    path = file_of(folder, bad.id)
    path.rename(path.with_suffix(".safe"))
    make(path)
    with Journal(folder, open_rings(folder, [ANA_PASSPHRASE])) as journal:
        listing = journal.heads()
        assert [head.id for head in listing.heads] == [good.id]
        (trouble,) = listing.damaged
        assert bad.id in str(trouble)
        assert status_of(lambda: journal.load(bad.id)) == 5
        report = journal.verify()
        assert report.good == 1
        assert [one.name for one in report.damaged] == [f"entries/{bad.id}.age"]
        assert report.strange == [f"{bad.id}.safe"]
        assert [found.topic for found in journal.search("dishes")] == ["Good"]


def test_a_damaged_file_stays_known_as_damaged_until_it_is_back(
    both: Journal, folder: Path, now: datetime
) -> None:
    kept = both.save(finished(both, now))
    both.write_index()
    path = file_of(folder, kept.id)
    whole = path.read_bytes()
    # A head that fits no key: without the index it could be another room's.
    path.write_bytes(whole.replace(b"X25519 ", b"X25519 A", 1))
    for _ in range(3):
        with Journal(folder, open_rings(folder, [ANA_PASSPHRASE])) as journal:
            (trouble,) = journal.heads().damaged
            assert trouble.reason == "damaged"
            journal.write_index()
    path.write_bytes(whole)
    assert both.heads().damaged == []
    assert [head.id for head in both.heads().heads] == [kept.id]


def test_a_file_that_is_gone_is_told_until_it_is_let_go(
    both: Journal, folder: Path, now: datetime
) -> None:
    kept = both.save(finished(both, now))
    both.write_index()
    file_of(folder, kept.id).unlink()
    for _ in range(2):
        with Journal(folder, open_rings(folder, [BEN_PASSPHRASE])) as journal:
            (trouble,) = journal.heads().damaged
            assert trouble.reason == "missing"
            assert status_of(lambda: journal.load(kept.id)) == 5
            journal.write_index()
    both.remove(kept.id)
    assert both.heads().damaged == []


def test_renamed_and_swapped_files_are_never_shown(
    both: Journal, folder: Path, now: datetime
) -> None:
    one, two = both.save(finished(both, now)), both.save(finished(both, now))
    first, second = file_of(folder, one.id), file_of(folder, two.id)
    a, b = first.read_bytes(), second.read_bytes()
    first.write_bytes(b)
    second.write_bytes(a)
    new = file_of(folder, "00000000000000aa")
    new.write_bytes(a)
    listing = both.heads()
    assert listing.heads == []
    assert {trouble.reason for trouble in listing.damaged} == {"forged"}
    assert len(listing.damaged) == 3
    for id_ in (one.id, two.id, "00000000000000aa"):
        assert status_of(partial(both.load, id_)) == 5


def test_an_older_file_that_has_come_back_is_told(
    both: Journal, folder: Path, now: datetime
) -> None:
    kept = both.save(finished(both, now, topic="First"))
    old = file_of(folder, kept.id).read_bytes()
    newer = both.save(replace(kept, topic="Second"))
    both.write_index()
    assert not both.load(kept.id).older_copy
    file_of(folder, kept.id).write_bytes(old)
    for _ in range(2):
        with Journal(folder, open_rings(folder, [BEN_PASSPHRASE])) as journal:
            found = journal.load(kept.id)
            assert (found.topic, found.older_copy) == ("First", True)
            (head,) = journal.heads().heads
            assert head.older_copy
            (trouble,) = journal.verify().damaged
            assert trouble.reason == "older"
            journal.write_index()
    assert both.save(both.load(kept.id)).revision > newer.revision


def test_going_on_from_an_older_copy_makes_it_the_newest(
    both: Journal, folder: Path, now: datetime
) -> None:
    kept = both.save(running(both, now))
    old = file_of(folder, kept.id).read_bytes()
    for _ in range(5):
        kept = both.save(kept)
    both.write_index()
    file_of(folder, kept.id).write_bytes(old)
    with Journal(folder, open_rings(folder, [BEN_PASSPHRASE])) as journal:
        found = journal.load(kept.id)
        assert found.older_copy
        journal.save(found)
        assert not journal.load(kept.id).older_copy


HEADS = {
    "lines without end": age.MAGIC + b"-> X25519 aa\n" * 100_000,
    "one line without end": age.MAGIC + b"-> " + b"x" * 2_000_000,
    "a body without end": age.MAGIC + b"-> X25519 a\n" + (b"A" * 64 + b"\n") * 30_000,
    "long, with an end": age.MAGIC + b"-> a\n" * 3000 + b"--- " + b"A" * 43 + b"\n" + b"x" * 5000,
    "an end in the wrong place": age.MAGIC + b"-> a\n--- " * 200_000,
}


@pytest.mark.parametrize("data", HEADS.values(), ids=HEADS.keys())
def test_a_head_that_would_take_hours_to_read_takes_none(
    data: bytes, both: Journal, folder: Path, now: datetime
) -> None:
    good = both.save(finished(both, now))
    bad = file_of(folder, "00000000000000aa")
    begun = time.process_time()
    bad.write_bytes(data)
    (folder / "index-00000000000000aa.age").write_bytes(data)
    listing = both.heads()
    assert [head.id for head in listing.heads] == [good.id]
    assert [one.reason for one in listing.damaged] == ["damaged"]
    (folder / "keys" / "1.own.age").write_bytes(data)
    assert len(both.verify().keys) == 1
    assert time.process_time() - begun < 0.5


# What someone who holds the key could write


def write(journal: Journal, folder: Path, text: bytes, id_: str = "00000000000000aa") -> str:
    recipient = journal._company.shared.identities[0].to_public()
    file_of(folder, id_).write_bytes(age.seal(text, [recipient]))
    return id_


def body_of(journal: Journal, entry: Entry, **changes: Any) -> bytes:
    keys = journal._shelf.room._keys
    text = age.unseal(codec.encode(entry, keys), keys.identities, "name")
    return strict_json.dumps(strict_json.loads(text, 1 << 24) | changes)


TURN = {"n": 1, "step": "send", "who": "A", "about": "A", "text": "x", "aloud": False}
HOSTILE: dict[str, dict[str, Any]] = {
    "an id that climbs": {"id": "../../../etc/passwd"},
    "another id": {"id": "00000000000000ab"},
    "an id with a line end": {"id": "00000000000000aa\n"},
    "another room": {"room": "private room of Ana"},
    "together without its part": {"room": "together"},
    "no revision": {"revision": 0},
    "a revision beyond counting": {"revision": 1.5},
    "a revision that is a yes": {"revision": True},
    "an unknown state": {"state": "proven"},
    "a time without zone": {"started": "2026-11-22T20:15:00"},
    "a time that is none": {"started": "soon"},
    "an endless time": {"started": "2" * 10_000_000},
    "a number for a time": {"started": 1},
    "one partner": {"partners": ["Ana"]},
    "a hundred partners": {"partners": ["Ana"] * 100},
    "a topic that is a list": {"topic": ["x"]},
    "turns that are a text": {"turns": "send"},
    "a turn with more": {"turns": [TURN | {"score": 10}]},
    "a turn with less": {"turns": [{"n": 1}]},
    "aloud a number": {"turns": [TURN | {"aloud": 1}]},
    "an endless name": {"turns": [TURN | {"who": "x" * 100_000}]},
    "a log of texts": {"log": ["x"]},
    "something more": {"score": 10},
    "an unknown kind": {"kind": "verdict"},
    "a kind that is a list": {"kind": ["dialogue"]},
    "a kind that is a table": {"kind": {"dialogue": 1}},
    "a room that is a list": {"room": ["shared"]},
    "an older schema than any": {"schema": 0},
    "a schema that is a text": {"schema": "1"},
    "ten megabytes": {"topic": "x" * 10_000_000},
}


@pytest.mark.parametrize("changes", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_words_under_the_right_key(
    changes: dict[str, Any], both: Journal, folder: Path, now: datetime
) -> None:
    good = both.save(finished(both, now))
    entry = replace(finished(both, now), id="00000000000000aa", revision=1)
    id_ = write(both, folder, body_of(both, entry))
    assert both.load(id_).id == id_
    write(both, folder, body_of(both, entry, **changes))
    before = everything(folder)
    listing = both.heads()
    assert [head.id for head in listing.heads] == [good.id]
    assert [trouble.reason for trouble in listing.damaged] in (["forged"], ["too_big"])
    with pytest.raises(ImagoError) as told:
        both.load(id_)
    assert told.value.status == 5
    assert len(told.value.message) < 200
    assert everything(folder) == before


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b'{"schema":1}',
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b'{"schema":1,"schema":1}',
        b'{"schema":NaN}',
        b"\xff\xfe",
        b"{}" + b" " * (20 << 20),
        b"\x1f\x8b\x08" + os.urandom(500),
    ],
)
def test_no_json_of_ours_under_the_right_key(text: bytes, both: Journal, folder: Path) -> None:
    id_ = write(both, folder, text)
    assert status_of(lambda: both.load(id_)) == 5
    assert both.heads().heads == []
    assert len(both.heads().damaged) == 1


def test_titles_with_controls_are_kept_as_they_are(both: Journal, now: datetime) -> None:
    topic = "\x1b]52;c;aGk=\x07 \u202egnihton\u202c \x00\x9b2J"
    kept = both.save(finished(both, now, topic=topic))
    assert both.heads().heads[0].topic == topic
    assert both.load(kept.id).topic == topic


def test_what_a_newer_version_wrote_is_told_and_left(
    both: Journal, folder: Path, now: datetime
) -> None:
    entry = replace(finished(both, now), id="00000000000000aa", revision=1)
    id_ = write(both, folder, body_of(both, entry, schema=3, mood="?"))
    kind = write(both, folder, body_of(both, entry, schema=7, kind="letter"), "00000000000000ab")
    good = both.save(finished(both, now))
    before = everything(folder)
    listing = both.heads()
    assert [head.id for head in listing.heads] == [good.id]
    assert [trouble.reason for trouble in listing.damaged] == ["newer", "newer"]
    assert "newer" in str(listing.damaged[0])
    for one in (id_, kind):
        assert status_of(partial(both.load, one)) == 5
    assert everything(folder) == before


def test_a_forged_inner_part_of_a_together_entry(
    both: Journal, ana: Journal, folder: Path, now: datetime
) -> None:
    one, two = both.save(sealed(both, now)), both.save(sealed(both, now, topic="Other"))
    keys = both._shelf.room._keys
    texts = [
        strict_json.loads(
            age.unseal(file_of(folder, kept.id).read_bytes(), keys.identities, "name"), 1 << 24
        )
        for kept in (one, two)
    ]
    swapped = texts[0] | {"sealed": texts[1]["sealed"]}
    for inner in (swapped, texts[0] | {"sealed": "AAAA"}, texts[0] | {"sealed": "no base64!"}):
        write(both, folder, padding.pad_json(strict_json.dumps(inner)), one.id)
        assert status_of(lambda: both.load(one.id)) == 5
        assert ana.load(one.id).sealed
        listing = both.heads()
        assert [head.id for head in listing.heads if head.topic] == [two.id]
        assert len(listing.damaged) == 1


# Key files


@pytest.mark.parametrize("name", ["1.age", "shared.age"])
@pytest.mark.parametrize("how", ["cut", "payload", "empty", "noise", "folder", "fifo", "gone"])
def test_a_damaged_key_file_is_told_and_left(name: str, how: str, folder: Path) -> None:
    path = folder / "keys" / name
    whole = path.read_bytes()
    path.unlink()
    if how == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif how == "payload":
        path.write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])
    elif how == "empty":
        path.touch()
    elif how == "noise":
        path.write_bytes(os.urandom(1000))
    elif how == "folder":
        path.mkdir()
    elif how == "fifo":
        os.mkfifo(path)
    with pytest.raises(ImagoError) as told:
        Journal.open(folder, [ANA_PASSPHRASE])
    # A ring that is not there at all cannot be told from a passphrase that is not hers.
    assert told.value.status == (4 if (name, how) == ("1.age", "gone") else 5)
    assert told.value.hint
    if name == "1.age":
        with Journal.open(folder, [BEN_PASSPHRASE]) as journal:
            assert journal.present == {1}


def test_swapped_rings_are_noticed(folder: Path) -> None:
    keys = folder / "keys"
    one, two = (keys / "1.age").read_bytes(), (keys / "2.age").read_bytes()
    (keys / "1.age").write_bytes(two)
    (keys / "2.age").write_bytes(one)
    assert status_of(lambda: Journal.open(folder, [ANA_PASSPHRASE])) == 5


def test_a_shared_room_of_other_people_is_noticed(folder: Path, template: Any) -> None:
    from imago_tui.journal.keyring import Member, Shared

    opened = template[1]
    stranger = age.new_identity()
    ana = opened.shared.members[0]
    for members in (
        (Member("Ana", str(stranger.to_public())), ana),
        (Member("Ana", str(stranger.to_public())), Member("Ben", str(stranger.to_public()))),
    ):
        forged = Shared(members, (stranger,))
        text = age.seal(forged.compose(), [age.recipient(ana.recipient)])
        (folder / "keys" / "shared.age").write_bytes(text)
        assert status_of(lambda: Journal.open(folder, [ANA_PASSPHRASE])) == 5


def test_key_files_of_a_newer_version_are_left(folder: Path, template: Any) -> None:
    opened = template[1]
    recipients = [age.recipient(one.recipient) for one in opened.shared.members]
    text = opened.shared.compose().replace(b'"schema":1', b'"schema":2', 1)
    (folder / "keys" / "shared.age").write_bytes(age.seal(text, recipients))
    before = everything(folder)
    with pytest.raises(ImagoError) as told:
        Journal.open(folder, [ANA_PASSPHRASE])
    assert told.value.status == 5
    assert "newer" in told.value.message
    assert everything(folder) == before


@pytest.mark.parametrize(
    ("passphrases", "status"),
    [
        ([], 4),
        (["not the passphrase"], 4),
        ([ANA_PASSPHRASE.upper()], 4),
        ([ANA_PASSPHRASE + " "], 4),
        ([ANA_PASSPHRASE, "not the passphrase"], 4),
        ([""], 4),
        (["\ud800" * 12], 4),
    ],
)
def test_passphrases_that_open_nothing(passphrases: list[str], status: int, folder: Path) -> None:
    before = everything(folder)
    with pytest.raises(ImagoError) as told:
        Journal.open(folder, passphrases)
    assert told.value.status == status
    assert everything(folder) == before
    assert not [word for word in passphrases if word and word in told.value.message]


def test_where_no_journal_is(tmp_path: Path) -> None:
    assert not Journal.exists(tmp_path / "none")
    assert status_of(lambda: Journal.open(tmp_path / "none", [ANA_PASSPHRASE])) == 2
    assert list(tmp_path.glob("none")) == []


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o757])
def test_a_folder_that_others_may_write_is_told(mode: int, folder: Path) -> None:
    folder.chmod(mode)
    with Journal.open(folder, [ANA_PASSPHRASE]) as journal:
        (warning,) = journal.warnings
        assert "chmod" in warning


def test_a_journal_reached_by_a_link_works(folder: Path, tmp_path: Path, now: datetime) -> None:
    (tmp_path / "link").symlink_to(folder)
    with Journal.open(tmp_path / "link", [ANA_PASSPHRASE]) as journal, journal.lock():
        kept = journal.save(finished(journal, now))
        journal.write_index()
    assert file_of(folder, kept.id).exists()


@pytest.mark.parametrize("name", ["entries", "keys"])
def test_nothing_is_written_through_a_link_in_the_place_of_a_folder(
    name: str, folder: Path, tmp_path: Path, now: datetime
) -> None:
    (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    before = sorted(path.name for path in (tmp_path / "elsewhere").iterdir())
    with Journal.open(folder, [ANA_PASSPHRASE]) as journal:
        act = {
            "entries": lambda: journal.save(finished(journal, now)),
            "keys": lambda: journal.save_settings(0, journal.settings(0)),
        }[name]
        assert status_of(act) == 7
    assert sorted(path.name for path in (tmp_path / "elsewhere").iterdir()) == before


def test_a_ring_of_links_is_no_journal(tmp_path: Path) -> None:
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    assert not Journal.exists(tmp_path / "ring")
    assert status_of(lambda: Journal.open(tmp_path / "ring", [ANA_PASSPHRASE])) == 2
    people = [("Ana", ANA_PASSPHRASE), ("Ben", BEN_PASSPHRASE)]
    assert status_of(lambda: Journal.create(tmp_path / "ring", people, cost=15)) == 7


def test_a_copy_that_left_out_the_empty_folder(folder: Path, now: datetime) -> None:
    (folder / "entries").rmdir()
    with Journal.open(folder, [ANA_PASSPHRASE]) as journal:
        assert journal.heads().heads == []
        assert journal.verify().good == 0
        kept = journal.save(finished(journal, now))
        assert journal.load(kept.id) == kept
        assert stat.S_IMODE((folder / "entries").stat().st_mode) == 0o700
