"""What is asked or told around the talk, as values that every front end shows in its own way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

By = Literal["anyone", "seat", "each", "one"]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be pressed. `key` is for the program, `label` is read."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One line to type. `hidden`: not shown while it is typed. `like`: an example of it."""

    label: str
    hidden: bool = False
    value: str = ""
    like: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One instruction, and what can be pressed or typed.

    Args:
        id: which page; its texts stand under this name in the words file.
        title: the instruction.
        lines: some more about it.
        options: what can be pressed, equal in place and size. The first takes what was
            typed.
        fields: lines to type.
        by: who answers. "anyone": one press; "seat": one press from a seat, which says who;
            "each": both, and nothing is shown or done before the second has answered;
            "one": `who` alone, while the other looks away.
        who: that person.
        suggested: key of the option that Enter takes; the first when empty.
        small: one quiet line at the end.
        note: one line that says what was not quite right with the last answer.
    """

    id: str
    title: str
    lines: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    fields: tuple[Field, ...] = ()
    by: By = "anyone"
    who: int | None = None
    suggested: str = ""
    small: str = ""
    note: str = ""

    @property
    def usual(self) -> str:
        """Key of the option that Enter takes."""
        return self.suggested or self.options[0].key


@dataclass(frozen=True, slots=True)
class Answer:
    """What was pressed and typed.

    Args:
        choice: key of the option; at "each" that of person 0.
        who: who pressed it, at "seat".
        texts: what stands in the fields, in their order.
        other: at "each", the option that person 1 pressed.
    """

    choice: str = ""
    who: int | None = None
    texts: tuple[str, ...] = field(default=(), repr=False)
    other: str = ""

    def both(self, key: str) -> bool:
        """Whether each of the two pressed `key`."""
        return self.choice == key == self.other
