"""Key files that are not what they should be: every byte, every kind of file, every lie."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from imago_tui.errors import ImagoError
from imago_tui.journal import (
    acts,
    age,
    change,
    identity_file,
    index_file,
    kdf,
    opening,
    own,
    recovery,
    strict_json,
)
from imago_tui.journal.kdf import LEAST_COST, MOST_COST, Kdf
from imago_tui.journal.store import Journal
from imago_tui.journal.trouble import Trouble
from tests.journal.odd import ODD, link
from tests.journal.people import (
    ANA_PASSPHRASE,
    BEN_PASSPHRASE,
    everything,
    file_of,
    finished,
    told_by,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from imago_tui.journal.opening import Opened

derived = cache(kdf.derive)
NEW = "slow marble tangerine wind"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each key worked out once: its cost is not what these tests are about."""
    for module in (opening, change, recovery):
        monkeypatch.setattr(module, "derive", derived)


def status_of(act: Callable[[], object]) -> int:
    told = told_by(act)
    assert told is not None
    assert told.hint
    return told.status


# Every byte


def test_cut_anywhere_or_with_a_bit_flipped_anywhere_it_is_told(
    folder: Path, template: tuple[Path, Opened], tmp_path: Path
) -> None:
    acts.recovery_key(folder, ANA_PASSPHRASE, tmp_path / "key.txt")
    keys = folder / "keys"
    passphrase = derived(ANA_PASSPHRASE, Kdf.read(keys))
    rescue = age.identity((tmp_path / "key.txt").read_text().split()[-1])
    files = {
        "1.age": ("ring", passphrase),
        "1.own.age": ("own", passphrase),
        "1.recovery.age": ("recovery", rescue),
        "shared.age": ("shared", template[1].rings[0].member),
    }
    tried = 0
    for name, (kind, key) in files.items():
        whole = (keys / name).read_bytes()
        good = identity_file.parse(age.unseal(whole, [key], name), kind, name)[0]
        head = whole.index(b"\n---")
        for at in range(len(whole)):
            flipped = whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :]
            for data in (whole[:at], flipped):
                tried += 1
                try:
                    found = identity_file.parse(age.unseal(data, [key], name), kind, name)[0]
                except Trouble as told:
                    assert told.reason in {"damaged", "foreign"}  # noqa: PT017
                else:
                    # age allows a head to be written in more than one way; never what is in it.
                    assert (found, at < head) == (good, True)
    print(f"{tried} changes of {len(files)} key files")  # noqa: T201 - counts are for reports


def test_salt_and_cost_with_any_byte_changed_never_cost_more_than_they_may(
    folder: Path,
) -> None:
    file = folder / "keys" / "kdf.toml"
    whole, good = file.read_bytes(), Kdf.read(folder / "keys")
    refused = other = 0
    for at in range(len(whole)):
        flips = (whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :] for bit in range(8))
        for data in (whole[:at], *flips):
            file.write_bytes(data)
            try:
                found = Kdf.read(folder / "keys")
            except ImagoError as told:
                assert told.status == 5  # noqa: PT017
                refused += 1
            else:
                assert LEAST_COST <= found.log_n <= MOST_COST
                assert len(found.salt) == 16
                other += found != good
    assert refused > other > 0
    print(f"{len(whole) * 9} changes, {refused} refused, {other} another key")  # noqa: T201


def test_an_index_cut_or_changed_is_made_anew(both: Journal, now: datetime) -> None:
    both.save(finished(both, now))
    both.write_index()
    (file,) = both.folder.glob("index-*.age")
    whole, identities = file.read_bytes(), both._shelf.room._keys.identities
    places = [*range(400), *range(400, len(whole), 61)]
    for at in places:
        flipped = whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :]
        for data in (whole[:at], flipped):
            try:
                text = age.unseal(data, identities, file.name)
            except Trouble:
                continue
            index_file.parse(text, "shared").close()  # only its head was said in another way
            assert at < whole.index(b"\n---")


# Something else in their place


@pytest.mark.parametrize("name", ["kdf.toml", "1.age", "shared.age", "1.own.age"])
def test_something_else_in_the_place_of_a_key_file(name: str, folder: Path) -> None:
    path = folder / "keys" / name
    act: Callable[[], object] = partial(Journal.open, folder, [ANA_PASSPHRASE])
    if name == "1.own.age":
        act = partial(own.open_own, folder, ANA_PASSPHRASE)
    path.rename(path.with_suffix(".safe"))
    for make in ODD:
        make(path)
        assert status_of(act) == 5, make.__name__
        if name in {"1.age", "1.own.age"}:
            # The other one's keys open as ever, and the file is named.
            with Journal.open(folder, [BEN_PASSPHRASE]) as journal:
                (line,) = journal.verify().keys
                assert f"keys/{name}" in line
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def test_something_else_in_the_place_of_the_index(
    both: Journal, now: datetime, template: tuple[Path, Opened]
) -> None:
    kept = both.save(finished(both, now))
    both.write_index()
    (path,) = both.folder.glob("index-*.age")
    path.rename(path.with_suffix(".safe"))
    for make in ODD:
        if make is not link:
            make(path)
        with Journal(both.folder, template[1]) as journal:
            assert [head.id for head in journal.heads().heads] == [kept.id]
            assert [found.id for found in journal.search("dishes")] == [kept.id]
            journal.save(finished(journal, now))
            journal.write_index()
            both.remove(next(head.id for head in journal.heads().heads if head.id != kept.id))
        for file in both.folder.glob("index-*.age"):
            file.rmdir() if file.is_dir() and not file.is_symlink() else file.unlink()


@pytest.mark.parametrize("name", ["keys", "entries"])
def test_something_else_in_the_place_of_a_folder(name: str, folder: Path) -> None:
    path = folder / name
    path.rename(folder / "elsewhere")
    for make in ODD:
        if make in {ODD[3], link}:  # a folder is what should be there; links: test_damage
            continue
        make(path)
        told = told_by(lambda: Journal.open(folder, [ANA_PASSPHRASE]).heads())
        assert told is not None
        assert told.status in {2, 5}
        path.unlink()


# Lies under the right key


RING: dict[str, dict[str, Any]] = {
    "nobody's": {"n": 3},
    "the other one's": {"n": 2},
    "a yes for a number": {"n": True},
    "a text for a number": {"n": "1"},
    "no own room": {"own": None},
    "an own room that is no key": {"own": "age1" + "q" * 58},
    "a secret key for a public one": {"own": "AGE-SECRET-KEY-1" + "Q" * 58},
    "a plugin's key": {"own": "age1yubikey1" + "q" * 50},
    "a recovery key without end": {"recovery": "age1" + "q" * 10_000},
    "alone and something more": {"alone": {"name": "Ana", "settings": {}, "score": 1}},
    "alone without a name": {"alone": {"name": "", "settings": {}}},
    "an endless name": {"alone": {"name": "x" * 5000, "settings": {}}},
    "an unknown side": {"alone": {"name": "Ana", "settings": {"side": "above"}}},
    "something more": {"admin": True},
    "another kind": {"kind": "shared"},
    "a kind that is a list": {"kind": ["ring"]},
    "no schema": {"schema": None},
    "a schema that is a yes": {"schema": True},
}


def lying(text: bytes, changes: dict[str, Any]) -> bytes:
    head, _, rest = text.partition(b"\n")
    info = strict_json.loads(head.removeprefix(b"# "), 1 << 20) | changes
    return b"# " + strict_json.dumps(info) + b"\n" + rest


def test_a_ring_that_lies_under_the_right_key(folder: Path, template: tuple[Path, Opened]) -> None:
    key = derived(ANA_PASSPHRASE, Kdf.read(folder / "keys"))
    good = template[1].rings[0].compose()
    stranger = str(age.new_identity()).encode()
    texts = {name: lying(good, changes) for name, changes in RING.items()} | {
        "two keys": good + stranger + b"\n",
        "no key": good.partition(b"\n")[0] + b"\n",
        "a key of someone else": good.partition(b"\n")[0] + b"\n" + stranger + b"\n",
        "a key cut short": good[:-5],
        "the key of a plugin": good.partition(b"\n")[0] + b"\nAGE-PLUGIN-YUBIKEY-1QQQQ\n",
        "no first line": b"",
        "no JSON": b"# hello\n",
        "a number": b"# 1\n",
        "deep": b"# " + b"[" * 20_000,
        "a key twice": b'# {"schema":1,"schema":1}\n',
        "no text": b"# {}\n\xff\xfe\n",
        "carriage returns": good.replace(b"\n", b"\r\r"),
        "megabytes": b"# " + b" " * 200_000 + good,
    }
    for name, text in texts.items():
        (folder / "keys" / "1.age").write_bytes(age.seal(text, [key.to_public()]))
        before = everything(folder)
        told = told_by(lambda: Journal.open(folder, [ANA_PASSPHRASE]).close())
        assert told is not None, name
        assert told.status == 5, name
        assert everything(folder) == before
    print(f"{len(texts)} rings that lie")  # noqa: T201


SHARED: dict[str, dict[str, Any]] = {
    "one member": {"members": []},
    "a revision below zero": {"revision": -1},
    "a revision beyond counting": {"revision": 1.5},
    "members that are a text": {"members": "both"},
    "something more": {"admin": "Ana"},
}


def test_a_shared_room_that_lies_under_the_right_key(
    folder: Path, template: tuple[Path, Opened]
) -> None:
    shared = template[1].shared
    public = [age.recipient(one.recipient) for one in shared.members]
    head, _, rest = shared.compose().partition(b"\n")
    members = strict_json.loads(head.removeprefix(b"# "), 1 << 20)["members"]
    twice = {"members": [members[0], members[0]]}
    swapped = {"members": members[::-1]}
    third = {"members": [*members, members[0]]}
    for changes in (*SHARED.values(), twice, swapped, third):
        text = lying(head + b"\n" + rest, changes)
        (folder / "keys" / "shared.age").write_bytes(age.seal(text, public))
        for passphrases in ([ANA_PASSPHRASE, BEN_PASSPHRASE], [BEN_PASSPHRASE]):
            assert status_of(partial(Journal.open, folder, passphrases)) == 5, changes


# Old ones put back


def test_an_older_shared_room_put_back_shows_nothing_of_what_is_sealed_to_the_new_key(
    both: Journal, folder: Path, now: datetime
) -> None:
    before, after = both.save(finished(both, now)), ""
    older = (folder / "keys" / "shared.age").read_bytes()
    both.rekey()
    after = both.save(finished(both, now)).id
    both.write_index()
    newer = (folder / "keys" / "shared.age").read_bytes()
    (folder / "keys" / "shared.age").write_bytes(older)
    with Journal.open(folder, [ANA_PASSPHRASE]) as journal:
        assert journal.heads().heads == []
        for id_ in (before.id, after):
            assert status_of(partial(journal.load, id_)) in {2, 5}
    (folder / "keys" / "shared.age").write_bytes(newer)
    with Journal.open(folder, [ANA_PASSPHRASE]) as journal:
        assert {head.id for head in journal.heads().heads} == {before.id, after}


def test_an_old_ring_put_back_opens_with_the_old_passphrase_again(
    folder: Path, now: datetime
) -> None:
    # Not promised, and said so: a copy of a key file that someone took stays a key file.
    old = {name: (folder / "keys" / name).read_bytes() for name in ("1.age", "1.own.age")}
    acts.someone_knows(folder, ANA_PASSPHRASE, NEW, now)
    assert status_of(lambda: Journal.open(folder, [ANA_PASSPHRASE])) == 4
    (folder / "keys" / "1.age").write_bytes(old["1.age"])
    with Journal.open(folder, [ANA_PASSPHRASE]) as journal:
        assert journal.present == {0}
    # What is written since in the own room does not open to it.
    assert status_of(lambda: own.open_own(folder, ANA_PASSPHRASE)) == 5
    for name, data in old.items():
        (folder / "keys" / name).write_bytes(data)
    with own.open_own(folder, ANA_PASSPHRASE) as room:
        assert room.heads().heads == []


def test_an_entry_and_the_index_put_back_together_are_not_noticed(
    both: Journal, folder: Path, now: datetime
) -> None:
    # Not promised, and said so: nothing in the folder could know of what came later.
    kept = both.save(finished(both, now, topic="First"))
    both.write_index()
    (index,) = folder.glob("index-*.age")
    old = {file: file.read_bytes() for file in (index, file_of(folder, kept.id))}
    both.remove(kept.id)
    both.save(finished(both, now, topic="Second"))
    both.write_index()
    for file in folder.glob("index-*.age"):
        file.unlink()
    for file, data in old.items():
        file.write_bytes(data)
    with Journal.open(folder, [BEN_PASSPHRASE]) as journal:
        found = journal.load(kept.id)
        assert (found.topic, found.older_copy) == ("First", False)
