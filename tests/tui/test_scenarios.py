"""Every scenario by keys, on the screen: what is in the journal afterwards is the same as from a
script, and as line by line.
"""

from __future__ import annotations

import functools
import gc
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from imago_tui import paths
from imago_tui.journal import kdf, opening
from imago_tui.journal.store import Journal
from imago_tui.tui import flows
from imago_tui.words import words
from tests.scenarios.runner import Scenario, scenarios
from tests.tui.couple import Couple

PASSPHRASES = ("violet anchor seven lamps", "quiet harbour nine stones")
LEFT_OUT: dict[str, str] = {}
"""Scenarios that cannot be held by keys, and why. Those with `single_steps` say so themselves."""
HELD = [one for one in scenarios() if not one.single_steps and one.name not in LEFT_OUT]


@pytest.fixture(scope="module")
def journals(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """A fresh journal for each two people, made at the lowest cost and copied for every test."""
    made = {}
    for people in {scenario.partners for scenario in HELD}:
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


@pytest.fixture(autouse=True, scope="module")
def _nothing_to_clear_away() -> Iterator[None]:
    """What is loaded already stays: it is not looked through again during every scenario."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def dialogue(monkeypatch: pytest.MonkeyPatch, home: Path, scenario: Scenario) -> Any:
    """What `imago-tui dialogue` would run on a terminal: the evening as a flow, and settings."""
    found: list[Any] = []

    def instead(*given: Any) -> int:
        found.extend(given)
        return 0

    assert home == paths.journal_dir()  # it has to be there before: without one, none is opened
    monkeypatch.setattr(flows, "run", instead)
    flows.dialogue_flow("" if asked(scenario) else scenario.exercise)
    return found


def asked(scenario: Scenario) -> bool:
    """Whether the evening offers its exercise by itself; others are named in the command."""
    return scenario.exercise in words.table("evening.page.tonight.options")


@pytest.fixture
def home(journals: dict[tuple[str, str], Path], scenario: Scenario) -> Path:
    """The two people's journal, on this machine."""
    shutil.copytree(journals[scenario.partners], paths.journal_dir())
    return paths.journal_dir()


def test_only_known_scenarios_are_left_out() -> None:
    assert set(LEFT_OUT) <= {one.name for one in scenarios()}
    assert len(HELD) > 80


@pytest.mark.parametrize("scenario", HELD, ids=lambda scenario: scenario.name)
async def test_every_scenario_by_keys(
    scenario: Scenario, home: Path, dialogue: Any, screens: Callable[..., Any], tmp_path: Path
) -> None:
    begun = datetime.now().astimezone()
    events = scenario.walked(tmp_path, begun)
    flow, settings = dialogue
    side = HELD.index(scenario) % 2  # who sits left, and whose passphrase is typed
    async with screens(flow, (48, 14), settings) as seen:
        # Close now ends the process; here it ends the app, and as little is done before that.
        seen.app.close_now = lambda: seen.app.exit(130, return_code=130)
        couple = Couple(seen, side, events, begun)
        named = not asked(scenario)
        await couple.sit_down(PASSPHRASES[side], scenario.exercise, named=named)
        await couple.hold()
        over = couple.session.state.over
        await couple.get_up()
    # After a "no" the talk is over: nobody is asked any more.
    assert couple.left == [] or over
    with Journal.open(home, PASSPHRASES) as journal:
        heads = journal.heads().heads
        shown = journal.load(heads[0].id).show_json() if heads else None
        assert len(heads) == (scenario.expected.entry is not None)
        assert scenario.differs(shown, begun) == ""
        assert [bool(note.when) for note in journal.appointments()] == (
            [True] if scenario.expected.appointment else []
        )
