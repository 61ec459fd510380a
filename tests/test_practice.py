"""Practice: couples to watch, drills, and nothing kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from imago_tui import exercises, paths
from imago_tui.cli import main
from imago_tui.evening import Answer
from imago_tui.practice import couples
from imago_tui.practice.flow import DRILLS, IN_TWO_MINUTES, Practice, noticed
from imago_tui.practice.playing import PACES, Beat, Playing
from imago_tui.words import words

COUPLES = couples.names()


def played(name: str) -> list[Beat]:
    playing, beats = Playing(name), []
    while not playing.over:
        beats.append(playing.go_on())
    assert playing.session.state.over
    return beats


# Couples


def test_every_couple_that_comes_along_is_offered() -> None:
    files = {file.stem for file in couples.HERE.glob("*.toml")}
    assert files == set(COUPLES)
    assert {couples.load(name).exercise.id for name in COUPLES} <= set(exercises.names())


@pytest.mark.parametrize("name", COUPLES)
def test_a_couple_holds_its_talk_to_the_end_by_the_rules_of_the_table(name: str) -> None:
    """The engine itself takes every step; one that is not open would raise."""
    beats = played(name)
    assert all(beat.line for beat in beats)
    steps = [event.step for beat in beats for event in beat.events]
    assert steps.count("send") == 0 or "mirror" in steps


@pytest.mark.parametrize("name", COUPLES)
def test_what_is_pressed_is_told_in_the_words_that_stand_on_the_choice(name: str) -> None:
    choices = words.table("steps.choice")
    known = {*choices.values(), *words.table("practice.step").values(), "Later, at 19:00"}
    for beat in played(name):
        _, presses, pressed = beat.line.partition(" presses: ")
        if presses:
            assert pressed in known or set(pressed.split(". ", 1)) <= known


def test_one_does_well_one_stumbles_one_types_and_one_says_not_now() -> None:
    def steps(name: str) -> list[tuple[str, str | None]]:
        return [(event.step, event.answer) for beat in played(name) for event in beat.events]

    assert {step for step, _ in steps("well")} >= {"summary", "validate", "empathize", "remember"}
    assert {"slower", "pause", "resume"} <= {step for step, _ in steps("stumble")}
    assert {("check", "added"), ("check", "tone"), ("validate", "partly")} <= set(steps("stumble"))
    assert ("ready", "later") in steps("later")
    lines = {beat.line for beat in played("typed") if beat.said}
    assert lines == {"Kofi types it.", "Ines says it."}


def test_a_couple_takes_as_long_as_reading_does() -> None:
    """Between half a minute and five minutes for a talk, and long words need longer."""
    for name in COUPLES:
        playing = Playing(name)
        times = [playing.seconds(None)]
        while not playing.over:
            beat = playing.go_on()
            times.append(playing.seconds(beat))
            assert times[-1] > 0.2 * len(beat.said.split())
        assert sum(times) < 300
        assert min(times) > 1.5
    slow, fast = (Playing("well", pace).seconds(None) for pace in ("calm", "brisk"))
    assert slow > fast
    assert set(PACES) == {"calm", "normal", "brisk"}


# Drills


def test_a_drill_goes_sentence_by_sentence_and_offers_a_rest() -> None:
    practice = Practice.begin(number=0).take(Answer("mirror"))
    seen = []
    for _ in range(IN_TWO_MINUTES):
        seen.append(practice.page().lines[0])
        practice = practice.take(Answer("go", texts=("You say that.",)))
        assert practice.at == "told"
        practice = practice.take(Answer("go"))
    assert practice.at == "rest"
    assert len(set(seen)) == IN_TWO_MINUTES
    assert practice.take(Answer("go")).at == "mirror"
    assert practice.take(Answer("choose")).at == "choose"
    assert practice.take(Answer("enough")).need == "over"


def test_an_empty_line_goes_nowhere() -> None:
    practice = Practice.begin(number=0).take(Answer("feeling"))
    assert practice.take(Answer("go", texts=("  ",))) == practice


def test_here_the_coach_quotes_and_elsewhere_never() -> None:
    practice = Practice.begin(number=0).take(Answer("mirror"))
    told = practice.take(Answer("go", texts=("But you never come home before me.",)))
    (line,) = noticed(told)
    assert line in told.page().lines
    assert "answers" in line
    assert "home before" not in repr(told), "no words of anybody in a traceback"
    assert line.count('"') == 2


@pytest.mark.parametrize("drill", DRILLS)
def test_the_way_we_say_it_is_one_that_the_coach_leaves_alone(drill: str) -> None:
    for number in range(len(words.table("practice")[drill])):
        here = Practice(drill, drill=drill, number=number)
        sentence = here.sentence
        given = sentence.get("back") or f"I imagine you might feel {sentence['feelings'][0]}"
        assert noticed(Practice("told", drill=drill, number=number, given=given)) == ()


def test_nobody_is_told_right_or_praised() -> None:
    texts = str(dict(words.table("practice"))).lower()
    for verdict in ("correct", "right!", "well done", "great", "perfect", "score", "points", "%"):
        assert verdict not in texts


def test_with_an_exercise_the_first_couple_that_holds_it_is_shown() -> None:
    assert Practice.begin("short").couple == "stumble"
    assert Practice.begin("short").need == "watch"
    assert Practice.begin("story").at == "choose"


# In lines


@pytest.fixture
def lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Any:
    """``lines("1", ...)``: status and output of a practice through a pipe."""
    monkeypatch.setenv("IMAGO_TUI_HOME", str(tmp_path))

    def practise(*answers: str, options: tuple[str, ...] = ()) -> tuple[int, str]:
        file = tmp_path / "answers"
        file.write_text("".join(f"{answer}\n" for answer in answers), "utf-8")
        with file.open() as stdin:
            monkeypatch.setattr("sys.stdin", stdin)
            status = main(["dialogue", "--practice", "--plain", *options])
        return status, "".join(capfd.readouterr())

    return practise


def test_a_couple_and_a_drill_in_lines_leave_nothing_behind(lines: Any, tmp_path: Path) -> None:
    status, told = lines("4", "2", "I imagine you feel that I am late", "2")
    assert status == 0
    assert "Suri presses: Later, at" in told
    assert words("coach.no-feeling.text", words="") in told
    assert {file.name for file in tmp_path.iterdir()} == {"answers"}
    assert not paths.journal_dir().exists()


def test_the_lines_may_end_anywhere(lines: Any) -> None:
    for answers in ((), ("1",), ("5",), ("5", "You say that.")):
        assert lines(*answers)[0] == 0


def test_a_script_and_a_practice_do_not_go_together(lines: Any, tmp_path: Path) -> None:
    script = tmp_path / "script.toml"
    script.write_text("", "utf-8")
    status, told = lines(options=("--script", str(script)))
    assert status == 2
    assert "--practice" in told
