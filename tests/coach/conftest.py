"""What the tests of the coach share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from imago_tui import hints
from imago_tui.coach import Hint, Language, find

DATA = Path(__file__).parent / "data"
SENT = "When you come home late I feel alone. I need a message from you."


class Coach:
    """The coach in English, asked in one word."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def mirror(self, text: str, sent: str = SENT) -> Hint | None:
        return find("mirror", sent, text, self.language)

    def sender(self, text: str) -> Hint | None:
        return find("sender", text, "", self.language)

    def empathy(self, text: str) -> Hint | None:
        return find("empathy", "", text, self.language)

    def about(self, row: dict[str, Any]) -> Hint | None:
        return find(row["kind"], row["sent"], row["mirror"], self.language)


@pytest.fixture(scope="session")
def coach() -> Coach:
    return Coach(hints.language("en"))


@pytest.fixture(scope="session")
def rows() -> dict[str, list[dict[str, Any]]]:
    """The two sets of couples' sentences, written for this project, CC0."""
    return {
        file.stem: [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        for file in DATA.glob("*.jsonl")
    }
