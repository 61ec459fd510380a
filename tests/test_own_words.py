"""Lines in own words: kept whole, marked, and nothing but lines to try."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imago_tui import own_words
from imago_tui.dialogue.events import Event
from imago_tui.errors import ImagoError
from imago_tui.helping.likes import LIGHT, Likes
from imago_tui.helping.stems import Stem
from tests.helping.held import ANA, BEN, SAID, at_send

if TYPE_CHECKING:
    from imago_tui.session import Session

LINE = "What I hear you say is ..."


def file(home: Path) -> Path:
    return home / own_words.FILE


@pytest.mark.parametrize("own", ["Ich höre: ...", "I hear you, love: ...", '"{sender}" \\ = [x]'])
def test_what_is_put_is_there_and_gone_again(imago_home: Path, own: str) -> None:
    own_words.put("Another ...", "like this")
    assert own_words.put(LINE, own) == {"Another ...": "like this", LINE: own} == own_words.load()
    assert own_words.put(LINE, "") == {"Another ...": "like this"} == own_words.load()
    assert file(imago_home).stat().st_mode & 0o077 == 0


def test_no_file_means_none() -> None:
    assert own_words.load() == {}


@pytest.mark.parametrize(
    "text",
    ["lines = 3", "[lines]\na = 1", "not toml at all", "\xff", "[lines]\n" + "a." * 99 + "b=''"],
)
def test_what_cannot_be_read_is_told_and_never_written_over(imago_home: Path, text: str) -> None:
    imago_home.mkdir()
    file(imago_home).write_bytes(text.encode("latin-1"))
    with pytest.raises(ValueError):  # noqa: PT011  of whatever kind: nothing of it is shown
        own_words.load()
    with pytest.raises(ImagoError) as told:
        own_words.put(LINE, "x")
    assert told.value.status == 2
    assert file(imago_home).read_bytes() == text.encode("latin-1")


BY_HAND = """# Ours, from the summer.
made = 2026-07-01

[lines] # what we say
# This one is Ben's.
"Another ..."   =   'like this' # he likes it
"{line}" = "{long}"

[later]
"x" = 1
"""


def test_what_a_person_wrote_into_it_stays_letter_by_letter(imago_home: Path) -> None:
    imago_home.mkdir()
    before = BY_HAND.format(line=LINE, long="long " * 40)
    file(imago_home).write_text(before)
    assert own_words.put("And then?", "Go on")["And then?"] == "Go on"
    row = '"And then?" = "Go on"\n'
    assert file(imago_home).read_text() == before.replace("\n[later]", f"{row}\n[later]")
    own_words.put("And then?", "")
    assert file(imago_home).read_text() == before
    own_words.put("Another ...", "like that")
    assert file(imago_home).read_text() == before.replace("'like this'", '"like that"')
    assert file(imago_home).stat().st_mode & 0o077 == 0


def test_a_link_stays_a_link_and_nothing_is_left_beside_it(
    imago_home: Path, tmp_path: Path
) -> None:
    imago_home.mkdir()
    real = tmp_path / "real.toml"
    real.write_text("")
    file(imago_home).symlink_to(real)
    own_words.put(LINE, "I hear")
    assert file(imago_home).is_symlink()
    assert "I hear" in real.read_text()
    assert [one.name for one in imago_home.iterdir()] == [own_words.FILE]
    assert not list(tmp_path.glob(".words-*"))


def test_where_nothing_changes_nothing_is_written(imago_home: Path) -> None:
    assert own_words.put(LINE, "") == {}
    assert not file(imago_home).exists()


def many(lines: int, behind: str = "") -> str:
    return "[lines]\n" + "".join(f'"{n}" = "own {n}"\n' for n in range(lines)) + behind


@pytest.mark.parametrize(
    "text",
    [
        many(600, "# the last of them\n[more]\nx = 1\n"),
        many(own_words.MANY),
        many(3, f"# {'x' * own_words.LARGEST}\n"),
    ],
)
def test_a_file_that_is_too_long_is_left_alone_and_told(imago_home: Path, text: str) -> None:
    imago_home.mkdir()
    file(imago_home).write_text(text)
    with pytest.raises(ImagoError) as told:
        own_words.put(LINE, "x")
    assert told.value.status == 2
    assert own_words.FILE in told.value.message
    assert file(imago_home).read_text() == text
    assert own_words.load()["2"] == "own 2", "and it is read as before"


def test_a_file_of_which_only_a_part_is_read_is_not_believed(imago_home: Path) -> None:
    imago_home.mkdir()
    file(imago_home).write_text(many(3, "#" * (1 << 20)))
    with pytest.raises(ValueError, match=own_words.FILE):
        own_words.load()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    rows=st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4),
    line=st.text(min_size=1, max_size=8),
    own=st.text(max_size=8),
)
def test_one_line_changes_and_no_other(
    imago_home: Path, rows: dict[str, str], line: str, own: str
) -> None:
    imago_home.mkdir(exist_ok=True)
    file(imago_home).write_text("a = 1\n" + tomli_w.dumps({"lines": rows, "z": {"y": 2}}), "utf-8")
    known = own_words.put(line, own)
    found = tomllib.loads(file(imago_home).read_text("utf-8"))
    assert (found.pop("a"), found.pop("z")) == (1, {"y": 2})
    changed = found["lines"]
    assert {k: v for k, v in changed.items() if k != line} == {
        k: v for k, v in rows.items() if k != line
    }
    assert known == own_words.load()


def test_a_folder_in_its_place_is_told(imago_home: Path) -> None:
    file(imago_home).mkdir(parents=True)
    with pytest.raises(ValueError, match=own_words.FILE):
        own_words.load()


def heard(own: dict[str, str]) -> Session:
    session = at_send()
    session.own = own
    session.do(Event("send", ANA, words=SAID))
    return session


def test_it_stands_there_with_the_line_as_it_was_behind_it() -> None:
    session = heard({LINE: "{sender}, I hear: ..."})
    first = session.stems(BEN, session.scene()).lines[0]
    assert first == Stem("Ana, I hear: ...", LINE)


def test_only_lines_to_try_change() -> None:
    plain = heard({}).scene()
    own = dict.fromkeys((plain.ask, plain.listen, plain.next, *plain.help), "Give it up.")
    changed = heard(own).scene()
    assert (changed.ask, changed.listen, changed.next, changed.help) == (
        plain.ask, plain.listen, plain.next, plain.help,
    )  # fmt: skip


def test_shorter_it_still_knows_what_it_was() -> None:
    session = heard({LINE: "Give me a moment, this is what I hear ..."})
    session.like(BEN, Likes(help=LIGHT))
    (line,) = session.stems(BEN, session.scene()).lines
    assert line == Stem("Give me a ...", LINE)


def test_while_it_is_held_the_lines_stand_as_they_came() -> None:
    session = at_send()
    session.do(Event("pause"))
    plain = session.scene().stems
    session.own = dict.fromkeys(plain, "Come on, say it.")
    assert tuple(one.text for one in session.stems(BEN, session.scene()).lines) == plain
