"""What a walk remembers of a turn, apart from the move table's own counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from imago_tui.dialogue.moves import By, Op

if TYPE_CHECKING:
    from imago_tui.dialogue.moves import Move
    from imago_tui.dialogue.stage import Stage


class Fault(NamedTuple):
    """A rule that doesn't hold: its key in the words file, the stage and the step where."""

    rule: str
    stage: str
    step: str


class Facts(NamedTuple):
    """What has happened in this turn, kept beside the walk and apart from the table's own counts.

    What waits; pieces confirmed and summed up in the round that ``hearing`` names; validation;
    confirmed empathy; who has given which answer at the choice that stands.
    """

    waiting: str = ""
    pieces: int = 0
    summed: bool = False
    validated: bool = False
    felt: bool = False
    hearing: str = ""
    answered: frozenset[tuple[int, str]] = frozenset()

    def after(self, move: Move, stage: Stage, who: int, *, again: bool) -> Facts:
        """The facts after a move; ``again``: a further round on the part that isn't clear yet."""
        if move.swap:
            return Facts()
        if move.op is Op.ANSWER:
            given = self.answered | {(who, move.answer or "")}
            return self._replace(answered=given if move.to.stage == stage.id else frozenset())
        if move.op is Op.OPEN and move.by is By.SENDER:
            return self._opened(stage, again=again)
        match move.op:
            case Op.OPEN:
                return self._replace(waiting=move.step)
            case Op.CONFIRM:
                return self._confirmed()
            case Op.DROP:
                return self._replace(waiting="")
            case Op.SAY if stage.partly:
                return self._replace(validated=move.answer != "partly")
            case Op.NOTHING if move.step == "enough" and again:
                return self._replace(validated=True)
        return self

    def _opened(self, stage: Stage, *, again: bool) -> Facts:
        if stage.kind == "gather":  # each row is a piece of its own
            return self._replace(waiting="piece", hearing=stage.id, pieces=0, summed=False)
        fresh = again or self.validated or self.hearing != stage.id
        opened = Facts(felt=self.felt) if fresh else self
        return opened._replace(waiting="piece", hearing=stage.id)

    def _confirmed(self) -> Facts:
        done = self._replace(waiting="")
        if self.waiting == "piece":
            return done._replace(pieces=min(self.pieces + 1, 2), summed=False)
        return done._replace(summed=True) if self.waiting == "summary" else done._replace(felt=True)

    @property
    def heard(self) -> bool:
        """Whether everything sent in this round was confirmed, with its summary where needed."""
        return not self.waiting and self.pieces > 0 and (self.pieces == 1 or self.summed)

    @property
    def unheard(self) -> bool:
        """Whether something that was sent still wants to be confirmed, or summed up."""
        return bool(self.waiting) or (self.pieces > 1 and not self.summed)

    def agreed(self, move: Move, who: int) -> bool:
        """Whether the other one has given this very answer already."""
        return (1 - who, move.answer or "") in self.answered

    def both(self, who: int) -> bool:
        """Whether, with ``who``'s answer, both have given one."""
        return any(one != who for one, _ in self.answered)
