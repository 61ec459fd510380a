"""What a list and a search give back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from imago_tui.journal import tokens

if TYPE_CHECKING:
    from datetime import datetime

    from imago_tui.journal.entry import Entry, Head
    from imago_tui.journal.trouble import Trouble

AROUND = 60


@dataclass(frozen=True, slots=True)
class Listing:
    """Dialogues, newest first, and what could not be read; str() of each says why."""

    heads: list[Head]
    damaged: list[Trouble] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """A dialogue in which all the words occur."""

    id: str
    topic: str | None
    started: datetime
    snippet: str

    def to_json(self) -> dict[str, Any]:
        """As `journal search` says it."""
        return {
            "id": self.id,
            "topic": self.topic,
            "started": self.started.isoformat(timespec="seconds"),
            "snippet": self.snippet,
        }


def snippet(entry: Entry, words: str) -> str:
    """A piece of `entry` around the first place where one of `words` stands."""
    texts = [turn.text for turn in entry.turns if turn.text]
    texts += [agreement.what for agreement in entry.agreements if agreement.what]
    texts += [entry.topic] if entry.topic else []
    looked_for = tokens.runs(words[: tokens.MOST_QUERY])
    for run in looked_for:
        for text in texts:
            at = tokens.plain(text).find(run)
            if at >= 0:
                return _around(text, at)
    return _around(texts[0], 0) if texts else ""


def _around(text: str, at: int) -> str:
    # Folding can shift places by a few letters: good enough to show where to look.
    start, end = max(0, at - AROUND), at + AROUND
    cut = " ".join(text[start:end].split())
    return ("…" if start else "") + cut + ("…" if end < len(text) else "")
