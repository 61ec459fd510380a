"""When the coach says nothing, and when it stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imago_tui import hints
from imago_tui.coach import CODES, KINDS, Quietened, find, likeness

if TYPE_CHECKING:
    from tests.coach.conftest import Coach

DEFENCE = "I never did that, and you know it."


@pytest.mark.parametrize(
    "sent",
    [
        "You hit me on Sunday.",
        "I am afraid of you when you drink.",
        "You threw a plate at me.",
        "You said you would kill yourself.",
        "You forced me to stay.",
        "I was scared.",
        "There was a bruise on my arm.",
        "He threatened to take the children.",
        "You grabbed my arm and I could not leave.",
        "It\u2019s not safe for me here.",
    ],
)
def test_words_of_fear_injury_or_violence_silence_it(coach: Coach, sent: str) -> None:
    assert coach.mirror(DEFENCE, "You said something.") is not None
    assert coach.mirror(DEFENCE, sent) is None
    assert coach.sender(f"{sent} You always do that.") is None
    assert coach.mirror(f"{DEFENCE} {sent}", "You said something.") is None


def test_they_silence_it_wherever_they_stand(coach: Coach) -> None:
    assert coach.sender("You never listen. " + "I sat there. " * 1000 + "You hit me.") is None


@pytest.mark.parametrize("sent", ["It hit the mark.", "My blood pressure is up.", "I pushed on."])
def test_everyday_words_that_look_alike_do_not(coach: Coach, sent: str) -> None:
    assert coach.sender(f"{sent.replace('It hit', 'We hit')} You never listen.") is not None


def test_two_dismissals_are_enough_for_a_talk() -> None:
    fresh = Quietened()
    once = fresh.dismiss("question")
    other = once.dismiss("advice")
    twice = other.dismiss("question")
    assert [one.codes for one in (fresh, once, other, twice)] == [
        frozenset(),
        frozenset(),
        frozenset(),
        frozenset({"question"}),
    ]
    assert Quietened(off=frozenset({"blame"})).codes == {"blame"}


def test_a_kind_that_is_off_lets_the_next_one_through(coach: Coach) -> None:
    text = "You should see a doctor. What did he say to you on Monday?"
    seen = []
    quietened = Quietened()
    while hint := find("mirror", "I have a cough.", text, coach.language, quietened.codes):
        seen.append(hint.code)
        quietened = quietened.dismiss(hint.code).dismiss(hint.code)
    assert seen == ["advice", "question"]


@pytest.mark.parametrize("kind", KINDS)
def test_all_kinds_can_be_off(coach: Coach, kind: str) -> None:
    text = "You never listen, you should be here. Why are you so selfish?"
    assert find(kind, text, text, coach.language) is not None
    assert find(kind, text, text, coach.language, CODES) is None


def test_another_kind_of_text_is_refused(coach: Coach) -> None:
    with pytest.raises(ValueError, match="praise"):
        find("praise", "", "", coach.language)


@given(st.sampled_from(KINDS), st.text(), st.text())
def test_any_text_is_taken_and_the_answer_is_the_same_again(
    kind: str, sent: str, text: str
) -> None:
    language = hints.language("en")
    hint = find(kind, sent, text, language)
    assert hint == find(kind, sent, text, language)
    assert hint is None or hint.code in CODES
    assert likeness(sent, text, language) == likeness(sent, text, language)
