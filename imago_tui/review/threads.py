"""What comes back: words that stand in the topics of several dialogues."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.journal import tokens
from imago_tui.review.shown import topic_of
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imago_tui.journal.entry import Head

LEAST_LETTERS = 3
LEAST = 2
"""A word comes back when it stands in so many topics."""
MOST = 100
"""As many threads are shown; the ones that came back last."""

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Thread:
    """A word as it was written last, and the dialogues about it, newest first."""

    word: str
    heads: tuple[Head, ...]


def threads(heads: Iterable[Head]) -> list[Thread]:
    """The words that come back, the one that came back last first.

    ``heads``: newest first. Topics that no list shows are no thread either.
    """
    small = {tokens.plain(word) for word in words.lines("review.topics.small_words")}
    found: dict[str, tuple[str, list[Head]]] = {}
    for head in heads:
        seen: set[str] = set()
        for word in _WORD.findall(topic_of(head)):
            key = tokens.plain(word)
            if key in seen or key in small or (word.isascii() and len(word) < LEAST_LETTERS):
                continue
            seen.add(key)
            found.setdefault(key, (word, []))[1].append(head)
    back = [Thread(word, tuple(of)) for word, of in found.values() if len(of) >= LEAST]
    back.sort(key=lambda thread: thread.heads[0].started, reverse=True)
    return back[:MOST]
