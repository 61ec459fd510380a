"""From a scene to what each pane shows. Texts and places only; what is open, the scene has said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.exercises import label
from imago_tui.helping.stems import NOW, OR
from imago_tui.tui import commands
from imago_tui.tui.widgets.choices import Row
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imago_tui.dialogue.scene import Choice, Names, Scene
    from imago_tui.helping.stems import Stems


@dataclass(frozen=True, slots=True)
class PaneView:
    """What a pane shows. ``mark``: it is their step; ``fresh``: it has just become theirs;
    ``bare``: only name and keys; ``away``: nobody's words, a field's neither.
    """

    name: str
    role: str = ""
    mark: bool = False
    fresh: bool = False
    ask: str = ""
    stem: str = ""
    listen: str = ""
    lead: str = ""
    rows: tuple[Row, ...] = ()
    bare: bool = False
    away: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    """Something that both press for, each with their own first key. ``what``: "here" (the words
    are away until both are back) or "more-time".
    """

    what: str
    done: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Look:
    """What only the screen knows: the finer choices that are open, which stem, who types (and
    sees the words again that were put away), whether
    the words are away while somebody speaks. ``fresh``: whose turn has just begun. ``both``: what
    both are asked to press for, and who has. ``column``: the field of a row that is typed.
    """

    into: Mapping[int, Choice]
    stem: int = 0
    typing: int | None = None
    revealed: bool = False
    bare: bool = False
    both: Both | None = None
    column: int | None = None
    fresh: frozenset[int] = frozenset()


def offered(scene: Scene, who: int, look: Look) -> tuple[Choice, ...]:
    """The choices of a person in the order of their keys."""
    if look.typing is not None:
        return ()  # in a field, keys are letters
    finer = look.into.get(who)
    return finer.into if finer is not None else scene.choices[who]


def side_of(who: int, left: int) -> commands.Side:
    """Where a person sits."""
    return "left" if who == left else "right"


def pane(scene: Scene, names: Names, who: int, left: int, look: Look, lines: Stems) -> PaneView:
    """What the pane of ``who`` shows; ``lines``: those to try."""
    keys = commands.SEATS[side_of(who, left)]
    if look.both is not None:
        waits = who not in look.both.done
        row = Row(commands.shown(keys[0]), words(f"table.both.{look.both.what}"))
        return PaneView(names[who], mark=waits, rows=(row,) if waits else (), away=True)
    rows = tuple(
        Row(commands.shown(key), label(choice))
        for key, choice in zip(keys, offered(scene, who, look), strict=False)
    )
    mine = who in scene.turn
    finer = look.into.get(who)
    return PaneView(
        name=names[who],
        role=role(scene, who),
        mark=who in scene.lit or finer is not None,
        fresh=who in look.fresh,
        ask=label(finer) if finer is not None else asked(scene, look) if mine else "",
        stem=stem(lines, look) if finer is None else "",
        listen="" if mine or finer is not None else scene.listen,
        lead=words("table.when_heard") if scene.aloud and rows and finer is None else "",
        rows=rows,
        bare=look.bare,
    )


def asked(scene: Scene, look: Look) -> str:
    """What is asked: the field of a row that is typed now, else what the scene asks."""
    if look.typing is None or look.column is None or look.column >= len(scene.columns):
        return scene.ask
    return scene.columns[look.column].ask or scene.ask


def stem(lines: Stems, look: Look) -> str:
    """The line to try that stands there. While somebody types, only whose words wait has one."""
    line = lines.at(look.stem).told
    if not line or (look.typing is not None and lines.when != OR):
        return ""
    return line if lines.when == NOW else words(f"table.{lines.when}", stem=line)


def role(scene: Scene, who: int) -> str:
    """The word for what a person is in this round; none where both do the same."""
    if not scene.roles or scene.over:
        return ""
    return words("table.role.speaker" if who == scene.sender else "table.role.listener")
