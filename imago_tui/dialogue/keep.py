"""What is kept when a talk has ended: two questions in one answer, and the lesser of each wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imago_tui.dialogue.events import PERSONS

if TYPE_CHECKING:
    from imago_tui.dialogue.state import Said, Turn

OUTCOME = frozenset({"topic", "remember", "empathize", "appreciate", "called", "ours", "note"})
"""The steps an outcome holds, beside the agreements: of the exercises with lists, the name that a
cycle was given, what both want for them both, and the line that a look back leaves."""

RECORDED = frozenset(
    {
        *("topic", "send", "mirror", "summary", "validate", "empathize"),
        *("thanks", "appreciate", "remember"),
        # Said in other exercises.
        *("differently", "owning", "limit", "reply", "others", "prompt"),
        # Rows of lists, and lines that were taken.
        *("wish", "request", "stretch", "now", "before", "never", "caring", "step", "side", "does"),
        *("called", "dream", "ours", "idea", "plan", "letter", "note", "until", "pattern"),
        # Of the exercise for one person.
        *("did", "hard", "house", "kind", "liked", "today", "wanted"),
    }
)
"""The steps whose words are ever kept. One that no exercise has any more stays here: it is still in
what was kept before."""

AMOUNTS = ("nothing", "outcome", "whole")


class Kept(NamedTuple):
    """How much is kept, and whether only both keys together open it."""

    amount: str
    together: bool

    @property
    def word(self) -> str:
        """The journal's word for it: all, together or outcome."""
        if self.amount == "outcome":
            return "outcome"
        return "together" if self.together else "all"


ANSWERS = {  # as they are called in an exercise
    "nothing": Kept("nothing", together=False),
    "outcome": Kept("outcome", together=False),
    "together": Kept("whole", together=True),
    "all": Kept("whole", together=False),
}
OWN = ("nothing", "own")
"""What one person alone may answer: what they keep goes into their own room, whole."""


def kept(said: Said) -> Kept | None:
    """What both agreed to keep, None until both have answered; one alone decides for themself.

    Raises KeyError for an unknown answer.
    """
    answers = [answer for who in PERSONS if (answer := said.answer("keep", who)) is not None]
    if "own" in answers:
        return ANSWERS["all"]
    given = [ANSWERS[answer] for answer in answers]
    if len(given) < len(PERSONS):
        return None
    return Kept(
        min((one.amount for one in given), key=AMOUNTS.index), any(one.together for one in given)
    )


def turns(said: Said, amount: str) -> tuple[Turn, ...]:
    """The turns that an amount keeps, in their order."""
    if amount == "whole":
        return said.standing
    return tuple(turn for turn in said.standing if amount == "outcome" and turn.step in OUTCOME)
