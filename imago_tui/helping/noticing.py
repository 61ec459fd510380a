"""What the coach notices in words that were just typed, and for how long it stands.

At most one line at a time. It stands while those words wait for the other one, and is gone with
their "you got it". Nothing of it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imago_tui.dialogue.engine import Open, find
from imago_tui.dialogue.moves import By, Op
from imago_tui.helping.likes import OFF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imago_tui.coach import Hint
    from imago_tui.dialogue.events import Event
    from imago_tui.dialogue.moves import Move
    from imago_tui.dialogue.state import State, Turn
    from imago_tui.helping.likes import Both, Likes


@dataclass(frozen=True, slots=True)
class Typed:
    """A text for the coach: of which kind, whose, what it answers, and what it says."""

    kind: str
    who: int
    sent: str
    text: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """A hint, and whose words it is about."""

    who: int
    hint: Hint


@dataclass(frozen=True, slots=True)
class Noticing:
    """What stands now, and the kinds that each of them has sent away in this talk, in order."""

    now: Noticed | None = None
    away: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    def after(self, before: State, event: Event, likes: Both) -> Noticing:
        """What stands after ``event`` was taken in the state ``before``."""
        move = _move(before, event)
        if move is None:
            # Asked for a smaller piece, or taken back: the words may be said in another way.
            ended = event.step in {"stop", "too-much", "time-out"}
            return replace(self, now=None) if ended else self
        typed = read(before, move, event)
        if typed is not None:
            return replace(self, now=self._found(typed, likes[typed.who]))
        stands = self.now is not None and _waits_on(before, move, self.now.who)
        return self if stands else replace(self, now=None)

    def send_away(self) -> Noticing:
        """The line is not wanted. A kind that was sent away twice stays away for this talk."""
        if self.now is None:
            return self
        away = [*self.away]
        away[self.now.who] = (*away[self.now.who], self.now.hint.code)
        return Noticing(None, (away[0], away[1]))

    def _found(self, typed: Typed, likes: Likes) -> Noticed | None:
        if not likes.hints or likes.level == OFF:
            return None
        # Imported here: whoever says it all aloud never needs the coach.
        from imago_tui import coach, hints

        quiet = coach.Quietened(self.away[typed.who], coach.OFF | likes.quiet)
        hint = coach.find(typed.kind, typed.sent, typed.text, hints.language(), quiet.codes)
        return None if hint is None else Noticed(typed.who, hint)


def read(before: State, move: Move, event: Event) -> Typed | None:
    """The text in ``event`` as the coach reads it; None where there is nothing for it to read, as
    after words said aloud: of those it knows nothing.
    """
    who, sender, waiting = event.who, before.at.sender, before.said.waiting
    if who is None or not event.words:
        return None
    if before.stage is not None and before.stage.kind == "gather":
        return None  # rows of a list: no talk yet
    if move.op is Op.OPEN and move.by is By.SENDER:
        return Typed("sender", who, event.words, "")
    guess = before.stage is not None and before.stage.word == "empathize"
    if guess and (move.op is Op.OPEN or (waiting is not None and waiting.again)):
        return Typed("empathy", who, "", event.words)
    if move.op is Op.MIRROR and waiting is not None and not waiting.again:
        sent = _texts(waiting.turns, sender)
    elif move.op in {Op.OPEN, Op.MIRROR}:  # the whole of it, or once more
        sent = _texts(before.said.turns, sender)
    else:
        return None
    return Typed("mirror", who, sent, event.words) if sent else None


def _texts(turns: Iterable[Turn], sender: int) -> str:
    """What the Sender said; nothing as soon as a part of it was said aloud."""
    said = [turn.text for turn in turns if turn.who == turn.about == sender]
    return "\n".join(text for text in said if text) if all(said) else ""


def _move(before: State, event: Event) -> Move | None:
    if before.at.hold:
        return None
    place = before.exercise.places[before.at.node]
    return find(place, before.at.sender, Open(event.step, event.who, event.answer))


def _waits_on(before: State, move: Move, who: int) -> bool:
    """Whether, after ``move``, the words of ``who`` are still open: not for the Sender once they
    were given back, and for nobody once they were heard, or left.
    """
    return move.op in {Op.ALMOST, Op.REDO} and who != before.at.sender
