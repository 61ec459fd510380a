"""A journal for two, quick to open, and the commands that use it."""

from __future__ import annotations

import functools
import shutil
from typing import TYPE_CHECKING

import pytest

from imago_tui.journal import kdf, opening
from imago_tui.journal.store import Journal
from tests.plain.table import PASSPHRASES, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True, scope="session")
def _each_key_once() -> Iterator[None]:
    """A passphrase becomes a key only once for each journal; what is tested is not the waiting."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "derive", functools.cache(kdf.derive))
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh journal of Ana and Ben, made at the lowest cost."""
    folder = tmp_path_factory.mktemp("template") / "journal"
    people = list(zip(("Ana", "Ben"), PASSPHRASES, strict=True))
    Journal.create(folder, people, cost=15).close()
    return folder


@pytest.fixture
def table(template: Path, imago_home: Path, capfd: pytest.CaptureFixture[str]) -> Table:
    """A journal of Ana and Ben on this machine."""
    shutil.copytree(template, imago_home / "journal")
    return Table(imago_home, capfd)


@pytest.fixture
def bare(imago_home: Path, capfd: pytest.CaptureFixture[str]) -> Table:
    """No journal yet."""
    imago_home.mkdir()
    return Table(imago_home, capfd)
