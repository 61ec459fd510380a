"""What might come next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from imago_tui import menu, path
from imago_tui.journal.entry import Head
from imago_tui.words import words

NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
EVERY = {one for way in path.WAYS.values() for steps in way.values() for one, _ in steps} | {
    *path.AROUND,
    path.SMALL,
}


def held(*exercises: str, days: float = 7) -> list[Head]:
    """Dialogues a week apart, the last one ``days`` ago."""
    return [
        Head(
            id=f"{number:016x}",
            room="shared",
            exercise=exercise,
            topic=None,
            started=NOW - timedelta(days=days + 7 * number),
            ended=NOW,
            state="done",
        )
        for number, exercise in enumerate(reversed(exercises))
    ]


def walk(way: str, known: set[str] = EVERY) -> list[str]:
    """What is suggested when each suggestion is taken up, until the way is walked."""
    walked: list[str] = []
    for _ in range(40):
        found = path.suggest(held(*walked), NOW, known, way) if walked else None
        found = found or path.suggest((), NOW, known, way)
        assert found is not None
        if found.why == "around":
            break
        walked.append(found.exercise)
    return walked


@pytest.mark.parametrize("way", path.WAYS)
def test_either_way_is_as_long_as_is_usual_and_ends_at_home(way: str) -> None:
    walked = walk(way)
    least, most = path.MEETINGS
    assert least <= len(walked) <= most
    assert walked[0] == "appreciation"
    assert path.part(held(*walked), EVERY, way) == "home"
    assert path.part(held(*walked[:1]), EVERY, way) == "together"


@pytest.mark.parametrize("way", path.WAYS)
def test_the_cycle_comes_before_the_first_request(way: str) -> None:
    walked = walk(way)
    assert walked.index("cycle") < walked.index("requests")


def test_those_who_feel_far_apart_come_to_what_stings_late() -> None:
    usual, distant = walk(path.USUAL), walk(path.DISTANT)
    assert usual.index("dialogue") < distant.index("dialogue")
    assert distant.index("vision") < distant.index("dialogue")
    assert path.suggest(held("appreciation"), NOW, EVERY, "unheard of") == path.suggest(
        held("appreciation"), NOW, EVERY
    )


def test_nothing_is_owed_after_a_while_or_right_after_a_talk() -> None:
    soon = path.suggest(held("dialogue", days=0.2), NOW, EVERY)
    assert soon == path.Suggestion("daily", "rest")
    late = path.suggest(held("dialogue", days=40), NOW, EVERY)
    assert late == path.Suggestion("appreciation", "while")


def test_what_is_not_known_or_guarded_is_never_suggested() -> None:
    known = {"appreciation", "dialogue", "daily"}
    assert set(walk(path.USUAL, known)) <= known
    assert path.suggest((), NOW, ()) is None
    guarded = {item.id for item in menu.of(menu.GUARDED)} | {item.id for item in menu.of("alone")}
    assert not guarded & EVERY


def test_every_suggestion_has_its_reason() -> None:
    whys = set(words.table("path.why"))
    assert {"first", "rest", "while", "around", "good"} | EVERY - {path.SMALL} <= whys
    assert set(words.table("path.part")) == {*path.PARTS, "here", "there"}


def test_once_the_way_is_walked_the_one_held_longest_ago_comes_round() -> None:
    walked = walk(path.USUAL)
    assert path.suggest(held(*walked), NOW, EVERY) == path.Suggestion("daily", "around")
    assert path.suggest(held(*walked, "daily"), NOW, {"daily", "dialogue", *walked}) != (
        path.Suggestion("daily", "around")
    )


def test_a_talk_that_stopped_in_the_middle_is_no_step() -> None:
    from dataclasses import replace

    stopped = [replace(one, state="unfinished") for one in held("appreciation")]
    assert path.suggest(stopped, NOW, EVERY) == path.Suggestion("appreciation", "first")
