"""Where a talk stands: finite control state (``At``) apart from what was said (``Said``).

``At`` is small and hashable, so that the checker can walk every one of them; ``Said`` holds the
words. Both are values: a step makes new ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imago_tui.dialogue.moves import Op

if TYPE_CHECKING:
    from datetime import datetime

    from imago_tui.dialogue.events import Event
    from imago_tui.dialogue.exercise import Exercise
    from imago_tui.dialogue.moves import Move, Node
    from imago_tui.dialogue.stage import Stage

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class At:
    """The control state: all that decides what is open now.

    ``hold`` is "", "pause", "time-out" or "too-much"; ``resumed`` who has said yes to going on;
    ``more_time`` who has asked for more time.
    """

    node: Node
    sender: int = 0
    hold: str = ""
    resumed: frozenset[int] = NOBODY
    more_time: frozenset[int] = NOBODY


@dataclass(frozen=True, slots=True)
class Turn:
    """Words that were said, and whose inner world they carry (``about``). ``text`` None: aloud."""

    step: str
    who: int
    about: int
    text: str | None
    partly: bool = False
    row: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the Sender's confirmation.

    ``turns``: the piece with what was left out of its mirrors, or the Receiver's summary or guess.
    ``mirror``: the latest mirror. ``again``: the Receiver's own words were taken back, and the next
    mirror takes their place.
    """

    turns: tuple[Turn, ...]
    mirror: Turn | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """Something that was agreed: ``reply`` (the other one's turn, booked)."""

    what: str
    by: int
    for_: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """The content: what stands, what waits, what was decided."""

    turns: tuple[Turn, ...] = ()
    waiting: Waiting | None = None
    answers: tuple[tuple[str, int, str], ...] = ()
    agreements: tuple[Agreement, ...] = ()
    meeting: datetime | None = None
    """The time that was named instead of now, when a talk was put off."""

    def answer(self, stage: str, who: int) -> str | None:
        """The latest answer of ``who`` at a ``choose`` stage."""
        found = [answer for at, person, answer in self.answers if (at, person) == (stage, who)]
        return found[-1] if found else None

    @property
    def topic(self) -> str | None:
        """The topic's words, None before it is said and when it was said aloud."""
        spoken = (*self.turns, *(self.waiting.turns if self.waiting else ()))
        return next((turn.text for turn in spoken if turn.step == "topic"), None)

    @property
    def standing(self) -> tuple[Turn, ...]:
        """All that would be kept if the talk ended here: what waits stands too, unless it is a
        mirror, a summary or a guess that nobody has confirmed.
        """
        waiting = self.waiting.turns if self.waiting else ()
        return (*self.turns, *(turn for turn in waiting if turn.who == turn.about))

    def after(self, move: Move, event: Event, who: int, stage: Stage, sender: int) -> Said:
        """The content after ``who`` made ``move`` with the words and answer of ``event``."""
        about = who if stage.kind == "tell" and stage.by == "each" else sender
        turn = Turn(
            move.step, who, about, event.words, partly=move.answer == "partly", row=event.row
        )
        match move.op:
            case Op.SAY | Op.ROW:
                return replace(self, turns=(*self.turns, turn))
            case Op.OPEN:
                return replace(self, waiting=Waiting((turn,)))
            case Op.DROP:
                return replace(self, waiting=None)
            case Op.ANSWER:
                return self._decided(move, event, who, stage, sender)
            case Op.NOTHING:
                return self
        if self.waiting is None:
            raise AssertionError(move.op)
        return self._checked(self.waiting, move, turn)

    def _checked(self, waiting: Waiting, move: Move, turn: Turn) -> Said:
        match move.op:
            case Op.MIRROR if waiting.again:
                # What the Receiver said before was not it: these words take its place.
                first = replace(turn, step=waiting.turns[0].step)
                waiting = Waiting((first, *waiting.turns[1:]))
            case Op.MIRROR:
                waiting = replace(waiting, mirror=turn)
            case Op.ALMOST:
                left_out = (replace(turn, step="send"),) if turn.text is not None else ()
                waiting = Waiting((*waiting.turns, *left_out))
            case Op.REDO:
                theirs = waiting.mirror is None and waiting.turns[0].who != turn.who
                waiting = replace(waiting, mirror=None, again=theirs)
            case Op.CONFIRM:
                mirror = (waiting.mirror,) if waiting.mirror else ()
                return replace(self, turns=(*self.turns, *waiting.turns, *mirror), waiting=None)
        return replace(self, waiting=waiting)

    def _decided(self, move: Move, event: Event, who: int, stage: Stage, sender: int) -> Said:
        answer = move.answer or ""
        said = replace(self, answers=(*self.answers, (stage.id, who, answer)))
        if event.when is None or not move.when:
            return said
        if stage.merge == "owner":
            reply = Agreement("reply", 1 - sender, sender, event.when)
            return replace(said, agreements=(*self.agreements, reply))
        return replace(said, meeting=event.when)


@dataclass(frozen=True, slots=True)
class Undo:
    """What ``back`` brings back: the place and the words before ``who``'s last step."""

    who: int
    at: At
    said: Said


@dataclass(frozen=True, slots=True)
class State:
    """A talk as it stands. ``until`` is the agreed return of a time-out, None for none."""

    exercise: Exercise
    at: At
    said: Said = Said()
    undo: Undo | None = None
    until: datetime | None = None

    @property
    def over(self) -> bool:
        """Whether the talk has ended."""
        return self.exercise.places[self.at.node].over

    @property
    def receiver(self) -> int:
        """The one who listens."""
        return 1 - self.at.sender

    @property
    def stage(self) -> Stage | None:
        """The stage it stands in, None at the end."""
        return self.exercise.by_id.get(self.at.node.stage)


def begin(exercise: Exercise, first: int = 0) -> State:
    """A talk that nobody has said a word in; ``first`` sends first."""
    return State(exercise, At(exercise.start, first))
