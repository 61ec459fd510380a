"""What the pages promise, a test holds: each that they name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
PAGES = ("reliability.md", "threat-model.md")
NAMED = re.compile(r"`(test_\w+)`")
LINKED = re.compile(r"\]\(\.\./(tests/[\w./-]+)\)")
DEFINED = re.compile(r"^\s*(?:async )?def (test_\w+)", re.MULTILINE)


def defined() -> set[str]:
    """Names of all tests."""
    files = (TOP / "tests").rglob("test_*.py")
    return {name for file in files for name in DEFINED.findall(file.read_text("utf-8"))}


@pytest.mark.parametrize("page", PAGES)
def test_each_test_that_a_page_names_is_there(page: str) -> None:
    text = (TOP / "docs" / page).read_text("utf-8")
    named = set(NAMED.findall(text))
    assert len(named) > 20
    assert named - defined() == set()
    assert [link for link in LINKED.findall(text) if not (TOP / link).exists()] == []


def test_each_row_of_faults_has_its_test() -> None:
    text = (TOP / "docs" / "reliability.md").read_text("utf-8").partition("## Fuzzing")[0]
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    bare = [row for row in rows if not NAMED.search(row) and not row.endswith("| test |")]
    assert bare == []
    assert len(rows) > 30


def test_each_promise_has_its_test() -> None:
    text = (TOP / "docs" / "threat-model.md").read_text("utf-8")
    promised = text.partition("## What is promised")[2].partition("## What is not promised")[0]
    promises = [part for part in promised.split("\n\n") if part.startswith("**")]
    assert len(promises) > 8
    assert [part[:60] for part in promises if not NAMED.search(part)] == []
