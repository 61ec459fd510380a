"""Setting up, reading, and looking at exercises, from the command line."""

from __future__ import annotations

import json
import stat
import tomllib
from functools import partial
from typing import TYPE_CHECKING

import pytest

from imago_tui import exercises
from imago_tui.exercises import HERE
from imago_tui.journal.store import Journal
from imago_tui.words import words
from tests.plain.table import BEGIN, PASSPHRASES, turn

if TYPE_CHECKING:
    from pathlib import Path

    from tests.plain.table import Table

SILLY = (HERE / "silly.toml").read_text("utf-8")
DIALOGUE = (HERE / "dialogue.toml").read_text("utf-8")


def couple(table: Table) -> list[str]:
    return ["--partner", "Ana", *table.files[:2], "--partner", "Ben", *table.files[2:]]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys at the lowest cost: the usual one is tried elsewhere."""
    monkeypatch.setattr(Journal, "create", partial(Journal.create, cost=15))


@pytest.mark.usefixtures("quick")
def test_setup_asks_nothing_where_all_is_given(bare: Table) -> None:
    status, out, err = bare.run("setup", *couple(bare))
    assert (status, err) == (0, "")
    assert str(bare.home / "journal") in out
    assert "--recovery-file" in out
    for passphrase in PASSPHRASES:
        with Journal.open(bare.home / "journal", [passphrase]) as journal:
            assert journal.partners == ("Ana", "Ben")


@pytest.mark.usefixtures("quick")
def test_setup_with_recovery_files(bare: Table) -> None:
    places = [bare.home / "ana.key", bare.home / "ben.key"]
    options = [part for place in places for part in ("--recovery-file", str(place))]
    status, out, err = bare.run("setup", *couple(bare), *options)
    assert (status, err) == (0, "")
    assert "--recovery-file" not in out
    for n, place in enumerate(places, 1):
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
        assert f"keys/{n}.recovery.age" in place.read_text()


@pytest.mark.usefixtures("quick")
def test_one_recovery_file_is_the_firsts(bare: Table) -> None:
    place = bare.home / "ana.key"
    status, out, _ = bare.run("setup", *couple(bare), "--recovery-file", str(place))
    assert (status, "Only one of you" in out) == (0, True)
    assert "keys/1.recovery.age" in place.read_text()


def test_nothing_is_written_over(bare: Table) -> None:
    place = bare.home / "ana.key"
    place.write_text("something else")
    status, _, err = bare.run("setup", *couple(bare), "--recovery-file", str(place))
    assert (status, "nothing was written over" in err) == (2, True)
    assert place.read_text() == "something else"
    assert not (bare.home / "journal").exists()


def test_a_second_setup_changes_nothing(table: Table) -> None:
    before = table.tree()
    status, out, err = table.run("setup", *couple(table))
    assert (status, out) == (2, "")
    assert "nothing was changed" in err
    assert table.tree() == before


@pytest.mark.parametrize("n", [0, 1])
def test_a_short_passphrase(n: int, bare: Table) -> None:
    (bare.home / f"passphrase-{n}").write_text("elevenchars\nmore below is not counted\n")
    status, _, err = bare.run("setup", *couple(bare))
    assert (status, "12 characters" in err) == (2, True)
    assert not (bare.home / "journal").exists()


@pytest.mark.parametrize(
    "more",
    [
        ["--partner", "Cleo"],
        ["--passphrase-file", "one-more"],
        ["--recovery-file", "a", "--recovery-file", "b", "--recovery-file", "c"],
    ],
)
def test_more_than_two(more: list[str], bare: Table) -> None:
    status, _, err = bare.run("setup", *couple(bare), *more)
    assert (status, "two people" in err) == (2, True)
    assert not (bare.home / "journal").exists()


@pytest.mark.parametrize(
    "given", [[], ["--partner", "Ana"], ["--partner", "Ana", "--partner", "B"]]
)
def test_setup_without_a_terminal_says_what_to_name(given: list[str], bare: Table) -> None:
    status, _, err = bare.run("setup", *given)
    assert (status, "--partner NAME --passphrase-file FILE" in err) == (2, True)


def test_two_people_of_one_name(bare: Table) -> None:
    files = bare.files
    given = ["--partner", "Ana", *files[:2], "--partner", "Ana", *files[2:]]
    assert bare.run("setup", *given)[0] == 2
    assert not (bare.home / "journal").exists()


def test_reading_where_there_is_no_journal(bare: Table) -> None:
    for command in (["list"], ["show", "a" * 16], ["search", "x"]):
        status, out, err = bare.run("journal", *command, *bare.files)
        assert (status, out) == (2, "")
        assert "imago-tui setup" in err


def test_an_empty_journal(table: Table) -> None:
    assert table.run("journal", "list", "--json", *table.files) == (0, "[]\n", "")
    assert table.run("journal", "list", *table.files)[1] == "Nothing is kept here yet.\n"
    assert table.run("journal", "search", "x", "--json", *table.files) == (0, "[]\n", "")
    status, _, err = table.run("journal", "show", "0123456789abcdef", *table.files)
    assert (status, "no dialogue 0123456789abcdef" in err) == (2, True)


def talked(table: Table, topic: str, *, keep: str = "all") -> str:
    """A short dialogue with this topic; its id."""
    before = [row["id"] for row in table.listed()]
    table.script(
        BEGIN
        + turn("topic", "Ana", topic)
        + turn("stop")
        + turn("keep", "Ana", "all")
        + turn("keep", "Ben", keep)
    )
    return next(str(row["id"]) for row in table.listed() if row["id"] not in before)


def test_list_show_and_search_in_lines(table: Table) -> None:
    id_ = talked(table, "The blue\x1b[2J\nbicycle")
    _, out, _ = table.run("journal", "list", "--print", *table.files[:2])
    assert out.startswith(id_[:8])
    assert "The blue␛[2J bicycle" in out
    assert out.count("\n") == 1
    _, out, _ = table.run("journal", "show", id_[:8], "--print", *table.files[:2])
    assert "Ana (the topic): The blue␛[2J\nbicycle" in out
    _, out, _ = table.run("journal", "search", "BICYCLE", "blue", *table.files[:2])
    assert out.startswith(id_[:8])
    _, out, _ = table.run("journal", "search", "bicycle", "--json", *table.files[:2])
    (found,) = json.loads(out)
    assert set(found) == {"id", "topic", "started", "snippet"}
    assert found["id"] == id_
    assert table.run("journal", "search", "tricycle", *table.files[:2])[1].startswith("Nothing")


def test_the_passphrase_may_stand_before_the_command(table: Table) -> None:
    id_ = talked(table, "Tea")
    status, out, _ = table.run("journal", *table.files[:2], "show", id_, "--json")
    assert (status, json.loads(out)["topic"]) == (0, "Tea")


def test_together_with_one_passphrase(table: Table) -> None:
    id_ = talked(table, "Between us", keep="together")
    (row,) = table.listed()
    assert (row["room"], row["topic"], row["state"]) == ("together", None, "done")
    for form in (["--json"], ["--print"], []):
        status, out, err = table.run("journal", "show", id_, *form, *table.files[:2])
        assert (status, out) == (4, "")
        assert "twice" in err
    assert table.shown(id_)["topic"] == "Between us"
    assert table.run("journal", "search", "between", "--json", *table.files[:2])[1] == "[]\n"


def test_a_damaged_file_leaves_the_rest_readable(table: Table) -> None:
    first, second = talked(table, "First"), talked(table, "Second")
    file = table.home / "journal" / "entries" / f"{first}.age"
    file.write_bytes(file.read_bytes()[:-7])
    status, out, err = table.run("journal", "list", "--json", *table.files[:2])
    assert (status, [row["id"] for row in json.loads(out)]) == (5, [second])
    assert f"imago-tui: entries/{first}.age" in err
    status, out, _ = table.run("journal", "search", "Second", "--json", *table.files[:2])
    assert (status, len(json.loads(out))) == (5, 1)
    assert table.run("journal", "show", first, *table.files[:2])[0] == 5
    assert table.run("journal", "show", second, *table.files[:2])[0] == 0


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["journal", "lst"], "journal list"),
        (["journal", "qqq"], "journal --help"),
        (["exercises", "chek"], "exercises check"),
        (["journal", "list", "--jsn"], "--json"),
        (["dialogue", "--scrpt", "x"], "--script"),
        (["journal", "show"], "--help"),
    ],
)
def test_a_mistyped_command_gets_the_nearest_good_one(
    arguments: list[str], hint: str, bare: Table
) -> None:
    status, out, err = bare.run(*arguments)
    assert (status, out) == (2, "")
    assert hint in err


@pytest.mark.parametrize("arguments", [["dialogue"], ["journal"]])
def test_a_screen_is_not_drawn_into_a_pipe(arguments: list[str], bare: Table) -> None:
    status, out, err = bare.run(*arguments)
    assert (status, out) == (2, "")
    assert "terminal" in err


def test_the_exercises(bare: Table) -> None:
    _, out, _ = bare.run("exercises", "list")
    listed = [line.partition(":")[0] for line in out.splitlines()]
    assert listed == list(exercises.names())
    for name in listed:
        status, out, err = bare.run("exercises", "show", name)
        assert (status, err, "{" in out) == (0, "", False)
        status, out, err = bare.run("exercises", "check", str(HERE / f"{name}.toml"))
        assert (status, err, "keeps the rules" in out) == (0, "", True)
    status, _, err = bare.run("exercises", "show", "silyl")
    assert (status, "Did you mean silly?" in err) == (2, True)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        (SILLY.replace('kind = "hear"', 'kind = "heer"'), 11, "send.kind"),
        (SILLY.replace("minutes = 2", 'minutes = "2"'), 6, "minutes"),
        (SILLY.replace('id = "switch"', 'id = "send"'), 28, "send"),
        (SILLY.replace('to = "send"', 'to = "sent"'), 1, "sent"),
        (SILLY.replace("merge", "merg"), 32, "switch.merg"),
        (SILLY + "[[stage]\n", SILLY.count("\n") + 1, "cannot be read"),
        ("x = 1\n" + SILLY, 1, "x"),
        ("", 1, "id"),
        (
            DIALOGUE.replace('id = "validate"', 'id = "sense"').replace(
                'kind = "hear"\nmore = true\nsummary = true', 'kind = "hear"\nmore = true'
            ),
            0,
            "more than one piece the summary",
        ),
    ],
)
def test_what_keeps_an_exercise_from_being_held(
    text: str, line: int, told: str, bare: Table, tmp_path: Path
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    status, out, err = bare.run("exercises", "check", str(file))
    assert (status, out) == (2, "")
    first, mend, *_ = err.splitlines()
    assert first.startswith(f"mine.toml, line {line or ''}")
    assert told in first
    assert mend


def test_all_that_can_stand_in_the_way_has_what_mends_it() -> None:
    mends = set(words.table("checking.mend")) - {"doubled_place"}
    assert mends == {*words.table("exercises.rule"), *words.table("exercises.fault")}


def test_bytes_that_are_no_exercise(bare: Table, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(b"id = 1\n\xff\xfe")
    status, _, err = bare.run("exercises", "check", str(file))
    assert (status, "line 2" in err) == (2, True)
    assert bare.run("exercises", "check", str(tmp_path / "none"))[0] == 2
    assert tomllib.loads(SILLY)["id"] == "silly"
