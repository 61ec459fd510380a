"""Where a talk stands: finite control state (``At``) apart from what was said (``Said``).

``At`` is small and hashable, so that the checker can walk every one of them; ``Said`` holds the
words. Both are values: a step makes new ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imago_tui.dialogue.events import PERSONS
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
    ``more_time`` who has asked for more time; ``turned``: roles have changed, where that is asked
    once.
    """

    node: Node
    sender: int = 0
    hold: str = ""
    resumed: frozenset[int] = NOBODY
    more_time: frozenset[int] = NOBODY
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """Words that were said, and whose inner world they carry (``about``). ``text`` None: aloud.

    Of a row the fields stand one a line (see ``rows``), and ``when`` is the day it names.
    """

    step: str
    who: int
    about: int
    text: str | None
    partly: bool = False
    when: datetime | None = None

    @property
    def first(self) -> str | None:
        """The first field of a row, which says what it is."""
        return None if self.text is None else self.text.split("\n", 1)[0]


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
    """Something that was agreed: ``by`` does it for ``for_``, or for them both (None).

    ``what``: the words of it, None when they were said aloud; or which kind of time it is, as
    ``reply`` (the other one's turn, booked). ``until`` None: no day was named.
    """

    what: str | None
    by: int
    for_: int | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Said:
    """The content: what stands, what waits, what was decided."""

    turns: tuple[Turn, ...] = ()
    waiting: Waiting | None = None
    answers: tuple[tuple[str, int, str], ...] = ()
    agreements: tuple[Agreement, ...] = ()
    meeting: datetime | None = None
    """The time that was named instead of now, when a talk was put off."""
    since: int = 0
    """How many turns stood when the roles were exchanged last: lists begin anew there."""

    def answer(self, stage: str, who: int) -> str | None:
        """The latest answer of ``who`` at a ``choose`` stage."""
        found = [answer for at, person, answer in self.answers if (at, person) == (stage, who)]
        return found[-1] if found else None

    def items(self, stage: Stage, who: int) -> tuple[Turn, ...]:
        """What ``who`` chooses among at a stage, in the order in which it was said."""
        if stage.items:
            return tuple(Turn(stage.word, who, who, text) for text in stage.items)
        whose = {"theirs": 1 - who, "own": who}.get(stage.whose)
        rows = (turn for turn in self.turns[self.since :] if turn.step in stage.over)
        return tuple(turn for turn in rows if whose in {None, turn.who})

    def marks(self, stage: Stage, who: int) -> tuple[str, ...]:
        """What ``who`` has answered to the items of a stage so far, in their order."""
        return tuple(
            answer
            for at, person, answer in self.answers
            if (at, person) == (stage.id, who) and answer
        )

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
        about = who if _their_own(stage) else sender
        day = event.when if move.columns else None
        turn = Turn(move.step, who, about, event.words, partly=move.answer == "partly", when=day)
        match move.op:
            case Op.SAY | Op.ROW:
                said = replace(self, turns=(*self.turns, turn))
                return _agreed(said, _promise(turn, stage)) if stage.gives else said
            case Op.MARK:
                return self._marked(move, who, stage)
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
        if move.swap:
            said = replace(said, since=len(said.turns))
        if move.item and stage.gives:
            return _agreed(said, _gift(said, move.item, event, who, stage))
        if stage.many and stage.merge == "all":
            return replace(said, turns=(*said.turns, *_shared(said, who, stage)))
        if event.when is None or not move.when:
            return said
        if stage.gives:
            return _agreed(said, Agreement(stage.gives, who, None, event.when))
        if stage.merge == "owner":
            return _agreed(said, Agreement("reply", 1 - sender, sender, event.when))
        return replace(said, meeting=event.when)

    def _marked(self, move: Move, who: int, stage: Stage) -> Said:
        """What ``who`` says to the next item; a yes that counts alone is a line of theirs."""
        item = self.items(stage, who)[len(self.marks(stage, who))]
        answer = move.answer or ""
        said = replace(self, answers=(*self.answers, (stage.id, who, answer)))
        yes = answer == stage.options[0].answer
        if not (yes and stage.keep and stage.merge == "each"):
            return said
        return replace(said, turns=(*said.turns, Turn(stage.word, who, who, item.text)))


def _agreed(said: Said, agreement: Agreement) -> Said:
    return replace(said, agreements=(*said.agreements, agreement))


def _promise(turn: Turn, stage: Stage) -> Agreement:
    """A row that is a promise: its first field, until the day it names."""
    theirs = None if stage.by in {"together", "me"} else 1 - turn.who
    return Agreement(turn.first, turn.who, theirs, turn.when)


def _gift(said: Said, item: int, event: Event, who: int, stage: Stage) -> Agreement:
    """One item of a list, chosen; the words beside it are how its giver would do it."""
    chosen = said.items(stage, who)[item - 1]
    other = chosen.who if chosen.who != who else None
    return Agreement(event.words or chosen.first, who, other, chosen.when)


def _shared(said: Said, who: int, stage: Stage) -> tuple[Turn, ...]:
    """Once both have answered: the items to which both have said yes are theirs together."""
    if (stage.id, 1 - who, "") not in said.answers:
        return ()
    yes = (stage.options[0].answer,) * len(PERSONS)
    given = (said.marks(stage, one) for one in PERSONS)
    found = zip(said.items(stage, who), *given, strict=False)
    return tuple(replace(item, step=stage.word) for item, *both in found if tuple(both) == yes)


def _their_own(stage: Stage) -> bool:
    """Whether the words of a stage are about whoever says them, and not about the Sender."""
    each = stage.kind == "tell" and stage.by == "each"
    return each or stage.own or (stage.kind == "gather" and not stage.hear)


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
    def put_off(self) -> bool:
        """Whether it has ended before it began: one of them said "not now", or named a time."""
        first = self.exercise.stages[0]
        yes = first.options[0].answer if first.options else ""
        return (
            self.over
            and first.merge == "all"
            and any(at == first.id and answer != yes for at, _, answer in self.said.answers)
        )

    @property
    def stage(self) -> Stage | None:
        """The stage it stands in, None at the end."""
        return self.exercise.by_id.get(self.at.node.stage)


def begin(exercise: Exercise, first: int = 0) -> State:
    """A talk that nobody has said a word in; ``first`` sends first."""
    return State(exercise, At(exercise.start, first))
