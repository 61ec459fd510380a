"""How a running talk is kept in the journal: from the engine's state to an entry and back.

The rules of a talk and the journal don't know of each other; this is the one place that knows both.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from imago_tui import topics
from imago_tui.dialogue import keep, snapshot
from imago_tui.errors import DAMAGED, ImagoError
from imago_tui.journal.entry import Agreement, Entry, Turn
from imago_tui.mishaps import tell
from imago_tui.now import local_now
from imago_tui.session import Draft
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from imago_tui.dialogue.state import Said, State
    from imago_tui.dialogue.state import Turn as SaidTurn
    from imago_tui.journal.entry import Kept
    from imago_tui.journal.store import Journal

Names = tuple[str, str]


class JournalKeeper:
    """Keeps one talk in an open journal; a ``session.Keeper``.

    Persons 0 and 1 of the talk are the journal's partners in their order. Hold ``journal.lock()``
    while the talk runs, so that nobody else writes in between.

    Args:
        journal: where it is kept.
        exercise: the exercise's id.
        entry: the unfinished entry it goes on with; None makes one at the first thing to keep.
        started: when the talk began, where that was before now.
        theme: which of the offered topics it is about, "" for none.
        now: this moment, with offset; read when the talk begins and when it ends, and never else.
    """

    def __init__(
        self,
        journal: Journal,
        exercise: str,
        *,
        entry: Entry | None = None,
        started: datetime | None = None,
        theme: str = "",
        now: Callable[[], datetime] = local_now,
    ) -> None:
        self._journal = journal
        self._exercise = exercise
        self._now = now
        self._entry = entry
        self._theme = theme or None
        self._started = entry.started if entry else started or now()
        self._ended: datetime | None = None
        self._appointment: tuple[str, datetime] | None = None

    @property
    def id(self) -> str:
        """The entry's id; "" when there is none."""
        return self._entry.id if self._entry else ""

    def save(self, now: State, draft: Draft | None) -> None:
        """Seal the state as it stands; it is on the disk when this returns.

        Raises:
            ImagoError: 6, 7.
        """
        names = self._journal.partners
        written = replace(
            self._made(),
            topic=None,
            turns=turns(now.said.standing, names),
            agreements=agreements(now.said, names),
            log=(snapshot.to_json(now),),
            draft={"who": names[draft.who], "step": draft.step, "text": draft.words}
            if draft
            else None,
        )
        self._entry = self._journal.save(written)

    def finish(self, now: State) -> None:
        """Keep what both agreed to keep, and nothing else of the talk.

        Raises:
            ImagoError: 6, 7; it can be tried again.
        """
        agreed = keep.kept(now.said)
        if agreed is None or agreed.amount == "nothing":
            self._remove()
        else:
            names = self._journal.partners
            self._ended = self._ended or self._now()
            stays = keep.turns(now.said, agreed.amount)
            written = replace(
                self._made(),
                room="together" if agreed.together else "shared",
                state="done",
                kept=cast("Kept", agreed.word),
                topic=next((turn.text for turn in stays if turn.step == "topic"), None),
                turns=turns(stays, names),
                agreements=agreements(now.said, names),
                ended=self._ended,
                log=(),
                draft=None,
            )
            self._entry = self._journal.save(written)
        self._journal.write_index()
        # What was said is kept by now, whatever becomes of today's copy; nobody waits for it.
        with suppress(ImagoError):
            self._journal.roll_behind(local_now())

    def drop(self, now: State) -> None:
        """Leave no entry; of a talk put off, keep the time that was named.

        Raises:
            ImagoError: 6, 7; it can be tried again.
        """
        self._remove()
        when = now.said.meeting
        if when is None or (self._appointment and self._appointment[1] == when):
            return
        if self._appointment:
            self._journal.remove(self._appointment[0])
        note = self._journal.add_appointment(when, self._exercise, made=self._now())
        self._appointment = note.id, when

    def park(self, words: str) -> None:
        """Keep a topic for another day.

        Raises:
            ImagoError: 6, 7.
        """
        self._journal.park(words, made=self._now())

    def _made(self) -> Entry:
        if self._entry is not None:
            return self._entry
        return replace(self._journal.new_entry(self._exercise, self._started), theme=self._theme)

    def _remove(self) -> None:
        if self._entry:
            self._journal.remove(self._entry.id)
            self._entry = None


def turns(said: Sequence[SaidTurn], names: Names) -> tuple[Turn, ...]:
    """What was said, as the journal keeps it."""
    return tuple(
        Turn(
            n=n,
            step=turn.step,
            who=names[turn.who],
            about=names[turn.about],
            text=turn.text,
            aloud=turn.text is None,
            partly=turn.partly,
        )
        for n, turn in enumerate(said, 1)
    )


def agreements(said: Said, names: Names) -> tuple[Agreement, ...]:
    """What was agreed, as the journal keeps it; times in ISO 8601 with offset."""
    return tuple(
        Agreement(
            one.what,
            names[one.by],
            None if one.for_ is None else names[one.for_],
            None if one.until is None else one.until.isoformat(timespec="seconds"),
        )
        for one in said.agreements
    )


@dataclass(frozen=True, slots=True)
class Resumed:
    """A talk to go on with: its state, its keeper, and the line that was being typed, if any."""

    state: State
    keeper: JournalKeeper
    draft: Draft | None = None


def tell_of_copy(trouble: ImagoError | None) -> None:
    """Say on stderr that today's copy of the journal could not be made, or lacks something."""
    if trouble is not None and trouble.status == DAMAGED:
        tell(trouble.message, trouble.hint)
    elif trouble is not None:
        tell(words("keeping.copy"), words("keeping.copy_hint"))


def newest_unfinished(journal: Journal) -> Entry | None:
    """The unfinished talk that was begun last, None when there is none.

    Raises:
        ImagoError: 5 its file is not whole.
    """
    unfinished = [head for head in journal.heads().heads if head.state == "unfinished"]
    return journal.load(unfinished[0].id) if unfinished else None


def resume_talk(
    journal: Journal, entry: Entry, *, now: Callable[[], datetime] = local_now
) -> Resumed:
    """Go on with ``entry`` at the exact step.

    Raises:
        ImagoError: 5 this version can't; what was said stays in the journal.
    """
    from imago_tui import exercises
    from imago_tui.dialogue.stage import ExerciseError

    try:
        exercise = topics.about(exercises.load(entry.exercise), entry.theme or "")
        state = snapshot.from_json(exercise, entry.log[-1])
    except (ExerciseError, snapshot.NotResumable, IndexError):
        raise ImagoError(
            words("keeping.not_resumable"), words("keeping.not_resumable_hint"), 5
        ) from None
    draft = None
    if entry.draft and entry.draft["who"] in entry.partners:
        who = entry.partners.index(entry.draft["who"])
        draft = Draft(entry.draft["step"], who, entry.draft["text"])
    return Resumed(state, JournalKeeper(journal, entry.exercise, entry=entry, now=now), draft)
