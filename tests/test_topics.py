"""What a talk can be about, and what may lie beneath it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from imago_tui import exercises, topics
from imago_tui.dialogue import state
from imago_tui.dialogue.check import walk
from imago_tui.dialogue.scene import scene
from imago_tui.journal.entry import UNLISTED
from imago_tui.words import words

FOUNDING = {"seen", "safe", "valued", "prioritised", "important", "chosen", "heard", "respected"}


def test_the_topics_are_those_of_the_method_in_their_order() -> None:
    assert topics.themes() == (
        "money", "parenting", "intimacy", "household",
        "distance", "resentment", "trust", "loneliness",
    )  # fmt: skip


def test_what_no_list_shows_is_the_same_in_the_journal_and_in_the_words() -> None:
    table = words.table("topics.theme")
    assert {name for name, one in table.items() if not one.get("listed", True)} == UNLISTED


@pytest.mark.parametrize("theme", topics.themes())
def test_a_topic_only_adds_ways_to_begin(theme: str) -> None:
    plain = exercises.load("dialogue")
    fitted = topics.about(plain, theme)
    assert not walk(fitted).faults
    assert fitted.places == plain.places
    stems = fitted.by_id["topic"].faces["topic"].stems
    assert stems[: len(words.lines(f"topics.theme.{theme}.stems"))] == words.lines(
        f"topics.theme.{theme}.stems"
    )
    assert set(plain.by_id["topic"].faces["topic"].stems) < set(stems)


def test_what_lies_beneath_is_offered_where_something_stings() -> None:
    fitted = topics.about(exercises.load("dialogue"))
    face = fitted.face(fitted.entry_of("send"))
    said = " ".join((*face.stems, *face.help))
    assert all(word in said for word in FOUNDING | set(words.lines("needs.anger.words")))
    assert len(face.help) <= topics.HELP
    assert set(exercises.load("dialogue").by_id["send"].faces["send"].stems) < set(face.stems)


def test_an_appreciation_has_nothing_beneath_it() -> None:
    plain = exercises.load("appreciation")
    assert topics.about(plain, "money") == plain


def test_the_offer_reaches_what_both_may_see() -> None:
    begun = state.begin(topics.about(exercises.load("dialogue"), "trust"))
    begun = replace(begun, at=replace(begun.at, node=begun.exercise.entry_of("topic")))
    assert scene(begun, ("Ana", "Ben")).stems[0] == words.lines("topics.theme.trust.stems")[0]
