"""Every scenario as a script: its status, what is said, and what is in the journal afterwards."""

from __future__ import annotations

import functools
import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from imago_tui.cli import main
from imago_tui.dialogue import events
from imago_tui.journal import kdf, opening
from imago_tui.journal.store import Journal
from tests.scenarios.runner import Scenario, by_name, scenarios

PASSPHRASES = ("violet anchor seven lamps", "quiet harbour nine stones")


@pytest.fixture(scope="session")
def journals(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """A fresh journal for each two people, made at the lowest cost and copied for every test."""
    made = {}
    for people in {scenario.partners for scenario in scenarios()}:
        folder = tmp_path_factory.mktemp("journal") / "journal"
        Journal.create(folder, list(zip(people, PASSPHRASES, strict=True)), cost=15).close()
        made[people] = folder
    return made


@pytest.fixture(autouse=True, scope="module")
def _each_key_once() -> Iterator[None]:
    """A passphrase becomes a key only once for each journal; what is tested is not the waiting."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "derive", functools.cache(kdf.derive))
        yield


class Table:
    """A journal on this machine, and the commands that use it."""

    def __init__(self, home: Path, template: Path, capfd: pytest.CaptureFixture[str]) -> None:
        shutil.copytree(template, home / "journal")
        self.home, self.capfd = home, capfd
        self.files = []
        for n, passphrase in enumerate(PASSPHRASES):
            file = home / f"passphrase-{n}"
            file.write_text(f"{passphrase}\n", "utf-8")
            self.files += ["--passphrase-file", str(file)]

    def run(self, *arguments: str, both: bool = False) -> tuple[int, str, str]:
        """Status, stdout and stderr of a command, with one passphrase or both."""
        self.capfd.readouterr()
        status = main([*arguments, *(self.files if both else self.files[:2])])
        out, err = self.capfd.readouterr()
        return status, out, err

    def shown(self) -> list[dict[str, Any]]:
        """Every entry as `journal show --json` tells it to both together, newest first."""
        status, out, _ = self.run("journal", "list", "--json", both=True)
        assert status == 0
        found = []
        for row in json.loads(out):
            status, out, err = self.run("journal", "show", row["id"], "--json", both=True)
            assert (status, err) == (0, "")
            told = json.loads(out)
            assert {key: told[key] for key in row} == row
            found.append(told)
        return found


@pytest.fixture
def table(
    request: pytest.FixtureRequest,
    journals: dict[tuple[str, str], Path],
    imago_home: Path,
    capfd: pytest.CaptureFixture[str],
) -> Table:
    people = getattr(request, "param", ("Ana", "Ben"))
    return Table(imago_home, journals[people], capfd)


def now() -> datetime:
    return datetime.now().astimezone()


@pytest.mark.parametrize(
    ("scenario", "table"),
    [pytest.param(one, one.partners, id=one.name) for one in scenarios()],
    indirect=["table"],
)
def test_every_scenario_as_a_script(scenario: Scenario, table: Table, tmp_path: Path) -> None:
    begun = now()
    status, out, err = table.run("dialogue", "--script", str(scenario.write(tmp_path)))
    expected = scenario.expected
    assert (status, out if status else "") == (expected.status, "")
    if expected.refused:
        assert err.startswith(f"imago-tui: turn {expected.refused}: {expected.step} is not open")
        assert err.count("\n") == 1
        told = err.partition("instead: ")[2].strip().split(", ")
        assert set(expected.instead) <= set(told)
        assert set(told) & {"pause", "time-out", "too-much", "stop", "nothing"}
    else:
        assert err == ""
        assert out.startswith(expected.said)
        assert out.count("\n") == 1
    shown = table.shown()
    assert len(shown) == (expected.entry is not None)
    entry = shown[0] if shown else None
    assert scenario.differs(entry, begun) == ""
    if entry:
        _check_times(entry, begun)
    with Journal.open(table.home / "journal", PASSPHRASES[:1]) as journal:
        times = [note.when for note in journal.appointments()]
        for head in journal.heads().heads:
            loaded = journal.load(head.id)
            assert bool(loaded.log) == (loaded.state == "unfinished")
    wanted = [events.when(expected.appointment, begun)] if expected.appointment else []
    assert times == wanted


def _check_times(entry: dict[str, Any], begun: datetime) -> None:
    started = datetime.fromisoformat(entry["started"])
    assert started.tzinfo is not None
    assert begun.replace(microsecond=0) <= started <= now()
    if entry["state"] == "done":
        assert started <= datetime.fromisoformat(entry["ended"]) <= now()
    else:
        assert entry["ended"] is None


LESSER = {
    "all": {"all": "all", "together": "together", "outcome": "outcome", "nothing": ""},
    "together": {"all": "together", "together": "together", "outcome": "outcome+", "nothing": ""},
    "outcome": {"all": "outcome", "together": "outcome+", "outcome": "outcome", "nothing": ""},
    "nothing": {"all": "", "together": "", "outcome": "", "nothing": ""},
}
"""What two answers come to; + is opened only by both."""


@pytest.mark.parametrize("ana", LESSER)
@pytest.mark.parametrize("ben", LESSER)
def test_the_lesser_of_two_answers_is_kept(
    ana: str, ben: str, table: Table, tmp_path: Path
) -> None:
    whole = by_name("thanks-and-closing")
    steps = (*whole.steps[:-2], ("keep", "Ben", ben), ("keep", "Ana", ana))
    file = Scenario("kept", "dialogue", ("Ana", "Ben"), steps, whole.expected).write(tmp_path)
    status, out, err = table.run("dialogue", "--script", str(file))
    assert (status, err) == (0, "")
    shown, word = table.shown(), LESSER[ana][ben]
    assert len(shown) == bool(word)
    assert out.startswith(f"done: {word or 'nothing'}".removesuffix("+")) or word in {
        "all",
        "together",
        "outcome",
        "outcome+",
    }
    if not word:
        assert list((table.home / "journal" / "entries").iterdir()) == []
        return
    entry = shown[0]
    assert entry["kept"] == word.removesuffix("+")
    assert entry["room"] == ("together" if word in {"together", "outcome+"} else "shared")
    steps_kept = [turn["step"] for turn in entry["turns"]]
    if word.startswith("outcome"):
        assert steps_kept == ["topic", "empathize", "appreciate", "appreciate"]
    else:
        assert whole.expected.entry is not None
        assert entry["turns"] == whole.expected.entry["turns"]
    alone, _, told = table.run("journal", "show", entry["id"], "--json")
    if entry["room"] == "together":
        assert alone == 4
        assert "both" in told
        _, out, _ = table.run("journal", "list", "--json")
        assert json.loads(out)[0]["topic"] is None
    else:
        assert alone == 0
