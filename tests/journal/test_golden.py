"""A journal of every version so far opens, and reading it changes not a byte."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from imago_tui.journal import (
    acts,
    age,
    change,
    join,
    keyring,
    opening,
    own,
    recovery,
    restore,
    setup,
)
from imago_tui.journal.kdf import derive
from imago_tui.journal.store import Journal
from tests.journal import keepsake
from tests.journal.golden import HERE, IDS, NOW
from tests.journal.people import (
    ANA,
    ANA_PASSPHRASE,
    BEN,
    BEN_PASSPHRASE,
    everything,
    running,
    talk,
)

VERSIONS = ["1"]
KEEPSAKES = sorted(path.parent.name for path in HERE.glob("*/said.json"))
ONE, OTHER = keepsake.PASSPHRASES
cached = lru_cache(derive)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (opening, change, join, recovery, setup):
        monkeypatch.setattr(module, "derive", cached)


@pytest.fixture(params=VERSIONS)
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE / request.param, tmp_path / "journal"))


def test_it_opens_and_says_what_was_said(golden: Path) -> None:
    before = everything(golden)
    with Journal.open(golden, [BEN_PASSPHRASE, ANA_PASSPHRASE]) as journal:
        assert journal.partners == (ANA, BEN)
        assert [head.id for head in journal.heads().heads] == sorted(IDS.values(), reverse=True)
        assert journal.heads().damaged == []
        whole = journal.load(IDS["whole"])
        assert whole.turns == talk()
        assert (whole.kept, whole.topic, whole.started, whole.revision) == (
            "all",
            "The dishes",
            NOW,
            2,
        )
        outcome = journal.load(IDS["outcome"])
        assert (outcome.kept, outcome.topic, outcome.turns) == ("outcome", "Żółć 👩‍🚀 \u202e", ())
        assert journal.load(IDS["together"]).topic == "Ours"
        begun = journal.load(IDS["running"])
        wanted = replace(running(journal, NOW), id=begun.id, revision=1)
        assert replace(begun, started=NOW) == wanted
        (later,) = journal.appointments()
        assert (later.when, later.who) == (NOW + timedelta(days=9), BEN)
        assert [note.text for note in journal.parked()] == ["money"]
        assert journal.settings(0).keep == "outcome"
        assert [found.id for found in journal.search("invisible")] == [IDS["whole"]]
        assert journal.verify().good == 6
    assert everything(golden) == before


def test_going_on_in_it(golden: Path) -> None:
    with Journal.open(golden, [ANA_PASSPHRASE]) as journal, journal.lock():
        journal.save(journal.load(IDS["running"]))
        journal.write_index()
    with Journal.open(golden, [BEN_PASSPHRASE]) as journal:
        assert journal.load(IDS["running"]).revision == 2
        assert journal.heads().damaged == []


@pytest.mark.parametrize("version", VERSIONS)
def test_its_recovery_key_opens_it(version: str) -> None:
    key = (HERE / version).with_suffix(".recovery.txt").read_text().splitlines()[-1]
    ring, own = keyring.read_recovery(HERE / version / "keys", 0, [age.identity(key)])
    assert str(own[0].to_public()) == ring.own
    assert keyring.Shared.read(HERE / version / "keys", [ring.member]).members[0].name == ANA


class Kept:
    """A copy of a journal of an earlier version, and what that version said of it."""

    def __init__(self, name: str, place: Path) -> None:
        shutil.copytree(HERE / name, place, symlinks=True)
        self.place = place
        self.folder = place / "journal"
        self.said: dict[str, Any] = json.loads((place / "said.json").read_text())

    def opened(self) -> Journal:
        """Open with both passphrases."""
        return Journal.open(self.folder, keepsake.PASSPHRASES)

    def check(self, journal: Journal) -> None:
        """All that is shared is still said as it was; kinds of notes that came later are empty."""
        now, own_rooms = keepsake.said(journal), {"own", "alone"}
        assert {kind: notes for kind, notes in now["notes"].items() if notes} == {
            kind: notes for kind, notes in self.said["notes"].items() if notes
        }
        for key in self.said.keys() - own_rooms - {"notes"}:
            assert now[key] == self.said[key], key
        assert journal.heads().damaged == []
        assert journal.verify().keys == []


@pytest.fixture(params=KEEPSAKES)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    return Kept(request.param, tmp_path / "kept")


def test_every_version_so_far_is_here() -> None:
    assert {"first", "rooms", "themes"} <= set(KEEPSAKES)


def test_this_version_says_what_the_earlier_one_said(kept: Kept) -> None:
    before = everything(kept.folder)
    with kept.opened() as journal:
        kept.check(journal)
        for passphrase, theirs in zip(keepsake.PASSPHRASES, kept.said.get("own", ()), strict=False):
            with journal.own(passphrase) as room:
                assert {
                    head.id: room.load(head.id).show_json() for head in room.heads().heads
                } == theirs
                assert room.heads().damaged == []
    assert everything(kept.folder) == before


def test_going_on_in_it_with_new_keys_loses_nothing(kept: Kept) -> None:
    with kept.opened() as journal:
        for head in journal.heads().heads:
            journal.save(journal.load(head.id))
        assert journal.rekey() == []
        kept.check(journal)
    with kept.opened() as journal:
        kept.check(journal)


def test_its_recovery_keys_and_its_copies_open(kept: Kept, tmp_path: Path) -> None:
    for name in keepsake.NAMES:
        acts.recover(kept.folder, kept.place / f"{name}.recovery.txt", f"a new one for {name}")
    with Journal.open(kept.folder, [f"a new one for {name}" for name in keepsake.NAMES]) as journal:
        kept.check(journal)
    copies = kept.place / "journal-backups"
    assert copies.exists() == ("own" in kept.said)
    if copies.exists():
        again = tmp_path / "again" / "journal"
        again.parent.mkdir()
        assert restore.restore(copies, again) == []
        with Journal.open(again, keepsake.PASSPHRASES) as journal:
            assert [head.list_json() for head in journal.heads().heads] == [
                row for row in kept.said["list"] if row["state"] == "done"
            ]


def test_someone_who_was_alone_in_it_can_be_joined(kept: Kept) -> None:
    if "alone" not in kept.said:
        assert not (kept.place / "alone").exists()
        return
    folder = kept.place / "alone"
    with Journal.join(folder, ["Ben"], [ONE, OTHER]) as journal:
        assert journal.partners == keepsake.NAMES
    with own.open_own(folder, ONE) as room:
        assert {head.id: room.load(head.id).show_json() for head in room.heads().heads} == (
            kept.said["alone"]
        )
