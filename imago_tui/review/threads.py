"""What comes back: topics that were chosen, and words that stand in several that were said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui import retelling
from imago_tui.journal import tokens
from imago_tui.journal.keepsakes import AGREED, THEME
from imago_tui.promises import REPLY
from imago_tui.review.remembered import REMEMBER
from imago_tui.review.shown import Heading, Leaf, topic_of
from imago_tui.review.timeline import by_month
from imago_tui.topics import themes, title
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imago_tui.journal.entry import Head
    from imago_tui.journal.keepsakes import Keepsake
    from imago_tui.review.remembered import Kept

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


def threads(heads: Iterable[Head], kept: Kept) -> list[Thread]:
    """What comes back, what came back last first.

    ``heads``: newest first. Topics that no list shows are no thread either.
    """
    small = {tokens.plain(word) for word in words.lines("review.topics.small_words")}
    found: dict[str, tuple[str, list[Head]]] = {}
    for head in heads:
        seen: set[str] = set()
        for word in (*_themes(kept.get(head.id, ())), *_WORD.findall(topic_of(head))):
            key = tokens.plain(word)
            if key in seen or key in small or (word.isascii() and len(word) < LEAST_LETTERS):
                continue
            seen.add(key)
            found.setdefault(key, (word, []))[1].append(head)
    back = [Thread(word, tuple(of)) for word, of in found.values() if len(of) >= LEAST]
    back.sort(key=lambda thread: thread.heads[0].started, reverse=True)
    return back[:MOST]


def _themes(kept: Iterable[Keepsake]) -> list[str]:
    """What the chosen topic is called; one that is no longer known says nothing."""
    ids = [one.said for one in kept if one.step == THEME]
    return [title(id_) for id_ in ids if id_ in themes()]


def items(threads: Iterable[Thread]) -> list[Leaf]:
    """The threads as a list; a leaf's id is the word."""
    return [
        Leaf(
            thread.word,
            "",
            words("review.topics.last", day=retelling.day(thread.heads[0].started)),
            head=thread.word,
        )
        for thread in threads
    ]


def along(thread: Thread, kept: Kept) -> list[Heading | Leaf]:
    """What was remembered and agreed along a thread, newest first, month by month.

    Nobody's name stands there: it is what the two of them have, not what each said.
    """
    found: list[Heading | Leaf] = []
    for item in by_month(thread.heads):
        if isinstance(item, Heading):
            found.append(item)
            continue
        lines = [
            one.said if one.step == REMEMBER else _agreed(one)
            for one in kept.get(item.id, ())
            if one.step in {REMEMBER, AGREED}
        ]
        text = "\n".join(" ".join(line.split()) for line in lines if line)
        day = retelling.day_in_month(item.started)
        found.append(Leaf(item.id, text, head=f"{day}  {topic_of(item)}"))
    return found


def _agreed(one: Keepsake) -> str:
    """What was agreed, as the two of them; a turn that was booked and taken is no news."""
    if one.said in {None, REPLY}:
        return ""
    until = retelling.when(one.until or "")
    what = one.said or ""
    return words(
        "review.topics.agreed" if until else "review.topics.agreed_open", what=what, until=until
    )
