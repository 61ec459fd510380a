"""An exercise from the plain mapping of its TOML file, or what is the matter, by stage and field.

No file is read here. What is refused are names and types; the rules of the talk are the walk's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from imago_tui.dialogue.events import EXITS, HELPS, PLAIN
from imago_tui.dialogue.exercise import GROUPS, Exercise
from imago_tui.dialogue.fields import known, lines, one_of, seen, typed
from imago_tui.dialogue.keep import ANSWERS
from imago_tui.dialogue.kinds.choose import MERGES
from imago_tui.dialogue.lists import columns, good_lists, together
from imago_tui.dialogue.stage import KINDS, ROLES, ExerciseError, Face, Kind, Option, Stage, near

WHO: Mapping[Kind, tuple[str, ...]] = {
    "hear": ("sender",),
    "tell": ("sender", "receiver", "each", "me"),
    "gather": ("sender", "receiver", "each", "together", "me"),
    "choose": ("sender", "receiver", "each", "me"),
    "still": ("either", "me"),
}
"""Whose a stage of each kind can be."""

_GUESS = ("tell", "receiver")
"""What can be true in part, or be checked by the Sender."""

MERGE_OF = {"all": ("each",), "least": ("each",), "owner": ("receiver",), "own": ("me",)}
"""Whose the answers are that can be merged so; ``each`` merges any."""

MOST = {"max": 50, "min": 50, "seconds": 3600, "minutes": 240}
"""What no evening holds more of; every row that can be written is a place of its own."""

MOST_STAGES = 60

TAKEN = frozenset({*EXITS, *HELPS, *PLAIN, "mirror", "check", "more", "over", "shown"})
"""Steps that mean the same in every exercise, so that no stage may be called like them."""

_NAME = re.compile(r"\{([^{}]*)\}")
NAMES = (*ROLES, "time")
"""What may stand in braces: roles, never named persons, and the time that is asked for."""

_TYPES: Mapping[str, type] = {
    "id": str, "kind": str, "by": str, "step": str, "check": str, "skippable": bool, "keep": bool,
    "closing": bool, "more": bool, "summary": bool, "max": int, "min": int, "partly": bool,
    "merge": str, "seconds": int, "minutes": float, "hear": bool, "hidden_until_both": bool,
    "hidden": bool, "many": bool, "whose": str, "gives": str, "own": bool, "loop": bool,
    "then": str, "once": bool,
}  # fmt: skip
_FACE = tuple(one.name for one in fields(Face))
_LISTS = ("over", "items", "shows")
_STAGE = sorted({*_TYPES, *_FACE, *_LISTS, "at", "options", "columns"})
_OPTION = sorted(one.name for one in fields(Option))
_HEAD: Mapping[str, type] = {"id": str, "title": str, "about": str, "minutes": int}


def parse(data: Mapping[str, Any], shared: Mapping[str, Face] | None = None) -> Exercise:
    """An exercise from the mapping of its TOML file.

    ``shared`` are the faces that stand wherever a stage brings none of its own. Raises
    ExerciseError for unknown stages or fields (with the nearest good name), wrong types and doubled
    ids.
    """
    known(data, sorted({"schema", "group", "stage", *_HEAD}), "")
    head: dict[str, Any] = {}
    for name, kind in _HEAD.items():
        head[name] = typed(data.get(name), kind, name)
        if not head[name] or (kind is int and head[name] < 0):
            raise ExerciseError("wants-field", name)
    if "group" in data:
        head["group"] = one_of(data["group"], GROUPS, "unknown-group", "group")
    rows = data.get("stage")
    if not isinstance(rows, list) or not rows:
        raise ExerciseError("wants-field", "stage")
    if len(rows) > MOST_STAGES:
        raise ExerciseError("many-stages", "stage")
    stages = tuple(_stage(row, number) for number, row in enumerate(rows, 1))
    seen: set[str] = set()
    for stage in stages:
        if stage.id in seen:
            raise ExerciseError("doubled-id", stage.id)
        seen.add(stage.id)
    exercise = Exercise(stages=together(stages), faces=shared or {}, **head)
    for stage in stages:
        for option in stage.options:
            if option.to:
                exercise.entry_of(option.to)
        if stage.then:
            exercise.entry_of(stage.then)
        _places(exercise, stage)
    return exercise


def _places(exercise: Exercise, stage: Stage) -> None:
    """Texts stand at places that there are."""
    names = {node.name for node in exercise.places if node.stage == stage.id}
    if stage.merge == "owner":
        names.add(f"{stage.word}-both")
    for name in stage.faces:
        if name not in names:
            nearest = near(name, sorted(names))
            raise ExerciseError("unknown-place", f"{stage.id}.at.{name}", nearest=nearest)


def parse_face(data: object, where: str) -> Face:
    """A face from its mapping. Raises ExerciseError for an unknown field or a wrong type."""
    if not isinstance(data, Mapping):
        raise ExerciseError("wants-table", where)
    known(data, _FACE, where)
    values: dict[str, Any] = {}
    for key, value in data.items():
        at = f"{where}.{key}"
        values[key] = lines(value, at) if key in {"stems", "help"} else typed(value, str, at)
        for text in (values[key],) if isinstance(values[key], str) else values[key]:
            for name in _NAME.findall(text):
                one_of(name, NAMES, "unknown-role", at)
    return Face(**values)


def _stage(row: object, number: int) -> Stage:
    if not isinstance(row, Mapping):
        raise ExerciseError("wants-table", f"stage {number}")
    name = row.get("id")
    if not isinstance(name, str) or not name:
        raise ExerciseError("wants-field", f"stage {number}: id")
    known(row, _STAGE, name)
    values: dict[str, Any] = {
        key: typed(value, _TYPES[key], f"{name}.{key}")
        for key, value in row.items()
        if key in _TYPES
    }
    for key in _LISTS:
        if key in row:
            values[key] = lines(row[key], f"{name}.{key}")
    if "columns" in row:
        values["columns"] = columns(row["columns"], f"{name}.columns")
    if "options" in row:
        values["options"] = _options(row["options"], f"{name}.options")
    _good(values, name)
    good_lists(values, name)
    return Stage(faces=_faces(row, name, values.get("step") or name), **values)


def _good(values: dict[str, Any], name: str) -> None:
    """Names that have to be ones we know, and numbers that have to be lengths."""
    kind: Kind = one_of(values.get("kind", ""), KINDS, "unknown-kind", f"{name}.kind")
    values.setdefault("by", WHO[kind][0])
    one_of(values["by"], WHO[kind], "unknown-who", f"{name}.by")
    merge = _good_answers(values, name, kind)
    guess = (kind, values["by"]) == _GUESS and not values.get("own")
    if (values.get("partly") or values.get("check")) and not guess:
        raise ExerciseError("receivers-only", name)
    if merge == "least":
        # What is kept is worked out from these answers and no others (``keep``).
        one_of(name, ("keep",), "keep-name", f"{name}.id")
        for option in values["options"]:
            one_of(option.answer, tuple(ANSWERS), "keep-answer", f"{name}.options")
            one_of(option.to, ("",), "keep-answer", f"{name}.options.to")
    for key in ("id", "step", "check"):
        if values.get(key) in TAKEN:
            raise ExerciseError("taken-step", f"{name}.{key}")
    for key, most in MOST.items():
        if not 0 <= values.get(key, 0) <= most:
            raise ExerciseError("wants-number", f"{name}.{key}")


def _good_answers(values: dict[str, Any], name: str, kind: Kind) -> str:
    """How the answers of a choice are merged; "each" where nobody chooses."""
    merges = MERGES if kind == "choose" else ("each",)
    merge = one_of(values.get("merge", "each"), merges, "unknown-merge", f"{name}.merge")
    if values.get("once") and merge != "owner":
        raise ExerciseError("swap-alone", f"{name}.once")
    if merge in MERGE_OF:
        one_of(values["by"], MERGE_OF[merge], "unknown-who", f"{name}.by")
    if kind == "choose" and not values.get("options"):
        raise ExerciseError("wants-field", f"{name}.options")
    for option in values.get("options", ()):
        if (option.both or option.swap) and merge != "owner":
            raise ExerciseError("swap-alone", f"{name}.options")
    return str(merge)


def _faces(row: Mapping[str, Any], name: str, place: str) -> Mapping[str, Face]:
    """The stage's own texts: at its first place, and at those that ``at`` names."""
    others = row.get("at", {})
    if not isinstance(others, Mapping):
        raise ExerciseError("wants-table", f"{name}.at")
    faces = {at: parse_face(texts, f"{name}.at.{at}") for at, texts in others.items()}
    own = {key: value for key, value in row.items() if key in _FACE}
    if own:
        faces[place] = parse_face(own, name)
    return MappingProxyType(faces)


def _options(value: object, where: str) -> tuple[Option, ...]:
    if not isinstance(value, list):
        raise ExerciseError("wants-option", where)
    options = tuple(_option(item, where) for item in value)
    answers = [option.answer for option in options]
    for answer in answers:
        if answers.count(answer) > 1:
            raise ExerciseError("doubled-answer", f"{where}: {answer}")
    return options


def _option(item: object, where: str) -> Option:
    if isinstance(item, str) and item:
        return Option(seen(item, where))
    if not isinstance(item, Mapping) or not item.get("answer"):
        raise ExerciseError("wants-option", where)
    known(item, _OPTION, where)
    values = {
        key: typed(value, str if key in {"answer", "to"} else bool, f"{where}.{key}")
        for key, value in item.items()
    }
    return Option(**values)
