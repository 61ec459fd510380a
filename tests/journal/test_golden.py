"""A journal of every version so far opens, and reading it changes not a byte."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from imago_tui.journal import age, keyring
from imago_tui.journal.store import Journal
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
