"""The loader of texts, and every use of a text in the code."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imago_tui.words import HERE, Words, fill, languages, overlay, words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = HERE.parent
# Never said to two people who are trying; and never promised.
HARSH = re.compile(
    r"\b(fail(s|ed|ure)?|wrong|invalid|errors?|illegal|proven|heals?|saves)\b", re.IGNORECASE
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language, text in {
        "en": 'plain = "Hello {name}"\nlist = ["one", "two {name}"]\n[deep]\na = "A"\nb = "B"\n',
        "de": '[deep]\na = "Ä"\n',
    }.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "some.toml").write_text(text, "utf-8")
    return tmp_path


def test_a_text_a_list_and_a_table(folder: Path) -> None:
    say = Words(folder)
    assert say("some.plain", name="Ana") == "Hello Ana"
    assert say.lines("some.list", name="Ben") == ("one", "two Ben")
    assert dict(say.table("some.deep")) == {"a": "A", "b": "B"}


def test_another_language_lies_over_english(folder: Path) -> None:
    say = Words(folder)
    assert say("some.deep.a") == "A"
    say.use("de")
    assert [say("some.deep.a"), say("some.deep.b")] == ["Ä", "B"]
    assert say.language == "de"


@pytest.mark.parametrize("key", ["some", "some.none", "none.plain", "some.deep", "some.plain.x"])
def test_an_unknown_text_is_a_key_error(folder: Path, key: str) -> None:
    with pytest.raises(KeyError):
        Words(folder)(key, name="Ana")


def test_a_list_a_table_and_a_language_that_are_not_there(folder: Path) -> None:
    say = Words(folder)
    with pytest.raises(KeyError):
        say.lines("some.plain")
    with pytest.raises(KeyError):
        say.table("some.plain")
    with pytest.raises(KeyError):
        say.use("fr")


def test_a_place_without_its_parameter_is_a_key_error(folder: Path) -> None:
    with pytest.raises(KeyError):
        Words(folder)("some.plain")


@pytest.mark.parametrize("text", ["{a.b}", "{a[0]}", "{a!r}", "{a:>9}", "{}", "{0}"])
def test_a_place_can_only_be_a_name(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        fill(text, {"a": "x"})


@given(st.text())
def test_what_is_put_in_stands_there_as_it_is(name: str) -> None:
    assert fill("<{name}> {{x}}", {"name": name}) == f"<{name}> {{x}}"


@given(st.dictionaries(st.text(), st.text()), st.dictionaries(st.text(), st.text()))
def test_an_overlay_keeps_what_is_not_said_anew(
    base: dict[str, str], upper: dict[str, str]
) -> None:
    assert overlay(base, upper) == base | upper


def test_english_is_there() -> None:
    assert "en" in languages()


def texts(value: object) -> Iterator[str]:
    """Every text in what a TOML file holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def files() -> list[Path]:
    """Every file whose words people read: not the cues, which are what people type."""
    ours = [*HERE.glob("*/*.toml"), *(PACKAGE / "exercises").glob("*.toml")]
    return sorted(file for file in ours if file.name != "cues.toml")


@pytest.mark.parametrize("file", files(), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_harsh_word(file: Path) -> None:
    harsh = [text for text in texts(tomllib.loads(file.read_text("utf-8"))) if HARSH.search(text)]
    assert harsh == []


def uses() -> Iterator[tuple[str, str, str, set[str] | None]]:
    """Each call of `words` in the code: where, which kind, its key, names of its parameters.

    A key that is put together is told up to its first moving part. None for names that a
    dictionary brings.
    """
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            kind = called(node)
            if kind is None or not isinstance(node, ast.Call) or not node.args:
                continue
            where = f"{file.relative_to(PACKAGE)}:{node.lineno}"
            key = node.args[0]
            names = {one.arg for one in node.keywords if one.arg}
            open_ended = any(one.arg is None for one in node.keywords)
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield where, kind, key.value, None if open_ended else names
            elif isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
                beginning = str(key.values[0].value).rpartition(".")[0]
                if beginning:
                    yield where, "any", beginning, None


def called(node: ast.AST) -> str | None:
    """`text`, `lines` or `table` when `node` is such a call of `words`."""
    match node:
        case ast.Call(func=ast.Name(id="words")):
            return "text"
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="words"), attr="lines" | "table" as kind)
        ):
            return kind
    return None


def found(key: str) -> Any:
    """What stands at `key` in English."""
    name, *path = key.split(".")
    value: Any = words.table(name)
    for part in path:
        value = value[part]
    return value


@pytest.mark.parametrize("use", list(uses()), ids=lambda use: f"{use[0]} {use[2]}")
def test_every_text_that_the_code_asks_for_is_there(
    use: tuple[str, str, str, set[str] | None],
) -> None:
    _, kind, key, names = use
    value = found(key)
    if kind in {"text", "lines"}:
        assert isinstance(value, str if kind == "text" else list)
    if kind != "any" and names is not None:
        places = {
            place for text in texts(value) for _, place, _, _ in string.Formatter().parse(text)
        }
        assert kind == "table" or places - {None} <= names


READ_AS_DATA = {"cues", "feelings", "needs", "places", "ways"}
"""Files of which all is read, by no name."""
ASKED_FOR_IN_PARTS = {"about.more"}


def asked_for() -> Iterator[re.Pattern[str]]:
    """What a text's key may look like, for each string in the code that could be one."""
    for file in (*PACKAGE.rglob("*.py"), PACKAGE.parent / "scripts" / "set_up.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and "." in str(node.value):
                yield re.compile(rf"{re.escape(str(node.value))}(\..+)?")
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                parts = (
                    re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".+"
                    for one in node.values
                )
                yield re.compile("".join(parts))


def keys(value: object, at: str) -> Iterator[str]:
    """The key of each text."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from keys(one, f"{at}.{name}")
    else:
        yield at


def test_no_text_is_left_that_nobody_asks_for() -> None:
    files = [file for file in (HERE / "en").glob("*.toml") if file.stem not in READ_AS_DATA]
    by_file: dict[str, list[re.Pattern[str]]] = {file.stem: [] for file in files}
    for one in asked_for():
        by_file.get(one.pattern.partition("\\.")[0], []).append(one)
    left = [
        key
        for name, patterns in by_file.items()
        for key in keys(dict(words.table(name)), name)
        if not any(one.fullmatch(key) for one in patterns)
    ]
    assert set(left) == ASKED_FOR_IN_PARTS
