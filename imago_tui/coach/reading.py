"""A text as the coach reads it: words, sentences and clauses, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Signs that are typed in several ways, one for one, so that every place stays where it is.
ALIKE = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"'})
LIMIT = 4000  # signs that are looked at: far more than anybody can give back
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
# Written without spaces between words: two neighbours stand for a word.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
SENTENCE = re.compile(r"[^.!?\u2026\u3002\uff01\uff1f\n]+[.!?\u2026\u3002\uff01\uff1f]*")
QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class Part:
    """A stretch of a text: its words and where it begins."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends, in the whole text."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Reading:
    """A text, read once. `text` has one kind of apostrophe and of quotation mark."""

    text: str

    @classmethod
    def of(cls, text: str) -> Reading:
        """Read the first `LIMIT` signs of `text`; every place in it stays the same."""
        return cls(text[:LIMIT].translate(ALIKE))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words in lower case, in order."""
        return tuple(words(self.text))

    @cached_property
    def sentences(self) -> tuple[Part, ...]:
        """Its sentences with the marks that end them."""
        return tuple(trimmed(found[0], found.start()) for found in SENTENCE.finditer(self.text))

    @cached_property
    def unquoted(self) -> Reading:
        """The same with what stands in quotation marks blanked, places unchanged."""
        return Reading(QUOTED.sub(lambda found: " " * len(found[0]), self.text))

    def clauses(self, cut: re.Pattern[str]) -> Iterator[Part]:
        """What stands between two matches of `cut`, within sentences."""
        for sentence in self.sentences:
            at = 0
            for found in cut.finditer(sentence.text):
                yield trimmed(sentence.text[at : found.start()], sentence.start + at)
                at = found.end()
            yield trimmed(sentence.text[at:], sentence.start + at)


def trimmed(text: str, start: int) -> Part:
    """`text` without the white space around it, and where that begins."""
    bare = text.lstrip()
    return Part(bare.rstrip(), start + len(text) - len(bare))


def words(text: str) -> Iterator[str]:
    """Words of `text` in lower case; of scripts without spaces, each pair of neighbours."""
    for found in WORD.finditer(text):
        word = found[0].lower()
        if UNSPACED.match(word) and len(word) > 1:
            yield from (word[at : at + 2] for at in range(len(word) - 1))
        else:
            yield word
