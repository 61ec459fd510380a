"""Every key and every command, once. Bindings, the line at the bottom, the list of commands and the
help page are all made from here; what they are called stands in `words/en/commands.toml`.

A new command: a line in `COMMANDS`, its words under its id, and a method `do_<id>` on the screens
that it belongs to (`-` becomes `_`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual.binding import Binding

from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

Where = Literal["table", "card", "page", "review", "reading", "watch"]
"""Which screens a command is of: the table, a quiet question, a look back, a dialogue that is read
again, a practice couple's table, any other page.
"""
EVERYWHERE: frozenset[Where] = frozenset({"table", "card", "page", "review", "reading", "watch"})
TABLE: frozenset[Where] = frozenset({"table"})
CARD: frozenset[Where] = frozenset({"card"})
REVIEW: frozenset[Where] = frozenset({"review"})
READING: frozenset[Where] = frozenset({"reading"})
WATCH: frozenset[Where] = frozenset({"watch"})
BACK = REVIEW | READING
ASKED = EVERYWHERE - BACK
LISTS = CARD | REVIEW

Side = Literal["left", "right"]

SEATS: dict[Side, tuple[str, ...]] = {
    "left": ("tab", "2", "1", "3", "4"),
    "right": ("enter", "9", "0", "8", "7"),
}
"""The keys of each seat, by the place of the choice: yes, that's all, not quite, and two more."""

NUMBERS = ("1", "2", "3", "4", "5", "6", "7", "8", "9")
"""The keys of a card's choices, in order."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be asked for.

    ``keys`` work while no field is open, ``twins`` (never a letter) in a field too. ``where``: the
    screens it belongs to. ``first``: it comes before whatever a field would do with the key.
    ``footer``: its place in the line at the bottom, 0 for none.
    """

    id: str
    keys: tuple[str, ...]
    where: frozenset[Where]
    twins: tuple[str, ...] = ()
    first: bool = False
    footer: int = 0

    @property
    def short(self) -> str:
        """A word or two for the line at the bottom."""
        return words(f"commands.{self.id}.short")

    @property
    def long(self) -> str:
        """A sentence for the help page and the list of commands."""
        return words(f"commands.{self.id}.long")

    def key(self, *, field: bool = False) -> str:
        """The key to show, as it is written; ``field``: one that also works in a field."""
        return shown((self.twins or self.keys)[0] if field else (self.keys or self.twins)[0])


COMMANDS = (
    Command("enough", (), ASKED, ("escape",), first=True, footer=1),
    Command("leave", (), BACK, ("escape", "backspace"), footer=1),
    Command("find", ("slash",), REVIEW, ("f3",), footer=2),
    Command("timeline", ("l",), REVIEW, footer=3),
    Command("calendar", ("c",), REVIEW, footer=4),
    Command("still-open", ("o",), REVIEW, footer=6),
    Command("topics", ("t",), REVIEW, footer=7),
    Command("remembered", ("r",), REVIEW, footer=9),
    Command("choose", ("f",), REVIEW, footer=5),
    Command("on-this-day", ("y",), REVIEW, footer=10),
    Command("later-thought", ("w",), READING, footer=2),
    Command("doors", ("m",), REVIEW, footer=8),
    Command("stuck", ("question_mark",), TABLE, ("f1",), first=False, footer=2),
    Command("moment", ("space",), TABLE, ("f9",), footer=3),
    Command("type", ("t",), TABLE, footer=4),
    Command("aloud", (), TABLE, ("ctrl+t",), first=True),
    Command("park", ("p",), TABLE | READING, ("f8",), footer=5),
    Command("back", ("b",), TABLE, ("f5",)),
    Command("smaller", ("s",), TABLE, ("f3",)),
    Command("more-time", ("m",), TABLE, ("f4",)),
    Command("partly", (), TABLE, ("ctrl+n",), first=True),
    Command("show", (), TABLE, ("ctrl+o",), first=True),
    Command("leave-out", (), TABLE, ("ctrl+l",), first=True),
    Command("stem-before", ("up",), TABLE),
    Command("stem-after", ("down",), TABLE),
    Command("words", ("w",), TABLE, ("f6",), first=True, footer=13),
    Command("not-this", ("x",), TABLE, ("f7",), first=True),
    Command("likes", ("h",), TABLE, footer=14),
    Command("our-words", ("e",), TABLE),
    Command("as-it-was", ("o",), TABLE),
    Command("return", ("backspace", "left"), ASKED),
    Command("send", (), frozenset(), ("enter",)),
    Command("new-line", (), frozenset(), ("ctrl+j",)),
    Command("line-after", (), frozenset(), ("tab",)),
    Command("words-after", (), frozenset(), ("tab",)),
    Command("line-before", (), frozenset(), ("shift+tab",)),
    Command("up", (), LISTS | READING, ("up",)),
    Command("down", (), LISTS | READING, ("down",)),
    Command("before", ("left",), REVIEW),
    Command("after", ("right",), REVIEW),
    Command("take", (), LISTS, ("enter",)),
    Command("read", ("enter",), frozenset()),
    Command("faster", ("enter",), WATCH, footer=2),
    Command("wait", ("space",), WATCH, footer=3),
    Command("tick", ("space",), frozenset()),
    Command("page-up", (), EVERYWHERE, ("pageup",)),
    Command("page-down", (), EVERYWHERE, ("pagedown",)),
    Command("first", ("home",), BACK),
    Command("last", ("end",), BACK),
    Command("about", ("a",), EVERYWHERE, ("f2",), footer=11),
    Command("list", (), EVERYWHERE, ("ctrl+p",), first=True),
    Command("close-now", (), EVERYWHERE, ("ctrl+c",), first=True, footer=12),
)
BY_ID = {command.id: command for command in COMMANDS}


def shown(key: str) -> str:
    """A key as people write it."""
    table = words.table("commands.key")
    if key in table:
        return str(table[key])
    if key.startswith("ctrl+"):
        return words("commands.key.ctrl", key=key.removeprefix("ctrl+").upper())
    return key.upper() if key.startswith("f") and key[1:].isdigit() else key


def of(where: Where) -> Iterator[Command]:
    """The commands of a kind of screen."""
    return (command for command in COMMANDS if where in command.where)


def bindings(where: Where) -> list[Binding]:
    """Textual's bindings for a kind of screen: each calls `action_command` with the id."""
    return [
        Binding(
            ",".join((*command.keys, *command.twins)),
            f"command('{command.id}')",
            show=False,
            priority=command.first,
            id=f"{where}.{command.id}",
        )
        for command in of(where)
    ]


def line_bindings() -> list[Binding]:
    """From line to line, on a card with several to type."""
    return [
        Binding(BY_ID[name].twins[0], f"command('{name}')", show=False, id=f"line.{name}")
        for name in ("line-after", "line-before")
    ]


def tick_bindings() -> list[Binding]:
    """In a list of which several rows can be marked."""
    return [Binding(key, "command('tick')", show=False) for key in BY_ID["tick"].keys]


def seat_bindings() -> list[Binding]:
    """The two seats' keys: each calls `action_seat` with the side and the place of the choice."""
    return [
        Binding(key, f"seat('{side}', {place})", show=False, id=f"seat.{side}.{place}")
        for side, keys in SEATS.items()
        for place, key in enumerate(keys)
    ]


def number_bindings(*, first: bool = False) -> list[Binding]:
    """A card's number keys: each calls `action_number` with the place of the choice; ``first``:
    also while letters are typed.
    """
    return [
        Binding(key, f"number({place})", show=False, priority=first, id=f"number.{place}")
        for place, key in enumerate(NUMBERS)
    ]


def footer(where: Where, width: int, *, field: bool = False, without: frozenset[str] = frozenset(),
           also: tuple[str, ...] = ()) -> str:  # fmt: skip
    """The line at the bottom: as many keys as fit into ``width`` cells, the first ones first.

    ``without``: commands that are not open now; ``also``: ids to show before the others.
    """
    ranked = [BY_ID[one] for one in also]
    ranked += sorted(
        (one for one in of(where) if one.footer and one.id not in {*without, *also}),
        key=lambda one: one.footer,
    )
    if field:
        ranked = [one for one in ranked if one.twins]
    line = ""
    for command in ranked:
        piece = f"{command.key(field=field)} {command.short}"
        longer = f"{line}  {piece}" if line else piece
        if len(longer) <= width:
            line = longer
    return line
