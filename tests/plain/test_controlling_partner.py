"""What a controlling partner would try, each really tried. docs/threat-model.md tells the rest.

Ben is the one who tries. Where a test shows that something can be done, the page says so too.
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imago_tui import about, exercises, own_places
from imago_tui.dialogue.engine import allowed
from imago_tui.dialogue.stage import ExerciseError
from imago_tui.exercises import own
from imago_tui.exercises.own import _walked
from tests.plain.table import BEGIN, quoted, turn

if TYPE_CHECKING:
    from tests.plain.table import Table

PAGE = Path(__file__).parent.parent.parent / "docs" / "threat-model.md"
SECRET = "I have thought of going to my sister's."
PIECE = (
    turn("topic", "Ana", "The evenings.")
    + turn("mirror", "Ben", "The evenings.")
    + turn("check", "Ana", "yes")
    + turn("send", "Ana", "I would like to see my friends again.")
    + turn("mirror", "Ben", "You would like to see your friends.")
    + turn("check", "Ana", "yes")
)


def ana(table: Table) -> list[str]:
    return table.files[:2]


def ben(table: Table) -> list[str]:
    return table.files[2:]


def stopped(keep_ana: str, keep_ben: str) -> str:
    return (
        BEGIN + PIECE + turn("stop") + turn("keep", "Ben", keep_ben) + turn("keep", "Ana", keep_ana)
    )


def writes(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ana keeps something in her own room."""
    monkeypatch.setattr("sys.stdin", io.StringIO(SECRET))
    assert table.run("journal", "note", *ana(table))[0] == 0


# Sits beside and says "keep everything"


@pytest.mark.parametrize("less", ["nothing", "outcome", "together"])
def test_one_who_wants_less_gets_less_whatever_the_other_says(table: Table, less: str) -> None:
    assert table.script(stopped(less, "all"))[0] == 0
    rows = table.listed()
    if less == "nothing":
        assert rows == []
    else:
        shown = table.shown(rows[0]["id"])
        assert shown["kept"] == less
        assert less == "together" or "friends" not in str(shown["turns"])


# Demands the passphrase


def test_a_told_passphrase_opens_what_it_opens_until_it_is_changed(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes(table, monkeypatch)
    told = [*ana(table)]
    status, out, _ = table.run("journal", "list", "--own", "--json", *told)
    assert status == 0
    assert '"private"' in out, "it opens her own room: the page says so"
    new = table.home / "new"
    new.write_text("nobody was told these four\n", "utf-8")
    change = ["journal", "passphrase", "--known", "--new-passphrase-file", str(new), *told]
    assert table.run(*change)[0] == 0
    assert table.run("journal", "list", "--own", *told)[0] == 4
    assert table.run("journal", "list", *told)[0] == 4
    assert table.run("journal", "list", "--own", "--passphrase-file", str(new))[0] == 0


# Opens at night


def test_what_one_can_read_alone_at_night(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shared room, and nothing of hers; and nobody can tell afterwards."""
    assert table.script(stopped("together", "together"))[0] == 0
    writes(table, monkeypatch)
    (row,) = table.listed()
    before = table.tree()
    assert table.run("journal", "show", row["id"], *ben(table))[0] == 4
    for command in (["list"], ["search", "friends"], ["search", "sister's"], ["verify"]):
        _, out, err = table.run("journal", *command, *ben(table))
        for word in ("friends", "sister", "evenings", "private", "Ana's"):
            assert word not in out.replace("friends: ", "") + err, command
    assert table.run("journal", "list", "--own", "--json", *ben(table))[1] == "[]\n"
    assert table.tree() == before, "reading leaves nothing behind, of either of them"


def test_one_alone_can_write_in_the_shared_room_in_both_names(table: Table) -> None:
    """It can be done, so the page says that a name in the shared room proves nothing."""
    file = table.home / "forged.toml"
    file.write_text(stopped("all", "all"), "utf-8")
    assert table.run("dialogue", "--script", str(file), *ben(table))[0] == 0
    assert len(table.listed()) == 1


# Edits exercises, stems and numbers


def test_an_exercise_without_its_gate_is_not_held(table: Table) -> None:
    folder = table.home / "exercises"
    folder.mkdir()
    source = (Path(exercises.HERE) / "dialogue.toml").read_text("utf-8")
    (folder / "dialogue.toml").write_text(source, "utf-8")
    assert own.names() == (), "nothing of one's own takes the place of a shipped one"
    cut = source.replace('id = "dialogue"', 'id = "mine"').replace(
        '{ answer = "no", to = "over" },', ""
    )
    (folder / "mine.toml").write_text(cut, "utf-8")
    _walked.cache_clear()
    with pytest.raises(ExerciseError):
        exercises.load("mine")
    status, _, _ = table.run("dialogue", "mine", "--plain", *ben(table))
    assert status == 2


def test_whatever_is_edited_each_keeps_the_way_out(table: Table) -> None:
    """The exits are no part of an exercise: no file can take one out."""
    for name in exercises.names():
        from imago_tui.dialogue import state

        opens = {one.step for one in allowed(state.begin(exercises.load(name)))}
        assert {"pause", "time-out", "too-much", "stop"} <= opens
    assert table.home.exists()


def test_the_numbers_to_turn_to_cannot_be_edited(table: Table) -> None:
    before = about.lines()
    (table.home / "places.toml").write_text('[[place]]\nname = "nobody"\n', "utf-8")
    (table.home / "settings.toml").write_text('theme = "dark"\n', "utf-8")
    lines = "\n".join(f"{quoted(line)} = 'nobody'" for line in dict.fromkeys(before) if line)
    (table.home / "words.toml").write_text(f"[lines]\n{lines}\n", "utf-8")
    assert set(before) <= set(about.lines(own_places.lines()))


# Calls dialogues nightly


@pytest.mark.parametrize("answer", ["no", "later tomorrow 19:00"])
def test_declining_costs_nothing_and_is_written_nowhere(table: Table, answer: str) -> None:
    asked = BEGIN.replace('who = "Ben"\nsay = "yes"', f'who = "Ben"\nsay = "{answer}"')
    for _ in range(3):
        status, out, _ = table.script(asked)
        assert status == 0
        assert out.startswith("put off")
    assert table.listed() == []


# Restores last month's backup


def test_a_backup_comes_back_into_an_empty_place_only(table: Table) -> None:
    assert table.script(stopped("all", "all"))[0] == 0
    stick = table.home / "stick"
    assert table.run("journal", "backup", str(stick), *ben(table))[0] == 0
    (row,) = table.listed()
    assert table.run("journal", "delete", row["id"], *table.files)[0] == 0
    before = table.tree()
    assert table.run("journal", "restore", str(stick))[0] == 2
    assert table.tree() == before


def test_a_whole_old_folder_put_in_its_place_is_not_noticed(table: Table) -> None:
    """It can be done, so the page says so: what was deleted may come back that way."""
    assert table.script(stopped("all", "all"))[0] == 0
    old = table.home / "old"
    shutil.copytree(table.home / "journal", old)
    (row,) = table.listed()
    assert table.run("journal", "delete", row["id"], *table.files)[0] == 0
    shutil.rmtree(table.home / "journal")
    shutil.copytree(old, table.home / "journal")
    assert [one["id"] for one in table.listed()] == [row["id"]]


# Re-keys to shut the other out


def test_a_new_key_made_by_one_still_opens_to_each(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert table.script(stopped("all", "all"))[0] == 0
    writes(table, monkeypatch)
    assert table.run("journal", "rekey", *ben(table))[0] == 0
    (row,) = table.listed()
    assert table.run("journal", "show", row["id"], *ana(table))[0] == 0
    assert '"private"' in table.run("journal", "list", "--own", "--json", *ana(table))[1]


def test_a_key_file_that_was_taken_away_can_come_back(table: Table) -> None:
    """Whoever rules the laptop can delete files. A copy elsewhere brings hers back."""
    stick = table.home / "stick"
    assert table.run("journal", "backup", str(stick), *ana(table))[0] == 0
    for name in ("1.age", "1.own.age"):
        (table.home / "journal" / "keys" / name).unlink()
    assert table.run("journal", "list", *ana(table))[0] in {4, 5}
    shutil.move(table.home / "journal", table.home / "broken")
    assert table.run("journal", "restore", str(stick))[0] == 0
    assert table.run("journal", "list", *ana(table))[0] == 0


# Uses time-outs to silence


def test_out_of_a_time_out_each_can_end_it_and_what_was_said_stays(table: Table) -> None:
    silenced = BEGIN + PIECE + turn("time-out", say="tomorrow 20:00") + turn("resume", "Ben") * 3
    assert table.script(silenced)[0] == 3, "nobody goes on alone, not even by asking three times"
    ended = (
        BEGIN + PIECE + turn("time-out") + turn("time-out") + turn("stop")
        + turn("keep", "Ana", "all") + turn("keep", "Ben", "all")
    )  # fmt: skip
    assert table.script(ended)[0] == 0
    done = next(row for row in table.listed() if row["state"] == "done")
    told = str(table.shown(done["id"]))
    assert "I would like to see my friends again." in told
    assert "time-out" not in told


def test_the_page_tells_of_each(table: Table) -> None:
    del table
    told = PAGE.read_text("utf-8")
    here = Path(__file__).read_text("utf-8")
    tests = [
        line[4 : line.index("(")] for line in here.splitlines() if line.startswith("def test_")
    ]
    for name in tests[:-1]:
        assert f"`{name}`" in told, name
