"""Every scenario line by line: what is in the journal afterwards is the same as from a script."""

from __future__ import annotations

import shutil
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from imago_tui import exercises
from imago_tui.journal.store import Journal
from imago_tui.keeping import JournalKeeper
from imago_tui.session import Session
from tests.plain.couple import hold
from tests.plain.table import PASSPHRASES
from tests.scenarios.runner import Scenario, scenarios

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def journals(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    made = {}
    for people in {scenario.partners for scenario in scenarios()}:
        folder = tmp_path_factory.mktemp("journal") / "journal"
        Journal.create(folder, list(zip(people, PASSPHRASES, strict=True)), cost=15).close()
        made[people] = folder
    return made


@pytest.mark.parametrize(
    "scenario",
    [one for one in scenarios() if not one.single_steps],
    ids=lambda scenario: scenario.name,
)
def test_every_scenario_line_by_line(
    scenario: Scenario, journals: dict[tuple[str, str], Path], tmp_path: Path
) -> None:
    begun = datetime.now().astimezone()
    events = scenario.walked(tmp_path, begun)
    folder = tmp_path / "journal"
    shutil.copytree(journals[scenario.partners], folder)
    with Journal.open(folder, PASSPHRASES) as journal, journal.lock():
        exercise = exercises.load(scenario.exercise)
        keeper = JournalKeeper(journal, exercise.id)
        session = Session(exercise, scenario.partners, keeper=keeper)
        couple = hold(session, events)
        # After a "no" the talk is over: nobody is asked any more.
        assert couple.left == [] or session.state.over
        assert session.trouble is None
        heads = journal.heads().heads
        shown = journal.load(heads[0].id).show_json() if heads else None
        assert len(heads) == (scenario.expected.entry is not None)
        assert scenario.differs(shown, begun) == ""
        assert [bool(note.when) for note in journal.appointments()] == (
            [True] if scenario.expected.appointment else []
        )
