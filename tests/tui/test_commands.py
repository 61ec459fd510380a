"""The registry: every key once, everything with words, and all that names keys made from it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import imago_tui.tui
from imago_tui.tui import commands
from imago_tui.tui.screens.card import CardScreen, list_of
from imago_tui.tui.screens.reader import ReaderScreen
from imago_tui.tui.screens.table import TableScreen
from imago_tui.tui.screens.watch import WatchScreen
from imago_tui.words import words

HERE = Path(imago_tui.tui.__file__).parent
WHERE: tuple[commands.Where, ...] = ("table", "card", "page", "review", "reading", "watch")


def keys(bindings: list[Any]) -> Counter[str]:
    return Counter(key for one in bindings for key in one.key.split(","))


@pytest.mark.parametrize("where", WHERE)
def test_a_key_means_one_thing_on_a_screen(where: commands.Where) -> None:
    more = {"table": commands.seat_bindings(), "card": commands.number_bindings()}
    found = keys([*commands.bindings(where), *more.get(where, [])])
    assert [key for key, times in found.items() if times > 1] == []


@pytest.mark.parametrize("command", commands.COMMANDS, ids=lambda one: one.id)
def test_every_command_has_words_and_a_key_to_show(command: commands.Command) -> None:
    assert command.short
    assert command.long
    assert command.key()
    assert all(len(key) > 1 for key in command.twins), "a letter is a letter in a field"


def test_no_words_without_a_command() -> None:
    assert set(words.table("commands")) - {"key"} == set(commands.BY_ID)


def test_every_command_of_the_table_is_something_the_table_can_do() -> None:
    pairs: list[tuple[type, commands.Where]] = [
        (TableScreen, "table"),
        (CardScreen, "card"),
        (WatchScreen, "watch"),
        (ReaderScreen, "reading"),
    ]
    for screen, where in pairs:
        for command in commands.of(where):
            assert hasattr(screen, "do_" + command.id.replace("-", "_")), command.id


def test_what_is_everywhere_works_in_a_field_too() -> None:
    for command in commands.COMMANDS:
        if command.where >= commands.ASKED and command.id != "return":
            assert command.twins, command.id


@pytest.mark.parametrize("where", WHERE)
def test_the_line_at_the_bottom_never_overflows(where: commands.Where) -> None:
    for width in range(10, 120):
        assert len(commands.footer(where, width)) <= width
    assert commands.footer(where, 46).startswith("Esc")


def test_the_list_has_every_command_of_its_screen() -> None:
    listed = {choice.id for choice in list_of("table").choices}
    assert listed == {one.id for one in commands.of("table")} - {"list"}


def test_keys_are_named_only_in_the_registry() -> None:
    """No other file binds a key, or compares one with a letter of its own."""
    known = {key for one in commands.COMMANDS for key in (*one.keys, *one.twins)} | {"tab"}
    for file in sorted({*HERE.rglob("*.py")} - {HERE / "commands.py"}):
        tree = ast.parse(file.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Binding":
                pytest.fail(f"{file}:{node.lineno} binds a key")
            if isinstance(node, ast.Compare):
                named = [
                    one.value
                    for one in ast.walk(node)
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                ]
                about_keys = re.search(r"\bkey\b", ast.unparse(node))
                assert not (about_keys and known & set(named)), f"{file}:{node.lineno}"


async def test_what_is_chosen_from_the_list_is_done(tables: Any) -> None:
    async with tables() as table:
        await table.press("ctrl+p")
        await table.shows("Everything that can be pressed")
        place = [one.id for one in commands.of("table") if one.id != "list"].index("moment")
        await table.press(*["down"] * place, "enter")
        await table.until(lambda: table.session.state.at.hold == "pause")
