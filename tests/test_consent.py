"""Consent, each time and by each: what is asked, what declining costs, and another equal way."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from imago_tui import exercises
from imago_tui.dialogue.declining import asks_both
from imago_tui.dialogue.engine import Open, advance, open_at
from imago_tui.dialogue.events import Event
from imago_tui.dialogue.manner import Manner
from imago_tui.dialogue.moves import By
from imago_tui.dialogue.scene import scene
from imago_tui.dialogue.state import State
from imago_tui.session import Session
from imago_tui.tui.screens.card import Choice as CardChoice
from imago_tui.tui.widgets.choices import Row
from imago_tui.words import words
from tests.dialogue.test_exits import reached
from tests.test_words import texts

ALL = exercises.names()
TOGETHER = [name for name in ALL if exercises.load(name).keeps and not exercises.load(name).alone]
TOUCH = re.compile(
    r"\b(a hand|hands|hug\w*|hold (?!up)\w*|holding|embrac\w*|cuddl\w*|kiss\w*|touch\w*|lap|arms?"
    r"|lean\w*)\b",
    re.IGNORECASE,
)
GAZE = re.compile(
    r"\blook (at (each other|them|the other|me|her|him)|up|into)\b|\beyes? (rest|contact|on)\b"
    r"|\bface to face\b",
    re.IGNORECASE,
)
EQUAL_WAY = re.compile(
    r"\bor\b|\bno need\b|\bneed not\b|\bneedn't\b|\bas you like\b", re.IGNORECASE
)
NOT_ASKED = {
    # Somebody tells what they like about the other one; nothing is done.
    "Hands, ears, the back of a head on a pillow.",
    "A heavy memory is in better hands with a therapist.",
    "Big things are in better hands with a therapist beside you.",
    "Raw and heavy things are in better hands with a therapist.",
    "A lamp, a cup, your own hands.",
    # Chosen from two that stand beside each other; the line below it leads to the other one.
    "Ten seconds in each other's arms, if both like.",
    "Eyes open or shut, as you like. No holding of breath.",
    "What a hug, a look, a word from you does for me is ...",
}


def said_to_both() -> dict[str, str]:
    """Every sentence that the table may show, with where it stands."""
    found: dict[str, str] = {}
    for name in ALL:
        exercise = exercises.load(name)
        for stage in exercise.stages:
            for face in stage.faces.values():
                for text in (face.ask, face.listen, face.soon, *face.stems, *face.help):
                    found[text] = f"{name}/{stage.id}"
    for name in ("steps", "table", "evening"):
        found |= dict.fromkeys(texts(dict(words.table(name))), name)
    return found


def test_touch_and_eyes_always_have_an_equal_other_way() -> None:
    asks = {
        text: where
        for text, where in said_to_both().items()
        if (TOUCH.search(text) or GAZE.search(text)) and text not in NOT_ASKED
    }
    assert asks, "the words that are looked for are still there"
    assert {text: where for text, where in asks.items() if not EQUAL_WAY.search(text)} == {}


def test_breathing_holds_no_breath_and_offers_open_eyes() -> None:
    for text in said_to_both():
        assert not re.search(r"\bhold (your|the|it|a) ?breath", text, re.IGNORECASE), text
        assert not re.search(r"\b(close|shut) your eyes\b", text, re.IGNORECASE), text
    settle = words.table("steps.face.settle")
    assert any("Eyes open" in stem for stem in settle["stems"])


@pytest.mark.parametrize("name", ALL)
def test_a_talk_that_asks_for_a_good_time_asks_each_of_them(name: str) -> None:
    """What only mends one sentence, or makes both laugh, asks nobody; all else asks both."""
    exercise = exercises.load(name)
    asks = [stage for stage in exercise.stages if asks_both(stage)]
    if name == "silly" or exercise.alone:
        assert asks == []
        return
    first = exercise.stages[0]
    assert asks == [first]
    assert first.by == "each"
    answers = [option.answer for option in first.options]
    assert "no" in answers


@pytest.mark.parametrize("name", ALL)
def test_an_answer_that_both_give_does_not_show_before_both_have_given_it(name: str) -> None:
    """Where each answers alone, the table looks alike whatever the first one has said."""
    exercise = exercises.load(name)
    looked_at = 0
    for here in reached(name):
        place = exercise.places[here.at.node]
        stage = exercise.by_id.get(place.node.stage)
        if here.at.hold or stage is None or stage.kind != "choose" or stage.by != "each":
            continue
        for who in (0, 1):
            given = [one for one in open_at(exercise, here) if one.who == who and one.answer]
            shown = set()
            for one in given:
                after = advance(exercise, here, one).control
                node = exercise.places[after.at.node]
                if node.over or node.node.stage != stage.id:
                    continue  # it has ended, or both have answered
                looked_at += 1
                shown.add(scene(State(exercise, after.at), ("Ana", "Ben")))
            assert len(shown) <= 1, (here, who)
    assert looked_at or not any(stage.merge == "least" for stage in exercise.stages)


def test_yes_and_no_are_drawn_alike() -> None:
    """A choice has a key and words, and nothing that could make one of them larger or brighter."""
    assert Row._fields == ("key", "label")
    assert {field.name for field in fields(CardChoice)} == {"id", "label", "key"}


@pytest.mark.parametrize("name", TOGETHER)
def test_what_is_kept_is_asked_of_each_and_nothing_comes_first(name: str) -> None:
    exercise = exercises.load(name)
    keep = next(stage for stage in exercise.stages if stage.merge == "least")
    assert keep.by == "each"
    assert keep.options[0].answer == "nothing"
    doors = [
        place
        for place in exercise.places.values()
        for move in place.moves
        if move.step == "keep" and move.by in {By.SENDER, By.RECEIVER}
    ]
    assert doors
    opens = {one for here in reached(name) for one in open_at(exercise, here)}
    assert Open("keep", None) not in opens


def asked_what_to_keep(name: str) -> State:
    """The table when both are asked what to keep, and neither has answered."""
    exercise = exercises.load(name)
    return next(
        State(exercise, here.at)
        for here in reached(name)
        if {one.who for one in open_at(exercise, here) if one.step == "keep"} == {0, 1}
    )


def test_what_was_set_alone_is_one_press_that_does_not_show_which_it_is() -> None:
    """Both have it, also the one who has set nothing: for them it is nothing."""
    names, here = ("Ana", "Ben"), asked_what_to_keep("dialogue")
    assert all(len(mine) == 4 for mine in scene(here, names).choices)
    shown = scene(here, names, manner=Manner(usual=("together", "")))
    last = [mine[-1] for mine in shown.choices]
    assert [exercises.label(one) for one in last] == ["As I set it"] * 2
    assert [one.drafts[0].answer for one in last] == ["together", "nothing"]
    less = scene(asked_what_to_keep("daily"), names, manner=Manner(usual=("outcome", "")))
    assert less.choices[0][-1].drafts[0].answer == "nothing", "it isn't offered there"


def test_no_text_asks_whether_somebody_is_safe_or_afraid() -> None:
    """The program asks nobody; what a person says of fear in their own words is theirs."""
    asked = re.compile(
        r"\b(are you|do you feel|is it) (safe|afraid|scared|in danger)\b"
        r"|\bhas (he|she|your partner)\b|\bI (confirm|am) (that I am )?safe\b",
        re.IGNORECASE,
    )
    for text, where in said_to_both().items():
        assert not asked.search(text), (where, text)


def held_with(text: str) -> list[object]:
    """What the table shows, step by step, when such words are typed."""
    session = Session(exercises.load("dialogue"), ("Ana", "Ben"))
    seen: list[object] = []
    for step, who, words_, answer in (
        ("ready", 0, None, "yes"),
        ("ready", 1, None, "yes"),
        ("settle", 0, None, None),
        ("skip", 0, None, None),
        ("skip", 1, None, None),
        ("topic", 0, text, None),
        ("mirror", 1, None, None),
        ("check", 0, None, "yes"),
        ("send", 0, text, None),
        ("mirror", 1, None, None),
    ):
        session.do(Event(step, who, words_, answer))
        shown = session.scene()
        lines = [session.stems(who_, shown).lines for who_ in (0, 1)]
        seen.append((shown.stage, shown.ask, shown.choices, shown.open, shown.help, lines))
    assert session.trouble is None
    return seen


def test_words_of_fear_or_violence_bring_no_reaction_and_shut_nothing() -> None:
    """Whatever the table did would be seen by both. It does what it does for any words."""
    plain = held_with("When it rained on Sunday I sat in the kitchen.")
    for text in (
        "He hit me on Sunday, and I am afraid of you.",
        "You choked me. I want to kill myself.",
        "I don't feel safe here.",
    ):
        assert held_with(text) == plain
