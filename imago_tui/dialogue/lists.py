"""What an exercise file says of lists: their columns, who writes, what is chosen from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from imago_tui.dialogue.fields import known, lines, one_of, typed
from imago_tui.dialogue.keep import OWN
from imago_tui.dialogue.kinds.items import MOST
from imago_tui.dialogue.stage import Column, ExerciseError, near

if TYPE_CHECKING:
    from imago_tui.dialogue.stage import Stage

WHOSE = ("theirs", "own", "both")
GIVES = ("promise", "reply", "return", "decision", "look-back")
"""What is agreed: a promise of somebody's, or a time, by what it is for."""

_COLUMN = tuple(one.name for one in fields(Column))
_OF_GATHER = ("columns", "hear", "hidden_until_both", "hidden")
_OF_CHOOSE = ("over", "items", "many", "whose")


def columns(value: object, where: str) -> tuple[Column, ...]:
    """The fields of a row: names, or tables with what is asked and what may stand there."""
    if not isinstance(value, list) or not value:
        raise ExerciseError("wants-column", where)
    found = tuple(_column(item, where) for item in value)
    names = [column.id for column in found]
    for name in names:
        if names.count(name) > 1:
            raise ExerciseError("doubled-id", f"{where}: {name}")
    return found


def _column(item: object, where: str) -> Column:
    if isinstance(item, str) and item:
        return Column(typed(item, str, where))
    if not isinstance(item, Mapping) or not item.get("id"):
        raise ExerciseError("wants-column", where)
    known(item, _COLUMN, where)
    values: dict[str, Any] = {}
    for key, given in item.items():
        at = f"{where}.{key}"
        kind = bool if key in {"day", "optional"} else str
        values[key] = lines(given, at) if key == "one_of" else typed(given, kind, at)
    return Column(**values)


def good_lists(values: Mapping[str, Any], name: str) -> None:
    """Fields of one stage that belong to lists, and go together. Raises ExerciseError."""
    kind = values["kind"]
    for wanted, keys in (("gather", _OF_GATHER), ("choose", _OF_CHOOSE)):
        for key in keys:
            if values.get(key) and kind != wanted:
                raise ExerciseError("list-field", f"{name}.{key}")
    if values.get("max") and values.get("min", 0) > values["max"]:
        raise ExerciseError("few-rows", f"{name}.max")
    if values.get("hear") and values["by"] != "sender":
        raise ExerciseError("heard-senders", name)
    if values.get("hidden_until_both") and values["by"] != "each":
        raise ExerciseError("hidden-each", name)
    if values.get("own") and (kind, values["by"]) != ("tell", "receiver"):
        raise ExerciseError("own-tell", name)
    if values.get("loop") and not values.get("shows"):
        raise ExerciseError("wants-field", f"{name}.shows")
    _good_choice(values, name)
    _good_gift(values, name)


def _good_choice(values: Mapping[str, Any], name: str) -> None:
    one_of(values.get("whose", "theirs"), WHOSE, "unknown-whose", f"{name}.whose")
    picks = values.get("over") or values.get("items")
    if values.get("over") and values.get("items"):
        raise ExerciseError("one-list", name)
    if values.get("many") and not picks:
        raise ExerciseError("wants-field", f"{name}.over")
    if picks and not values.get("many"):
        for option in values["options"]:
            if option.answer.isdigit():
                raise ExerciseError("doubled-answer", f"{name}.options: {option.answer}")
        if len(values.get("items", ())) > MOST:
            raise ExerciseError("many-items", f"{name}.items")
    if picks and values.get("merge", "each") not in (
        ("each", "all") if values.get("many") else ("each",)
    ):
        raise ExerciseError("unknown-merge", f"{name}.merge")
    if values.get("many") and any(option.to or option.when for option in values["options"]):
        raise ExerciseError("many-way", f"{name}.options")
    if values.get("merge") == "own":
        one_of(name, ("keep",), "keep-name", f"{name}.id")
        for option in values["options"]:
            one_of(option.answer, OWN, "keep-own", f"{name}.options")
            one_of(option.to, ("",), "keep-own", f"{name}.options.to")


def _good_gift(values: Mapping[str, Any], name: str) -> None:
    gives = values.get("gives", "")
    if not gives:
        return
    one_of(gives, GIVES, "unknown-gift", f"{name}.gives")
    row = values["kind"] == "gather" and not values.get("hear")
    item = (values.get("over") or values.get("items")) and not values.get("many")
    if not (row or item) if gives == "promise" else values["kind"] != "choose":
        raise ExerciseError("unknown-gift", f"{name}.gives")


def together(stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """The stages, each list they name being the step of its rows. Raises ExerciseError."""
    if any(stage.by == "me" for stage in stages):
        for stage in stages:
            one_of(stage.by, ("me",), "alone-mixed", stage.id)
    before: dict[str, Stage] = {}
    found = []
    for stage in stages:
        for key in ("over", "shows"):
            for name in getattr(stage, key):
                if name not in before:
                    at = f"{stage.id}.{key}"
                    raise ExerciseError("unknown-list", at, nearest=near(name, list(before)))
        one = stage.over and not stage.many
        if one and sum(_rows(before[name], stage) for name in stage.over) > MOST:
            raise ExerciseError("many-items", f"{stage.id}.over")
        over = tuple(before[name].word for name in stage.over)
        shows = tuple(before[name].word for name in stage.shows)
        found.append(replace(stage, over=over, shows=shows))
        if stage.kind == "gather" or (stage.many and stage.keep):
            before[stage.id] = stage
    return tuple(found)


def _rows(gathered: Stage, chosen: Stage) -> int:
    """Rows that there can be to choose from."""
    each = 2 if gathered.by == "each" and chosen.whose == "both" else 1
    return each * (gathered.max or max(gathered.min, 1))
