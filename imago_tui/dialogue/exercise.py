"""An exercise as data: its stages in order, and the texts that stand at each place.

``parse`` makes one from a TOML file's mapping; ``check.walk`` holds it against the gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from imago_tui.dialogue.events import PERSONS
from imago_tui.dialogue.kinds import entry, expand
from imago_tui.dialogue.moves import OVER, Place, table
from imago_tui.dialogue.stage import ExerciseError, Face, near

if TYPE_CHECKING:
    from imago_tui.dialogue.moves import Node
    from imago_tui.dialogue.stage import Column, Stage


KEEPING = frozenset({"least", "own"})
"""The choices that say what is kept."""

GROUPS = ("fight", "talk", "appreciate", "understand", "repair", "alone", "guarded")
"""What a couple may look for. ``alone``: for one person; ``guarded``: never suggested."""


@dataclass(frozen=True)
class Exercise:
    """A whole exercise, ready to be held. ``group`` is one of ``GROUPS``, or empty."""

    id: str
    title: str
    about: str
    minutes: int
    stages: tuple[Stage, ...]
    faces: Mapping[str, Face] = field(default_factory=dict, hash=False, repr=False)
    group: str = ""

    @cached_property
    def places(self) -> Mapping[Node, Place]:
        """The move table."""
        found: list[Place] = [Place(OVER, (), over=True)]
        for number, stage in enumerate(self.stages):
            found.extend(expand(stage, self._then(number), self.entry_of))
        return MappingProxyType(table(found))

    def _then(self, number: int) -> Node:
        """Where a stage leads when it is done: the one it names, or the next one."""
        stage, after = self.stages[number], self.stages[number + 1 :]
        if stage.then:
            return self.entry_of(stage.then)
        return entry(after[0]) if after else OVER

    @cached_property
    def once(self) -> Mapping[Node, Node]:
        """Where roles change at most once: the place that asks, and what comes instead of it."""
        return {
            entry(stage): self._then(number)
            for number, stage in enumerate(self.stages)
            if stage.once
        }

    @cached_property
    def start(self) -> Node:
        """The first place."""
        return entry(self.stages[0])

    @cached_property
    def closing(self) -> Node:
        """Where a stop leads: the first closing stage, or the end."""
        return next((entry(stage) for stage in self.stages if stage.closing), OVER)

    @cached_property
    def by_id(self) -> Mapping[str, Stage]:
        """Stages by id."""
        return MappingProxyType({stage.id: stage for stage in self.stages})

    @property
    def keeps(self) -> bool:
        """Whether it asks at its end what to keep; one that doesn't leaves nothing, ever."""
        return any(stage.merge in KEEPING for stage in self.stages)

    @cached_property
    def alone(self) -> bool:
        """Whether it is for one person: then no stage is anybody else's."""
        return any(stage.by == "me" for stage in self.stages)

    def people(self, sender: int) -> tuple[int, ...]:
        """Who is at the table."""
        return (sender,) if self.alone else PERSONS

    def columns(self, step: str) -> tuple[Column, ...]:
        """The fields of a row that is said with ``step``; none where it is no row."""
        return next((one.columns for one in self.stages if one.word == step and one.columns), ())

    def entry_of(self, stage_id: str) -> Node:
        """The first place of a stage, by id; "over" is the end, "closing" where a stop leads.

        Raises ExerciseError.
        """
        if stage_id in {"over", "closing"}:
            return OVER if stage_id == "over" else self.closing
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
