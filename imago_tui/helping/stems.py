"""The lines to try in front of a person: how they may begin now, or say it in another way.

A line the coach has to offer is one more of these, in the same place and looking alike. Where one
can stand, some line always stands: that there is one says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imago_tui.helping.likes import FULL, OFF
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imago_tui.dialogue.scene import Scene

NOW, THEN, OR = "", "then", "or"
BRIEF = 3
"""Words that stay of a line that stands shorter."""
DOTS = "..."


@dataclass(frozen=True, slots=True)
class Stem:
    """A line to try. ``original``: what stood there, where it is one of their own words."""

    text: str
    original: str = ""

    @property
    def told(self) -> str:
        """As it is shown: in own words never without the mark."""
        return words("ours.marked", line=self.text) if self.original else self.text


@dataclass(frozen=True, slots=True)
class Stems:
    """Lines to try, and when: `NOW`, `THEN` (once it has been said) or `OR` (in another way)."""

    lines: tuple[Stem, ...] = ()
    when: str = NOW

    def at(self, place: int) -> Stem:
        """The line at a place; after the last comes the first."""
        return self.lines[place % len(self.lines)] if self.lines else Stem("")


def stems(
    scene: Scene, who: int, level: str, hint: str = "", own: Mapping[str, str] | None = None
) -> Stems:
    """What stands before ``who``.

    Args:
        scene: what both see.
        who: the person.
        level: how much help they like (`likes.LEVELS`).
        hint: a line that fits what they typed, if there is one.
        own: their own words for lines, names filled in.
    """
    if level == OFF or scene.over:
        return Stems()
    if who in scene.turn:
        lines, when = scene.stems, NOW
    elif who == scene.waits:
        lines, when = scene.again, OR
    elif who != scene.sender and scene.echo:
        lines, when = (scene.echo,), THEN
    else:
        return Stems()
    if hint and not scene.hold:
        # At eight words only those are asked for; the line comes after.
        first = 1 if scene.eight else 0
        lines = (*lines[:first], hint, *lines[first:])
    # While it is held the program's own calming lines stand there, whoever has changed what.
    ours = own if own and not scene.hold else {}
    found = tuple(_said(line, ours) for line in lines)
    if level != FULL:
        found = tuple(replace(one, text=shorter(one.text)) for one in found[:1])
    return Stems(found, when)


def _said(line: str, own: Mapping[str, str]) -> Stem:
    return Stem(own[line], line) if line in own else Stem(line)


def shorter(line: str) -> str:
    """The first words of a line, for those who know how it goes on."""
    begun = line.removesuffix(DOTS).split()
    if len(begun) <= BRIEF + 1:
        return line
    return f"{' '.join(begun[:BRIEF]).rstrip(',;:')} {DOTS}"
