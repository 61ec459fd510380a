"""A couple who hold on the screen what a scenario says, and press what is offered for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from imago_tui.dialogue import engine, rows
from imago_tui.dialogue.events import EXITS, PERSONS, Event
from imago_tui.tui import view
from imago_tui.tui.screens.asks import RETURNS
from imago_tui.words import words
from tests.tui.at_the_keys import AtTheKeys, title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imago_tui.dialogue.scene import Choice

HELPS = {"slower": "smaller", "back": "back"}
"""Steps that have a key of their own, and its command."""


class Couple(AtTheKeys):
    """A couple who hold ``events``; ``begun`` is the time these were read at."""

    def __init__(self, seen: Any, side: int, events: Sequence[Event], begun: datetime) -> None:
        super().__init__(seen, side)
        self.left, self.begun = list(events), begun

    async def hold(self) -> None:
        """Everything that is to be said and pressed, until it is over."""
        session = self.session
        while self.left and not session.state.over:
            await self._go_on()
            assert session.trouble is None

    async def _go_on(self) -> None:
        if self.card(breath := words.lines("table.breath_back")[0]):
            await self.choose(breath, "return", self.at_table)
        event, scene, look = self.left[0], self.session.scene(), self.table.look
        if look.both is not None and event.step != "more-time":
            await self.key("backspace", lambda: self.table.look.both is None)
        if event.step == "skip" and scene.seconds and not scene.hold:
            # What a script leaves out, they sit through.
            self.left[0] = event = Event(scene.choices[self.side][0].drafts[0].step)
        if event.step in EXITS:
            await self._way_out(self._taken())
        elif event.step in HELPS:
            await self.command(HELPS[self._taken().step], self.moved())
        elif event.step == "more-time":
            await self._more_time(self._taken().who)
        elif event.words is not None and event.step == scene.writes and not scene.hold:
            assert event.who in scene.writer
            await self._write(self._taken())
        elif not await self._press():
            # A round said aloud is one press at its end. What breaks it off comes before that.
            assert event.words is None
            assert event.step == scene.writes
            assert scene.aloud
            assert all(one.step in EXITS for one in self.left[1:2])
            self._taken()

    def _taken(self, many: int = 1) -> Event:
        """The last one of so many events to come; they are done with it."""
        last = self.left[many - 1]
        del self.left[:many]
        return last

    async def _way_out(self, event: Event) -> None:
        moved = self.moved()
        asks_when = words("table.time-out.title")
        taken = {"time-out": lambda: self.card(asks_when), "too-much": self._ways_on}
        went = await self._enough(event.step, taken.get(event.step, moved), event)
        if went and event.step == "time-out":
            # It holds already; a time that is named is a step of its own.
            named = self.moved() if event.when else self.at_table
            await self._back_at(asks_when, event.when, named)

    async def _back_at(self, card: str, when: datetime | None, taken: Callable[[], bool]) -> None:
        """When both come back: as the card has it, or typed."""
        minutes = round((when - self.begun) / timedelta(minutes=1)) if when else 0
        if when is None or minutes in RETURNS:
            await self.choose(card, str(minutes) if when else "none", taken)
            return
        await self.choose(card, "typed", lambda: self.card(card, typed=True))
        await self.fill_in(card, clock(when), taken)

    def _ways_on(self) -> bool:
        """Whether it was too much, and the card with the ways on is there."""
        scene = self.session.scene()
        return scene.hold == "too-much" and self.card(scene.ask)

    async def _enough(self, id_: str, taken: Callable[[], Any], event: Event | None = None) -> bool:
        """One of the ways out; False where it would change nothing, and so is not offered."""
        card = self.session.scene().ask if self._ways_on() else words("table.enough.title")
        if not self.card(card):
            await self.command("enough", lambda: self.card(card))
        if event is not None and id_ not in {one.id for one in self.app.screen.card.choices}:
            state = self.session.state
            after, _ = engine.step(state, event)
            assert (after.at, after.said.standing) == (state.at, state.said.standing)
            await self.choose(card, "return", self.at_table)
            return False
        await self.choose(card, id_, taken)
        return True

    async def _more_time(self, who: int | None) -> None:
        """Each of them presses for more time; it counts with the second."""
        if self.table.look.both is None:
            await self.command("more-time", lambda: self.table.look.both is not None)
        look = self.table.look
        await self.key(self.seat(who)[0], lambda: self.table.look is not look)

    async def _write(self, event: Event) -> None:
        """Type it: in the field that is there, or in one that is opened for it."""
        table, scene = self.table, self.session.scene()
        assert event.words is not None
        if table.look.typing is not None and table.look.typing != event.who:
            await self._put_away_the_field()
        if table.look.typing is None:
            if len(scene.writer) == len(PERSONS):
                await self.key("t", lambda: self.card(words("table.who_types")))
                await self.choose(words("table.who_types"), str(event.who), self._field)
            else:
                await self.key("t", self._field, "a field")
        assert table.look.typing == event.who
        if scene.columns:
            await self._fill(rows.cells(event.words, scene.columns))
        else:
            await self._type(event.words, "partly" if event.answer == "partly" else "")

    async def _fill(self, cells: Sequence[str]) -> None:
        """A row, field by field; Enter in an empty one leaves it empty."""
        for number, cell in enumerate(cells):
            await self.seen.until(
                lambda number=number: self._field() and self.table.look.column == number, "a field"
            )
            await self.seen.type(cell)
            last = number == len(cells) - 1
            after = self.moved() if last else lambda n=number: self.table.look.column == n + 1
            await self.key("enter", after, "the field to be taken")

    def _field(self) -> bool:
        who = self.table.look.typing
        field = None if who is None else self.table.pane_of(who).field
        return self.at_table() and field is not None and field.has_focus

    async def _type(self, text: str, command: str = "") -> None:
        await self.seen.until(self._field, "a field")
        await self.seen.type(text)
        if command:
            await self.command(command, self.moved())
        else:
            await self.key("enter", self.moved(), "the words to be taken")

    async def _put_away_the_field(self) -> None:
        await self.command("aloud", lambda: self.table.look.typing is None)

    async def _press(self) -> bool:
        """Press what is offered for the events to come; False when that is nothing."""
        for who in PERSONS:
            for path in paths(self.session.scene().choices[who]):
                many = self._fits(path[-1][1])
                if many:
                    if self.table.look.typing is not None:
                        await self._put_away_the_field()
                    await self._press_along(who, path, self._taken(many))
                    return True
        return False

    async def _press_along(self, who: int, path: list[tuple[int, Choice]], last: Event) -> None:
        table, moved = self.table, self.moved()
        if len(path) > 1:
            (place, _), *path = path
            await self.key(self.seat(who)[place], lambda: who in table.look.into)
        ((place, choice),) = path
        key = self.seat(who)[place]
        assert view.offered(table.scene, who, table.look)[place] == choice
        if choice.wants == "when":
            card = words("table.when.title")
            assert last.when is not None
            await self.key(key, lambda: self.card(card))
            await self.choose(card, "typed", lambda: self.card(card, typed=True))
            await self.fill_in(card, clock(last.when), moved)
        elif choice.wants == "words" and (who in table.types or table.scene.exhibit):
            await self.key(key, self._field)
            await self._type(last.words or "")
        elif last.words is not None:
            # All was said aloud: what was left out is typed where its choice stands.
            await self.key("t", self._field)
            await self._type(last.words)
        else:
            await self.key(key, moved, choice.key)

    def _fits(self, choice: Choice) -> int:
        """How many of the events to come a choice stands for; 0 when it is for others.

        Of "got it" and "is there more?", one press, a scenario may end between the two.
        """
        drafts = [(one.step, one.who, one.answer) for one in choice.drafts]
        ahead = self.left[: len(drafts)]
        if any(one.words is not None for one in ahead[:-1]):
            return 0
        enough = drafts[: len(ahead)] == [
            (one.step, draft[1] if one.who is None else one.who, one.answer)
            for one, draft in zip(ahead, drafts, strict=False)
        ]
        missing = [step for step, _, _ in drafts[len(ahead) :]]
        return len(ahead) if enough and missing in ([], ["more"]) else 0

    async def get_up(self) -> None:
        """From the end of the talk, or out of its middle, to the end of the program."""
        session = self.session
        if session.state is self.first:  # nothing was pressed, so nothing may be left of it
            await self.command("close-now", lambda: self.app.return_code == 130)
            return
        if session.state.put_off:
            ask = session.scene().ask
            await self.seen.until(lambda: self.card(ask), ask)
            await self.key("enter", lambda: self.card(title("bye")), "a good evening")
        elif not session.state.over:
            await self._leave()
        await self.seen.until(lambda: self.card(title("bye")), "a good evening")
        await self.key("enter", lambda: self.app.return_code == 0, "the end")

    async def _leave(self) -> None:
        """They break off here: a pause first, as anywhere, and then they leave it as it is."""
        scene = self.session.scene()
        if self._ways_on():
            await self.command("enough", self.at_table)
        elif not scene.hold and not scene.closing:
            await self._enough("pause", self.moved())
        await self._enough("leave", lambda: self.card(title("bye")))


def clock(when: datetime) -> str:
    """A time as it can be typed to the second."""
    return when.replace(tzinfo=None).isoformat()


def paths(choices: Sequence[Choice]) -> list[list[tuple[int, Choice]]]:
    """Every choice, or its finer ones, with the places of the keys that lead there."""
    found: list[list[tuple[int, Choice]]] = []
    for place, choice in enumerate(choices):
        if choice.into:
            found += [[(place, choice), (n, finer)] for n, finer in enumerate(choice.into)]
        else:
            found.append([(place, choice)])
    return found
