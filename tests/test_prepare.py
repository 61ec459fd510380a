"""Getting ready for a talk, alone: four lines, and nothing kept unless its owner says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.cli import main
from imago_tui.evening import Answer
from imago_tui.rooms import own, prepare
from imago_tui.rooms.way import Way
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SAID = {
    "saw": "The door fell shut at seven.",
    "feeling": "ignored",
    "need": "to be asked first",
    "opening": "You always leave without a word.",
}


def prepared(**said: str) -> Way:
    """All four lines typed; the last page."""
    way = own.begin("Ana", prepare.ERRAND)
    for part in prepare.PARTS:
        assert way.name == part
        way = way.take(Answer("go", texts=(said.get(part, ""),)))
    assert way.name == prepare.READY
    return way


def test_the_last_page_has_all_four_and_letting_go_comes_first() -> None:
    way = prepared(**SAID)
    told = "\n".join(prepare.lines(way.given))
    for text in SAID.values():
        assert text in told
    assert way.page().usual == "away"
    assert [one.key for one in way.page().options] == ["away", "keep", "back"]


def test_it_can_be_gone_back_through_and_what_was_typed_stands_there() -> None:
    way = prepared(**SAID).take(Answer("back"))
    assert way.name == "opening"
    assert [field.value for field in way.page().fields] == [SAID["opening"]]


def test_the_coach_may_quote_here() -> None:
    """Of how it begins first; when that is soft, of the feeling, where it is none."""
    *_, hint = prepare.lines(prepared(**SAID).given)
    assert "You always" in hint
    soft = SAID | {"opening": "I'd like to talk about Tuesday. Is now a good time?"}
    *_, hint = prepare.lines(prepared(**soft).given)
    assert "ignored" in hint
    assert prepare.noticed(prepared(**(soft | {"feeling": "sad"})).given) == ()


def test_it_is_quiet_where_words_of_fear_or_violence_stand() -> None:
    guarded = SAID | {"opening": "You always hit the wall when I speak, and I am afraid of you."}
    assert prepare.noticed(prepared(**(guarded | {"feeling": "sad"})).given) == ()


def test_nothing_written_is_fine() -> None:
    way = prepared()
    assert prepare.text(way.given) == ""
    assert prepare.lines(way.given) == (words("rooms.own.ready.empty"),)


def test_leaving_forgets_it() -> None:
    way = prepared(**SAID)
    assert way.stop().given == {}
    assert way.take(Answer("away")).done(("gone",)).given == {}
    assert SAID["saw"] not in repr(way)


def test_in_lines_it_asks_the_same_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without a journal there is nothing to keep it in, and nobody is asked for a passphrase."""
    monkeypatch.setenv("IMAGO_TUI_HOME", str(tmp_path / "home"))
    file = tmp_path / "answers"
    file.write_text("\n".join((*SAID.values(), "1", "")), "utf-8")
    with file.open() as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        assert main(["journal", "prepare"]) == 0
    told, _ = capfd.readouterr()
    for part in prepare.PARTS:
        assert words(f"rooms.own.{part}.title") in told
    assert words("rooms.own.ready.gone") in told
    assert words("rooms.own.ready.options.keep") not in told
    assert not (tmp_path / "home").exists()
