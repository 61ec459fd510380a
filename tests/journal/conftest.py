"""A journal of two people, made once and copied for every test that wants one."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imago_tui.journal.kdf import LEAST_COST
from imago_tui.journal.opening import Opened, open_rings
from imago_tui.journal.store import Journal
from tests.journal.people import ANA, ANA_PASSPHRASE, BEN, BEN_PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Opened]:
    folder = tmp_path_factory.mktemp("template") / "journal"
    people = [(ANA, ANA_PASSPHRASE), (BEN, BEN_PASSPHRASE)]
    Journal.create(folder, people, cost=LEAST_COST).close()
    return folder, open_rings(folder, [ANA_PASSPHRASE, BEN_PASSPHRASE])


@pytest.fixture
def folder(template: tuple[Path, Opened], tmp_path: Path) -> Path:
    """The folder of a fresh journal."""
    return Path(shutil.copytree(template[0], tmp_path / "journal"))


@pytest.fixture
def both(template: tuple[Path, Opened], folder: Path) -> Iterator[Journal]:
    """It, open with both rings."""
    with Journal(folder, template[1]) as journal:
        yield journal


@pytest.fixture
def ana(template: tuple[Path, Opened], folder: Path) -> Iterator[Journal]:
    """It, open with Ana's ring alone."""
    opened = template[1]
    with Journal(folder, replace(opened, rings={0: opened.rings[0]})) as journal:
        yield journal


@pytest.fixture
def ben(template: tuple[Path, Opened], folder: Path) -> Iterator[Journal]:
    """It, open with Ben's ring alone."""
    opened = template[1]
    with Journal(folder, replace(opened, rings={1: opened.rings[1]})) as journal:
        yield journal


@pytest.fixture
def now() -> datetime:
    """When the dialogues of these tests begin."""
    return datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
