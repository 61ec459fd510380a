"""I'm stuck: five lines at most at every place there is, and what is pressed can be done."""

from __future__ import annotations

import pytest

from imago_tui import exercises
from imago_tui.dialogue import state
from imago_tui.dialogue.events import Event
from imago_tui.dialogue.scene import scene
from imago_tui.helping import stuck as module
from imago_tui.helping.stuck import LINES, REMEDIES, stuck
from imago_tui.tui.commands import BY_ID
from imago_tui.words import words
from tests.helping.held import ANA, BEN, SAID, at_send


@pytest.mark.parametrize("name", exercises.names())
def test_five_lines_at_most_wherever_two_people_can_stand(name: str) -> None:
    exercise = exercises.load(name)
    for node, place in exercise.places.items():
        if place.over:
            continue
        seen = scene(state.State(exercise, state.At(node)), ("Ana", "Ben"))
        found = stuck(seen)
        assert found.lines or found.remedies
        assert len(found.lines) + len(found.remedies) <= LINES
        assert len({one.label for one in found.remedies}) == len(found.remedies)


def test_every_remedy_comes_to_something() -> None:
    for names in words.table("stuck.at").values():
        for name in names:
            assert name in {*module.COMMANDS, *module.CHOICES} or words(f"stuck.then.{name}")
    assert set(module.COMMANDS.values()) <= {*BY_ID, "eyes", "more-help"}


def test_asked_again_other_lines_come() -> None:
    session = at_send("dialogue")
    seen = session.scene()
    room = LINES - REMEDIES
    lines = [line for times in range(3) for line in stuck(seen, times).lines]
    assert set(lines) == set(seen.help)
    assert stuck(seen, 1).lines != stuck(seen, 0).lines
    assert len(stuck(seen).lines) == room


def test_what_was_put_away_is_shown_again_and_what_was_said_aloud_is_asked_for() -> None:
    session = at_send()
    session.do(Event("send", ANA, words=SAID))
    typed = {one.id: one for one in stuck(session.scene(typing=BEN)).remedies}
    assert typed["again"].command == "show"
    session.do(Event("back", ANA))
    session.do(Event("send", ANA))
    aloud = {one.id: one for one in stuck(session.scene()).remedies}
    assert not aloud["again"].command
    assert aloud["again"].then


def test_the_words_but_not_the_tone_is_the_senders_choice() -> None:
    session = at_send()
    session.do(Event("send", ANA))
    session.do(Event("mirror", BEN))
    (tone,) = [one for one in stuck(session.scene()).remedies if one.id == "tone"]
    assert tone.press is not None
    who, choice = tone.press
    assert who == ANA
    session.press(choice)
    assert session.scene().writes == "mirror"


def test_a_pause_has_lines_and_no_remedies() -> None:
    session = at_send()
    session.do(Event("pause"))
    assert not stuck(session.scene()).remedies


def test_nobody_is_asked_to_look_who_would_rather_not() -> None:
    session = at_send()
    while session.scene().place != "validate":
        session.do(Event(*_on(session)))
    labels = [one.label for one in stuck(session.scene(), 0, ("no-gaze",)).remedies]
    assert "Away from the screen. It can wait" in labels


def _on(session: object) -> tuple[str, int, None, str | None]:
    seen = session.scene()  # type: ignore[attr-defined]
    who = min(seen.turn)
    return (seen.writes, who, None, None) if seen.writes else ("check", who, None, "yes")
