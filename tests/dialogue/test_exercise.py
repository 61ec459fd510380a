"""An exercise file: what can't be meant is refused, with the place and the nearest good name."""

from __future__ import annotations

import ast
import copy
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import imago_tui
from imago_tui import exercises
from imago_tui.dialogue import check
from imago_tui.dialogue.moves import Node, table
from imago_tui.dialogue.parse import parse, parse_face
from imago_tui.dialogue.stage import ExerciseError, Face
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCE = Path(imago_tui.__file__).parent
SHORT = """
schema = 1
id = "short"
title = "Short"
about = "A short one."
minutes = 10

[[stage]]
id = "send"
kind = "hear"
more = true
summary = true
ask = "{sender}, say a little."
at.mirror.ask = "{receiver}, give it back."

[[stage]]
id = "validate"
kind = "tell"
by = "receiver"
partly = true

[[stage]]
id = "empathize"
kind = "tell"
by = "receiver"
check = "empathy-check"

[[stage]]
id = "ask-for"
kind = "gather"
by = "sender"
columns = ["what", "when"]
min = 1
max = 3

[[stage]]
id = "switch"
kind = "choose"
by = "receiver"
merge = "owner"
options = [{ answer = "now", to = "send", both = true, swap = true }, "enough"]

[[stage]]
id = "quiet"
kind = "still"
closing = true
seconds = 30
minutes = 0.5

[[stage]]
id = "keep"
kind = "choose"
by = "each"
merge = "least"
closing = true
options = ["nothing", "outcome", "together", "all"]
"""


def data() -> dict[str, Any]:
    return copy.deepcopy(tomllib.loads(SHORT))


def stage(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["stage"] if one["id"] == name)


def put(name: str, **values: Any) -> Callable[[dict[str, Any]], None]:
    """A change of a stage: None takes a field out."""

    def change(found: dict[str, Any]) -> None:
        for key, value in values.items():
            if value is None:
                stage(found, name).pop(key.replace("_", "-"), None)
            else:
                stage(found, name)[key] = value

    return change


def top(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda found: found.update(values)


def test_a_short_exercise_can_be_held() -> None:
    exercise = parse(data())
    assert check.walk(exercise).faults == set()
    assert exercise.by_id["quiet"].by == "either"
    assert exercise.face(Node("send", "mirror", "0.0")).ask == "{receiver}, give it back."
    assert exercise.keeps
    assert exercise.entry_of("over").stage == "over"


BAD = [
    (top(id=""), "wants-field", "id", ""),
    (top(minutes="10"), "wants-number", "minutes", ""),
    (top(minutes=True), "wants-number", "minutes", ""),
    (top(minutes=-1), "wants-field", "minutes", ""),
    (top(title=3), "wants-text", "title", ""),
    (lambda found: found.pop("about"), "wants-field", "about", ""),
    (top(abuot="x"), "unknown-field", "abuot", "about"),
    (top(group="talks"), "unknown-group", "group", "talk"),
    (top(group=1), "unknown-group", "group", ""),
    (top(stage=[]), "wants-field", "stage", ""),
    (top(stage={}), "wants-field", "stage", ""),
    (top(stage=["send"]), "wants-table", "stage 1", ""),
    (top(stage=[{"kind": "hear"}]), "wants-field", "stage 1: id", ""),
    (lambda found: found["stage"].append(data()["stage"][0]), "doubled-id", "send", ""),
    (put("send", kind="heer"), "unknown-kind", "send.kind", "hear"),
    (put("send", kind=None), "unknown-kind", "send.kind", ""),
    (put("send", kind=1), "wants-text", "send.kind", ""),
    (put("send", sumary=True), "unknown-field", "send.sumary", "summary"),
    (put("send", more="yes"), "wants-yes-or-no", "send.more", ""),
    (put("send", max=True), "wants-number", "send.max", ""),
    (put("send", max=1.5), "wants-number", "send.max", ""),
    (put("send", max=-1), "wants-number", "send.max", ""),
    (put("ask-for", max=10**9), "wants-number", "ask-for.max", ""),
    (put("quiet", seconds=10**9), "wants-number", "quiet.seconds", ""),
    (put("quiet", minutes=float("nan")), "wants-number", "quiet.minutes", ""),
    (put("quiet", minutes=-0.5), "wants-number", "quiet.minutes", ""),
    (put("send", by="sendr"), "unknown-who", "send.by", "sender"),
    (put("send", by="receiver"), "unknown-who", "send.by", ""),
    (put("validate", by="both"), "unknown-who", "validate.by", ""),
    (put("validate", by="sender"), "receivers-only", "validate", ""),
    (put("send", check="c"), "receivers-only", "send", ""),
    (put("quiet", by="each"), "unknown-who", "quiet.by", ""),
    (put("switch", merge="ownr"), "unknown-merge", "switch.merge", "owner"),
    (put("switch", by="each"), "unknown-who", "switch.by", ""),
    (put("switch", merge="each"), "swap-alone", "switch.options", ""),
    (put("keep", by="receiver"), "unknown-who", "keep.by", ""),
    (put("validate", merge="least"), "unknown-merge", "validate.merge", ""),
    (put("keep", options=["all", "xyz"]), "keep-answer", "keep.options", ""),
    (put("keep", options=["al"]), "keep-answer", "keep.options", "all"),
    (put("keep", id="store"), "keep-name", "store.id", ""),
    (put("send", step="mirror"), "taken-step", "send.step", ""),
    (put("empathize", check="stop"), "taken-step", "empathize.check", ""),
    (put("quiet", id="over"), "taken-step", "over.id", ""),
    (put("switch", options=None), "wants-field", "switch.options", ""),
    (put("switch", options=[]), "wants-field", "switch.options", ""),
    (put("switch", options="enough"), "wants-option", "switch.options", ""),
    (put("switch", options=[1]), "wants-option", "switch.options", ""),
    (put("switch", options=[""]), "wants-option", "switch.options", ""),
    (put("switch", options=[{"to": "send"}]), "wants-option", "switch.options", ""),
    (put("switch", options=[{"answer": 1}]), "wants-text", "switch.options.answer", ""),
    (put("switch", options=["a", "a"]), "doubled-answer", "switch.options: a", ""),
    (
        put("switch", options=[{"answer": "now", "too": "send"}]),
        "unknown-field", "switch.options.too", "to",
    ),
    (
        put("switch", options=[{"answer": "now", "when": "later"}]),
        "wants-yes-or-no", "switch.options.when", "",
    ),
    (put("switch", options=[{"answer": "now", "to": "sned"}]), "unknown-stage", "sned", "send"),
    (put("ask-for", columns="what"), "wants-column", "ask-for.columns", ""),
    (put("ask-for", columns=[]), "wants-column", "ask-for.columns", ""),
    (put("ask-for", columns=["a", "a"]), "doubled-id", "ask-for.columns: a", ""),
    (
        put("ask-for", columns=[{"id": "a", "dya": True}]),
        "unknown-field", "ask-for.columns.dya", "day",
    ),
    (put("ask-for", columns=[{"ask": "a"}]), "wants-column", "ask-for.columns", ""),
    (
        put("ask-for", columns=[{"id": "a", "day": "x"}]),
        "wants-yes-or-no", "ask-for.columns.day", "",
    ),
    (put("ask-for", min=9), "few-rows", "ask-for.max", ""),
    (put("ask-for", by="receiver", hear=True), "heard-senders", "ask-for", ""),
    (put("ask-for", hidden_until_both=True), "hidden-each", "ask-for", ""),
    (put("ask-for", gives="gift"), "unknown-gift", "ask-for.gives", ""),
    (put("ask-for", gives="promiss"), "unknown-gift", "ask-for.gives", "promise"),
    (put("ask-for", gives="return"), "unknown-gift", "ask-for.gives", ""),
    (put("send", hear=True), "list-field", "send.hear", ""),
    (put("send", over=["ask-for"]), "list-field", "send.over", ""),
    (put("send", shows=["ask-for"]), "unknown-list", "send.shows", ""),
    (put("quiet", shows=["ask-fro"]), "unknown-list", "quiet.shows", "ask-for"),
    (put("quiet", loop=True), "wants-field", "quiet.shows", ""),
    (put("quiet", by="me"), "alone-mixed", "send", ""),
    (put("validate", by="sender", partly=None, own=True), "own-tell", "validate", ""),
    (put("switch", over=["ask-for"]), "unknown-merge", "switch.merge", ""),
    (put("switch", many=True), "wants-field", "switch.over", ""),
    (put("switch", whose="them"), "unknown-whose", "switch.whose", "theirs"),
    (put("send", at={"mirorr": {"ask": "x"}}), "unknown-place", "send.at.mirorr", "mirror"),
    (put("send", ask="{sendr}, say"), "unknown-role", "send.ask", "sender"),
    (put("send", ask="{Anna}, say"), "unknown-role", "send.ask", ""),
    (put("send", stems=[1]), "wants-lines", "send.stems", ""),
    (put("send", ask=["x"]), "wants-text", "send.ask", ""),
    (put("send", at=["x"]), "wants-table", "send.at", ""),
    (put("send", at={"mirror": "x"}), "wants-table", "send.at.mirror", ""),
    (put("send", at={"mirror": {"aks": "x"}}), "unknown-field", "send.at.mirror.aks", "ask"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "rule", "where", "nearest"), BAD, ids=[f"{one[1]} {one[2]}" for one in BAD]
)
def test_what_can_t_be_meant(
    change: Callable[[dict[str, Any]], None], rule: str, where: str, nearest: str
) -> None:
    found = data()
    change(found)
    with pytest.raises(ExerciseError) as refused:
        parse(found)
    assert (refused.value.rule, refused.value.where) == (rule, where)
    assert refused.value.nearest == nearest


JUNK = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.lists(st.integers())


@given(st.sampled_from(sorted({key for one in data()["stage"] for key in one})), JUNK, st.data())
def test_any_value_is_read_or_refused_with_its_place(key: str, value: Any, more: Any) -> None:
    found = data()
    more.draw(st.sampled_from(found["stage"]))[key] = value
    try:
        exercise = parse(found)
    except ExerciseError as refused:
        told = words("exercises.rule." + refused.rule, where=refused.where), refused.where
    else:
        told = exercise.title, str(len(exercise.places))
    assert all(told)


def drop(name: str) -> Callable[[dict[str, Any]], None]:
    return lambda found: found.update(stage=[s for s in found["stage"] if s["id"] != name])


def move(name: str, place: int) -> Callable[[dict[str, Any]], None]:
    def change(found: dict[str, Any]) -> None:
        one = stage(found, name)
        found["stage"].remove(one)
        found["stage"].insert(place, one)

    return change


PICK = {"id": "gift", "kind": "choose", "by": "receiver", "over": ["ask-for"]}

READY = {"id": "ready", "kind": "choose", "by": "each", "merge": "all"} | {
    "options": ["yes", {"answer": "later", "to": "over", "when": True}]
}

FAULTY = [
    (drop("validate"), "empathy-too-soon"),
    (drop("empathize"), "turn-too-soon"),
    (move("validate", 0), "validated-too-soon"),
    (move("ask-for", 0), "request-too-soon"),
    (move("switch", 1), "turn-too-soon"),
    (put("send", summary=False), "validated-too-soon"),
    (lambda found: found["stage"].insert(4, PICK | {"options": ["later"]}), "no-none"),
    (
        lambda found: found["stage"].insert(
            4, PICK | {"options": [{"answer": "none", "to": "ask-for"}]}
        ),
        "no-none",
    ),
    (lambda found: found["stage"].insert(4, {"id": "own", "kind": "tell"}), "no-way-past"),
    (lambda found: found["stage"].insert(0, {"id": "before", "kind": "hear"}), "no-way-past"),
    (put("validate", closing=True), "content-after-closing"),
    (lambda found: found["stage"].insert(0, READY), "no-no"),
    (put("switch", options=[{"answer": "book", "when": True}]), "no-no"),
    (put("keep", options=["outcome", "together", "all"]), "no-no"),
    (put("switch", options=["now", {"answer": "enough", "to": "over"}]), "ends-unasked"),
    (put("switch", options=[{"answer": "again", "to": "switch"}]), "no-way-on"),  # an endless loop
    (
        put("switch", options=[{"answer": "now", "to": "send", "swap": True}, "enough"]),
        "turn-too-soon",
    ),
]


@pytest.mark.parametrize(("change", "rule"), FAULTY)
def test_what_breaks_a_rule_of_the_talk(
    change: Callable[[dict[str, Any]], None], rule: str
) -> None:
    found = data()
    change(found)
    faults = check.walk(parse(found)).faults
    assert rule in {fault.rule for fault in faults}
    for fault in faults:
        assert words("exercises.fault." + fault.rule, where=fault.stage, step=fault.step)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (put("send", ask="{sender}, say sorry first."), "waits-on"),
        (put("empathize", ask="{receiver}, hug them."), "waits-on"),
        (put("ask-for", ask="Where were  you on Friday?"), "watches"),
        (put("ask-for", columns=["the PIN code"]), "watches"),
        (put("send", stems=["Tell me your Password, please."]), "watches"),
    ],
)
def test_what_nobody_may_be_asked(change: Callable[[dict[str, Any]], None], rule: str) -> None:
    found = data()
    assert exercises.worded(parse(found)) == set()
    change(found)
    (fault,) = exercises.worded(parse(found))
    assert fault.rule == rule
    assert words("exercises.fault." + fault.rule, where=fault.stage, step=fault.step)


def test_what_can_be_left_out_may_ask_for_more() -> None:
    found = data()
    put("ask-for", ask="A hug, or sorry, if you like.")(found)
    assert exercises.worded(parse(found)) == set()


def rules() -> Iterator[tuple[str, str]]:
    """Every rule that the code can name: in an ExerciseError, a call that makes one, a Fault."""
    for name in ("dialogue/parse.py", "dialogue/fields.py", "dialogue/lists.py",
                 "dialogue/exercise.py", "dialogue/check.py", "dialogue/declining.py",
                 "dialogue/wording.py", "exercises/__init__.py",
                 "exercises/own.py"):  # fmt: skip
        for node in ast.walk(ast.parse((SOURCE / name).read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                at = {"ExerciseError": ("rule", 0), "one_of": ("rule", 2), "Fault": ("fault", 0)}
                kind, place = at.get(node.func.id, ("", 0))
                if kind and isinstance(node.args[place], ast.Constant):
                    yield kind, str(node.args[place].value)  # type: ignore[attr-defined]
            elif isinstance(node, ast.Dict):
                for key in node.keys:
                    if isinstance(key, ast.Constant) and "-" in str(key.value):
                        yield "fault", str(key.value)
    handed_on = ("own-id", "own-name", "own-shipped")
    for rule in ("wants-text", "wants-number", "wants-yes-or-no", *handed_on):
        yield "rule", rule


def test_every_rule_has_its_sentence_and_every_sentence_its_rule() -> None:
    named = set(rules())
    assert {rule for kind, rule in named if kind == "rule"} == set(words.table("exercises.rule"))
    assert {rule for kind, rule in named if kind == "fault"} == set(words.table("exercises.fault"))
    for rule, text in words.table("exercises.rule").items():
        assert "{where}" in text
        assert words(f"exercises.rule.{rule}", where="x")
    for fault, text in words.table("exercises.fault").items():
        assert "{where}" in text
        assert words(f"exercises.fault.{fault}", where="x", step="y")


def test_the_shipped_ones() -> None:
    assert exercises.names() == (
        "affirmations",
        "amends",
        "appreciation",
        "betrayal",
        "caring",
        "childhood",
        "cycle",
        "daily",
        "deciding",
        "deepening",
        "dialogue",
        "fight",
        "fun",
        "goodbye",
        "letters",
        "parent-child",
        "recovery",
        "redo",
        "requests",
        "review",
        "short",
        "silly",
        "story",
        "stretch",
        "sunday",
        "today",
        "vision",
    )
    for name in exercises.names():
        assert exercises.load(name).id == name
    with pytest.raises(ExerciseError) as refused:
        exercises.load("dialog")
    assert (refused.value.rule, refused.value.nearest) == ("unknown-exercise", "dialogue")


def test_a_face_is_filled_from_the_shared_one() -> None:
    shared = {"send": parse_face({"ask": "a", "help": ["h"], "soon": "s"}, "x")}
    face = parse(data(), shared).face(Node("send", "send", "0"))
    assert face == Face("{sender}, say a little.", "", "s", (), ("h",))
    assert parse(data(), shared).face(Node("validate", "validate")) == Face()


def test_two_places_of_one_name_are_no_table() -> None:
    places = list(parse(data()).places.values())
    with pytest.raises(ValueError, match="two places"):
        table([*places, places[0]])


def test_an_exercise_is_told_from_another_by_what_it_says() -> None:
    one, other = parse(data()), parse(data())
    assert one == other
    assert hash(one) == hash(other)
