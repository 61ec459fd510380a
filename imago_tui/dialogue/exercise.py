"""An exercise as data: its stages in order, and the texts that stand at each place.

``parse`` turns the plain mapping of a TOML file into an ``Exercise`` or says what is the matter, by
stage and field; it reads no file. The rules of the talk are checked by ``check.walk``.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from imago_tui.dialogue.moves import OVER, Place, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.dialogue.moves import Node

Kind = Literal["hear", "tell", "gather", "choose", "still"]
KINDS = ("hear", "tell", "gather", "choose", "still")
WHO = ("sender", "receiver", "each", "either")


class ExerciseError(Exception):
    """An exercise file that can't be held: which rule, where, and what would mend it."""

    def __init__(self, rule: str, where: str, *, nearest: str = "", detail: str = "") -> None:
        """``rule`` is a key of the words file, ``where`` a stage or field, ``nearest`` a good name."""
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
        raise ExerciseError("unknown-stage", stage_id, nearest=_near(stage_id, list(self.by_id)))

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


def _near(name: str, good: Sequence[str]) -> str:
    return next(iter(difflib.get_close_matches(name, good, 1, 0.5)), "")


def parse_face(data: Mapping[str, Any], where: str) -> Face:
    """A face from its mapping. Raises ExerciseError for an unknown field or a wrong type."""
    known = {f.name for f in fields(Face)}
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key not in known:
            raise ExerciseError(
                "unknown-field", f"{where}.{key}", nearest=_near(key, sorted(known))
            )
        if key in {"stems", "help"}:
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                raise ExerciseError("wants-lines", f"{where}.{key}")
            values[key] = tuple(value)
        elif isinstance(value, str):
            values[key] = value
        else:
            raise ExerciseError("wants-text", f"{where}.{key}")
    return Face(**values)


def parse(data: Mapping[str, Any], shared: Mapping[str, Face] | None = None) -> Exercise:
    """An exercise from the mapping of its TOML file.

    ``shared`` are the faces that stand wherever a stage brings none of its own. Raises ExerciseError
    for unknown stages or fields (with the nearest good name), wrong types and doubled ids.
    """
    head: dict[str, Any] = {}
    for name, kind in (("id", str), ("title", str), ("about", str), ("minutes", int)):
        if not isinstance(data.get(name), kind) or not data[name]:
            raise ExerciseError("wants-field", name)
        head[name] = data[name]
    known = {"schema", "stage", *head}
    for key in data:
        if key not in known:
            raise ExerciseError("unknown-field", key, nearest=_near(key, sorted(known)))
    rows = data.get("stage")
    if not isinstance(rows, list) or not rows:
        raise ExerciseError("wants-field", "stage")
    stages = tuple(_stage(row, number) for number, row in enumerate(rows, 1))
    seen: set[str] = set()
    for stage in stages:
        if stage.id in seen or stage.id == "over":
            raise ExerciseError("doubled-id", stage.id)
        seen.add(stage.id)
    exercise = Exercise(stages=stages, faces=shared or {}, **head)
    for stage in stages:
        for option in stage.options:
            if option.to:
                exercise.entry_of(option.to)
    return exercise


_TYPES: dict[str, type | tuple[type, ...]] = {
    "id": str, "kind": str, "by": str, "step": str, "check": str, "skippable": bool, "keep": bool,
    "closing": bool, "more": bool, "summary": bool, "max": int, "min": int, "partly": bool,
    "merge": str, "seconds": int, "minutes": (int, float),
}  # fmt: skip
_FACE = {f.name for f in fields(Face)}


def _stage(row: object, number: int) -> Stage:
    if not isinstance(row, Mapping):
        raise ExerciseError("wants-table", f"stage {number}")
    name = row.get("id")
    if not isinstance(name, str) or not name:
        raise ExerciseError("wants-field", f"stage {number}: id")
    values: dict[str, Any] = {}
    faces: dict[str, Face] = {}
    own: dict[str, Any] = {}
    for key, value in row.items():
        where = f"{name}.{key}"
        if key in _FACE:
            own[key] = value
        elif key == "at":
            if not isinstance(value, Mapping):
                raise ExerciseError("wants-table", where)
            for place, texts in value.items():
                faces[place] = parse_face(texts, f"{where}.{place}")
        elif key == "options":
            values[key] = tuple(_option(item, where) for item in value)
        elif key == "columns":
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                raise ExerciseError("wants-lines", where)
            values[key] = tuple(value)
        elif key in _TYPES:
            wanted = _TYPES[key]
            if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
                raise ExerciseError("wants-type", where, detail=str(wanted))
            values[key] = value
        else:
            good = sorted({*_TYPES, *_FACE, "at", "options", "columns"})
            raise ExerciseError("unknown-field", where, nearest=_near(key, good))
    if values.get("kind") not in KINDS:
        kind = str(values.get("kind", ""))
        raise ExerciseError("unknown-kind", f"{name}.kind", nearest=_near(kind, KINDS))
    if values.get("by", "sender") not in WHO:
        raise ExerciseError("unknown-who", f"{name}.by", nearest=_near(values["by"], WHO))
    if own:
        faces[values.get("step") or name] = parse_face(own, name)
    return Stage(faces=MappingProxyType(faces), **values)


def _option(item: object, where: str) -> Option:
    if isinstance(item, str):
        return Option(item)
    if not isinstance(item, Mapping) or not isinstance(item.get("answer"), str):
        raise ExerciseError("wants-option", where)
    good = {f.name for f in fields(Option)}
    for key, value in item.items():
        if key not in good:
            raise ExerciseError("unknown-field", f"{where}.{key}", nearest=_near(key, sorted(good)))
        if not isinstance(value, str if key in {"answer", "to"} else bool):
            raise ExerciseError("wants-type", f"{where}.{key}")
    return Option(**item)
