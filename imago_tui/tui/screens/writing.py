"""Typing at the table: a field in the pane of the one whose words they are, and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from imago_tui.dialogue.events import PERSONS, Event
from imago_tui.session import Draft
from imago_tui.tui import commands
from imago_tui.tui.screens import asks
from imago_tui.tui.screens.clockwork import Clockwork
from imago_tui.tui.widgets.fields import Area, TooMuch
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.dialogue.scene import Choice
    from imago_tui.session import Session

DRAFT_EVERY = 1.5
"""Seconds: a draft is kept this often at most."""


class Writing(Clockwork):
    """The part of the table where words are typed.

    ``types``: who goes on typing when it is their turn to say something again.
    """

    def __init__(self, session: Session, left: int) -> None:
        super().__init__(session, left)
        self.types: set[int] = set()
        self._left_out: Choice | None = None
        self._waits = False
        self._put_by: Draft | None = None

    @property
    def area(self) -> Area | None:
        """The field that is open."""
        return next(iter(self.query(Area)), None)

    @property
    def so_far(self) -> str:
        """What stands typed."""
        return self.area.words if self.area is not None else ""

    @property
    def partly_open(self) -> bool:
        """Whether typed words may say that a part of it makes sense."""
        who, step = self.look.typing, self.scene.writes
        return any(one[:3] == (step, who, "partly") for one in self.scene.open)

    @property
    def left_out(self) -> Choice | None:
        """The choice that leaves this step out, whoever has it, as the Sender may for a summary;
        never the one that leaves a piece unheard.
        """
        offered = (choice for side in self.scene.choices for choice in side if choice.drafts)
        skips = (one for one in offered if one.drafts[0].step == "skip")
        return next((one for one in skips if one.key != "leave-piece"), None)

    def do_leave_out(self) -> None:
        """Leave this step out while it is typed; else its own key stands there."""
        choice = self.left_out
        if choice is not None and self.look.typing is not None:
            self.imago.decide(lambda: self.press(choice))

    @property
    def finer_words(self) -> tuple[int, Choice] | None:
        """Whose finer choices are open, and the one of them that may carry words, if any."""
        for who, finer in self.look.into.items():
            for choice in finer.into:
                if choice.wants == "words":
                    return who, choice
        return None

    def do_type(self) -> None:
        """Type it; at the finer choices, what was left out."""
        if "type" in self.without():
            return
        if self.finer_words is not None:
            self.write_left_out(*self.finer_words)
            return
        writers = self.scene.writer
        if len(writers) < len(PERSONS):
            self.open_field(next(iter(writers)))
        else:
            self.ask(self._ask_writer())

    async def _ask_writer(self) -> None:
        who = await asks.which(self.imago, words("table.who_types"), self.session.names)
        if who is not None and who in self.scene.writer:
            self.open_field(who)

    def do_aloud(self) -> None:
        """Say it aloud instead; the words so far are put away for good."""
        if self.look.typing is not None:
            self.types.discard(self.look.typing)
            self.forget_field()
            self.session.draft(None)
            self.change(typing=None, revealed=False)

    def open_field(self, who: int, words_so_far: str = "") -> None:
        """A field for ``who``, with one way to begin in it."""
        self.types.add(who)
        scene = self.session.scene(typing=who)
        self.change(typing=who, into={}, bare=False, revealed=False)
        line = self.session.stems(who, scene).at(0).told
        self.pane_of(who).open_field(line, words_so_far)

    def go_on_with(self, draft: Draft) -> None:
        """A line that was being typed is there again, once both are here."""
        if self.session.state.at.hold:
            self._put_by = draft
        elif self._open_again(draft):
            self.ask_both("here")

    def _open_again(self, draft: Draft) -> bool:
        """Open the field of a line that was being typed; whether it is still asked for."""
        who, words_so_far = draft.who, draft.words
        if who in self.scene.writer and draft.step == self.scene.writes:
            self.open_field(who, words_so_far)
            return True
        offered = (one for choice in self.scene.choices[who] for one in (choice, *choice.into))
        choice = next((one for one in offered if one.wants and one.key == draft.step), None)
        if choice is not None:
            self.write_left_out(who, choice, words_so_far)
        return choice is not None

    def _type_again(self) -> None:
        """Whoever types goes on typing, where saying something is all there is to do."""
        gives_back = self.session.ways.manner.types - {self.scene.sender}
        for who in self.scene.writer & (self.types | gives_back):
            only = not self.session.scene(typing=who).choices[who]
            if only and len(self.scene.writer) == 1 and not self.scene.hold:
                self.open_field(who)

    def write_left_out(self, who: int, choice: Choice, words_so_far: str = "") -> None:
        """A field for what was left out, or for how somebody would put what they chose."""
        self._left_out = choice
        self.change(typing=who, into={})
        hint = words("table.gift" if choice.item else "table.left_out")
        self.pane_of(who).open_field(hint, words_so_far)

    def forget_field(self) -> None:
        """No field, and nothing left of what was in it."""
        self._left_out = None
        for who in PERSONS:
            self.pane_of(who).close_field()

    def after(self) -> None:
        """The talk has moved on: no field of the one before is left; a pause only puts it by."""
        self.say("")  # it was for whoever stood here before
        held = bool(self.session.state.at.hold)
        if held:
            self._put_away()
        self.forget_field()
        super().after()
        if self.session.state.over or held:
            return
        put_by, self._put_by = self._put_by, None
        if put_by is None:
            self._type_again()
        else:
            self._open_again(put_by)

    def _put_away(self) -> None:
        """What is being typed, for when they go on."""
        if self.area is not None:
            self.save_draft()
            self._put_by = self.session.drafted

    def hidden_note(self) -> str:
        """Where the words would stand that are put away while they are given back."""
        name = self.session.names[self.scene.sender]
        return words("table.hidden", name=name, key=commands.BY_ID["show"].key(field=True))

    def do_show(self) -> None:
        """Show the words again that were put away, or put them away again."""
        if self.look.typing is not None:
            self.change(revealed=not self.look.revealed)

    @on(Area.Sent)
    def _sent(self, message: Area.Sent) -> None:
        self._take(message.words, None)

    @on(Area.SentNothing)
    def _nothing_sent(self) -> None:
        self.send_nothing()

    def send_nothing(self) -> None:
        """Enter in an empty field: what was left out is said aloud."""
        if self._left_out is not None:
            self._take(None, None)

    @property
    def choice_open(self) -> bool:
        """Whether the field belongs to a choice that may carry words."""
        return self._left_out is not None

    def do_partly(self) -> None:
        """The words say which part of it makes sense."""
        area = self.area
        if area is not None and self.partly_open and area.words.strip():
            self._take(area.words, "partly")

    def _take(self, typed: str | None, answer: str | None) -> None:
        who = self.look.typing
        if who is None:
            return

        def take() -> None:
            if self._left_out is not None:
                self.press(self._left_out, words=typed)
            else:
                self.do(Event(self.scene.writes, who, words=typed, answer=answer))

        self.imago.decide(take)

    @on(Area.Changed)
    def _typed(self) -> None:
        if self.session.timers.stopped:
            self.wake()  # a field keeps its keys to itself
        if not self._waits:
            self._waits = True
            self.set_timer(DRAFT_EVERY, self.save_draft)

    def save_draft(self) -> None:
        """Keep what is being typed."""
        self._waits = False
        who, so_far = self.look.typing, self.so_far
        if self.area is not None and who is not None:
            step = self.scene.writes if self._left_out is None else self._left_out.key
            self.session.draft(Draft(step, who, so_far) if so_far.strip() else None)

    @on(TooMuch)
    def _too_much(self) -> None:
        self.say(words("table.too_much"))
