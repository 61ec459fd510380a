"""What is kept: two questions in one answer, and the lesser of each wins."""

from __future__ import annotations

from itertools import product

import pytest

from imago_tui.dialogue import keep
from imago_tui.dialogue.state import Said
from tests.dialogue.table import CLOSING, Talk

ANSWERS = ("nothing", "outcome", "together", "all")
# Rows: one's answer; columns: the other's, in the order of ANSWERS.
WORDS = {
    "nothing": ("-", "-", "-", "-"),
    "outcome": ("-", "outcome each", "outcome both", "outcome each"),
    "together": ("-", "outcome both", "together both", "together both"),
    "all": ("-", "outcome each", "together both", "all each"),
}


@pytest.mark.parametrize(("one", "other"), list(product(ANSWERS, ANSWERS)))
def test_the_lesser_of_each(one: str, other: str) -> None:
    talk = Talk(f"{CLOSING} | A skip | B skip | quiet | B keep {other} | A keep {one}")
    agreed = keep.kept(talk.state.said)
    assert agreed is not None
    expected = WORDS[one][ANSWERS.index(other)]
    if expected == "-":
        assert agreed.amount == "nothing"
        assert keep.turns(talk.state.said, agreed.amount) == ()
        return
    assert expected == f"{agreed.word} {'both' if agreed.together else 'each'}"
    steps = {turn.step for turn in keep.turns(talk.state.said, agreed.amount)}
    whole = {"topic", "mirror", "send", "validate", "empathize"}
    assert steps == ({"topic", "empathize"} if agreed.amount == "outcome" else whole)


def test_until_both_have_answered_nothing_is_agreed() -> None:
    assert keep.kept(Said()) is None
    assert (
        keep.kept(Talk(f"{CLOSING} | stop | A skip | B skip | quiet | A keep all").state.said)
        is None
    )


def test_a_changed_mind_counts() -> None:
    talk = Talk(f"{CLOSING} | A skip | B skip | quiet | A keep nothing | A back | A keep all")
    agreed = keep.kept(talk.run("B keep all").state.said)
    assert agreed is not None
    assert (agreed.word, agreed.together) == ("all", False)


def test_an_unknown_answer_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        keep.kept(Said(answers=(("keep", 0, "half"), ("keep", 1, "all"))))
