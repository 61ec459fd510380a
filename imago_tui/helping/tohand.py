"""Words to hand: feelings, needs, what the body says; found by a few letters, never over eight.

"Not sure" and "numb" are answers like any other. A word that tells what somebody did ("ignored") is
found too, and offered with what may be under it; whoever means it takes it as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST = 8
PAGES = ("feelings", "needs", "body")


@dataclass(frozen=True, slots=True)
class Row:
    """A word, or where more of them are. ``into``: the words behind it, none for a word."""

    label: str
    word: str = ""
    into: tuple[str, ...] = ()


def page(name: str) -> tuple[Row, ...]:
    """What stands there before a letter is typed: the families, or the words themselves."""
    if name == "body":
        body = words.table("feelings.body")
        unsure = words.table("feelings.unsure")["shown"]
        return (_family(str(body["title"]), body["shown"]), *map(_word, unsure))
    key = "shown" if name == "feelings" else "words"
    families = words.table(f"{name}.families").values()
    return tuple(_family(str(one["title"]), one[key]) for one in families)


def inside(row: Row) -> tuple[Row, ...]:
    """The words behind a row."""
    return tuple(map(_word, row.into))


def find(letters: str) -> tuple[Row, ...]:
    """Words that begin with these letters, those that are offered anyway first."""
    begun = letters.strip().casefold()
    if not begun:
        return ()
    found: dict[str, Row] = {}
    for row in _every(words.language):
        name = row.word or row.label
        if any(part.startswith(begun) for part in (name.casefold(), *name.casefold().split())):
            found.setdefault(row.word or row.label, row)
        if len(found) == MOST:
            break
    return tuple(found.values())


def family(title: str) -> tuple[Row, ...]:
    """The words of a family, by its title to the letter; none where there is no such family."""
    rows = (row for name in PAGES for row in page(name))
    return next((inside(row) for row in rows if row.into and row.label == title.casefold()), ())


def _family(title: str, some: list[str]) -> Row:
    return Row(title, into=tuple(some))


def _word(word: str) -> Row:
    return Row(word, word)


@lru_cache(maxsize=2)
def _every(language: str) -> tuple[Row, ...]:
    """Every word, the ones on the pages first, the nearest to them before the farthest."""
    del language  # the words follow it; only what is remembered needs to know
    feelings: Mapping[str, Any] = words.table("feelings")
    tables = [*feelings["families"].values(), feelings["body"], feelings["unsure"]]
    shown = [word for one in tables for word in one["shown"]]
    needs = [word for one in words.table("needs.families").values() for word in one["words"]]
    # The rest are known when they are typed; of these, single words can be looked for, too.
    rest = {word for one in tables for word in one["words"] if " " not in word}
    others = sorted(rest, key=lambda word: (len(word), word))
    return (*map(_word, (*shown, *needs)), *_deeds(feelings["faux"]), *map(_word, others))


def _deeds(faux: Mapping[str, list[str]]) -> Iterator[Row]:
    """Words that tell what somebody did, with real ones under them; the word itself comes last."""
    for word, real in faux.items():
        label = words("tohand.under", word=word, feelings=", ".join(real))
        yield Row(label, word, (*real, word))
