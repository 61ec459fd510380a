"""The items of a list, and what their lines say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui import retelling
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.journal.entry import Head


@dataclass(frozen=True, slots=True)
class Heading:
    """A line between items; it cannot be marked."""

    text: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some words that are kept. ``id``: of the dialogue they are from, or of a note; "": of none.

    Args:
        head: a line above them; may be empty.
        text: the words, to the letter; show them through `inert`.
        foot: a quiet line below them; may be empty.
    """

    id: str
    text: str
    foot: str = ""
    head: str = ""


class Titles:
    """What a list says of dialogues. Looks up an exercise once, however long the list is."""

    def __init__(self) -> None:
        self._what: dict[str, str] = {}

    def of(self, head: Head) -> str:
        """What it was about, or else which exercise it was; in one line, to the letter."""
        topic = topic_of(head)
        if topic:
            return topic
        if head.exercise not in self._what:
            self._what[head.exercise] = retelling.what(head.exercise)
        return self._what[head.exercise]


def topic_of(head: Head) -> str:
    """What a list may say it was about, in one line; "" where it says nothing."""
    return "" if head.state == "unfinished" else " ".join((head.topic or "").split())


def nothing(kind: str) -> str:
    """What stands in the place of an empty list."""
    return words(f"review.empty.{kind}")
