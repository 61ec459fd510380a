"""An exercise as data: its stages in order, and the texts that stand at each place.

``parse`` makes one from a TOML file's mapping; ``check.walk`` holds it against the gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from imago_tui.dialogue.moves import OVER, Place, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.dialogue.moves import Node

Kind = Literal["hear", "tell", "gather", "choose", "still"]
KINDS: tuple[Kind, ...] = ("hear", "tell", "gather", "choose", "still")


class ExerciseError(Exception):
    """An exercise file that can't be held: which rule, where, and what would mend it."""

    def __init__(self, rule: str, where: str, *, nearest: str = "", detail: str = "") -> None:
        """``rule``: a key of the words; ``where``: a stage or field; ``nearest``: a good name."""
        super().__init__(rule, where)
        self.rule, self.where, self.nearest, self.detail = rule, where, nearest, detail


@dataclass(frozen=True, slots=True)
class Face:
    """The texts at one place. ``{sender}`` and ``{receiver}`` stand for the two names."""

    ask: str = ""
    listen: str = ""
    soon: str = ""
    stems: tuple[str, ...] = ()
    help: tuple[str, ...] = ()


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
    columns: tuple[str, ...] = ()
    seconds: int = 0
    minutes: float = 0
    faces: Mapping[str, Face] = field(default_factory=dict, hash=False)

    @property
    def word(self) -> str:
        """The step's name in events and in the journal."""
        return self.step or self.id


@dataclass(frozen=True)
class Exercise:
    """A whole exercise, ready to be held."""

    id: str
    title: str
    about: str
    minutes: int
    stages: tuple[Stage, ...]
    faces: Mapping[str, Face] = field(default_factory=dict, hash=False, repr=False)

    @cached_property
    def places(self) -> Mapping[Node, Place]:
        """The move table."""
        from imago_tui.dialogue.kinds import entry, expand

        found: list[Place] = [Place(OVER, (), over=True)]
        for number, stage in enumerate(self.stages):
            after = self.stages[number + 1 :]
            then = entry(after[0]) if after else OVER
            found.extend(expand(stage, then, self.entry_of))
        return MappingProxyType(table(found))

    @cached_property
    def start(self) -> Node:
        """The first place."""
        from imago_tui.dialogue.kinds import entry

        return entry(self.stages[0])

    @cached_property
    def closing(self) -> Node:
        """Where a stop leads: the first closing stage, or the end."""
        from imago_tui.dialogue.kinds import entry

        return next((entry(stage) for stage in self.stages if stage.closing), OVER)

    @cached_property
    def by_id(self) -> Mapping[str, Stage]:
        """Stages by id."""
        return MappingProxyType({stage.id: stage for stage in self.stages})

    @property
    def keeps(self) -> bool:
        """Whether it asks at its end what to keep; one that doesn't leaves nothing, ever."""
        return any(stage.merge == "least" for stage in self.stages)

    def entry_of(self, stage_id: str) -> Node:
        """The first place of a stage, by id; "over" is the end. Raises ExerciseError."""
        from imago_tui.dialogue.kinds import entry

        if stage_id == "over":
            return OVER
        for stage in self.stages:
            if stage.id == stage_id:
                return entry(stage)
        raise ExerciseError("unknown-stage", stage_id, nearest=near(stage_id, list(self.by_id)))

    def face(self, node: Node) -> Face:
        """The texts at a place: the stage's own, each missing one from the shared ones."""
        own = self.by_id[node.stage].faces.get(node.name) if node.stage in self.by_id else None
        shared = self.faces.get(node.name, Face())
        if own is None:
            return shared
        return Face(
            own.ask or shared.ask,
            own.listen or shared.listen,
            own.soon or shared.soon,
            own.stems or shared.stems,
            own.help or shared.help,
        )


def near(name: str, good: Sequence[str]) -> str:
    """The one of ``good`` that ``name`` may have meant, "" when none is near."""
    # Only needed once something was mistyped.
    import difflib

    return next(iter(difflib.get_close_matches(name, good, 1, 0.5)), "")
