"""What holds for every test."""

from __future__ import annotations

import hashlib
import os
import time
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

# Machines are slow at times; what a test has to hold is the outcome, not its own time.
# Where it is decided whether a change lands, the same examples are tried each time.
DECIDING = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
settings.register_profile("imago", deadline=None, print_blob=True, derandomize=DECIDING)
settings.load_profile("imago")


@pytest.fixture(autouse=True)
def imago_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for every test: nobody's journal or settings are touched."""
    home = tmp_path / "imago-home"
    monkeypatch.setenv("IMAGO_TUI_HOME", str(home))
    monkeypatch.delenv("IMAGO_TUI_PASSPHRASE_COMMAND", raising=False)
    monkeypatch.delenv("IMAGO_DEV", raising=False)
    return home


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Generator[None, None, None]:
    """This machine stands in Berlin: its clocks are put on on 29 March 2026, back on 25 October."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(autouse=True, scope="session")
def worked_out_once() -> Generator[None, None, None]:
    """The same passphrase, salt and cost give the same key: no two tests need to work it out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashlib, "scrypt", cache(hashlib.scrypt))
        yield


def insist(report: pytest.TestReport | pytest.CollectReport, name: str) -> None:
    """Where it is decided whether a change lands (CI is set), no test may be left out."""
    if DECIDING and report.skipped and not hasattr(report, "wasxfail"):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{name} was left out, and under CI none may be: {why}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    insist(report, item.nodeid)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    insist(report, collector.nodeid)
    return report
