"""What an exercise is made of: stages, the answers they offer, and the texts at each place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Kind = Literal["hear", "tell", "gather", "choose", "still"]
ROLES = ("sender", "receiver", "who", "other")
"""How a text may call somebody, in braces."""

KINDS: tuple[Kind, ...] = ("hear", "tell", "gather", "choose", "still")


class ExerciseError(Exception):
    """An exercise file that can't be held: which rule, where, and what would mend it."""

    def __init__(self, rule: str, where: str, *, nearest: str = "", detail: str = "") -> None:
        """``rule``: a key of the words; ``where``: a stage or field; ``nearest``: a good name."""
        super().__init__(rule, where)
        self.rule, self.where, self.nearest, self.detail = rule, where, nearest, detail


@dataclass(frozen=True, slots=True)
class Face:
    """The texts at one place.

    ``{sender}`` and ``{receiver}`` stand for the two names; ``{who}`` for whoever does this step,
    ``{other}`` for the other one.
    """

    ask: str = ""
    listen: str = ""
    soon: str = ""
    stems: tuple[str, ...] = ()
    help: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a row: its name, what it is asked with, and what may stand in it.

    ``day``: a day, written as people write one. ``one_of``: one of these words. ``optional``: it
    may stay empty, as a day and a word to choose may anyway.
    """

    id: str
    ask: str = ""
    day: bool = False
    one_of: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a ``choose`` stage; ``to`` is a stage's id, "over", or empty for the next."""

    answer: str
    to: str = ""
    when: bool = False
    both: bool = False
    swap: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage. Which fields matter depends on ``kind`` (see ``kinds``)."""

    id: str
    kind: Kind
    by: str = "sender"
    step: str = ""
    check: str = ""
    skippable: bool = False
    keep: bool = True
    closing: bool = False
    more: bool = False
    summary: bool = False
    max: int = 0
    min: int = 0
    partly: bool = False
    merge: str = "each"
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    hear: bool = False
    hidden_until_both: bool = False
    hidden: bool = False
    over: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    many: bool = False
    whose: str = "theirs"
    gives: str = ""
    own: bool = False
    shows: tuple[str, ...] = ()
    loop: bool = False
    then: str = ""
    once: bool = False
    seconds: int = 0
    minutes: float = 0
    faces: Mapping[str, Face] = field(default_factory=dict, hash=False)

    @property
    def picks(self) -> bool:
        """Whether it chooses among items: rows of earlier lists, or its own."""
        return bool(self.over or self.items)

    @property
    def word(self) -> str:
        """The step's name in events and in the journal."""
        return self.step or self.id


def near(name: str, good: Sequence[str]) -> str:
    """The one of ``good`` that ``name`` may have meant, "" when none is near."""
    # Only needed once something was mistyped.
    import difflib

    return next(iter(difflib.get_close_matches(name, good, 1, 0.5)), "")
