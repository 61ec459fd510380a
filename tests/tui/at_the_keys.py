"""Two people at the keys of an app: what they see, and how they press.

Nothing is done but by keys. Every press waits until the screen has taken it, and never for a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.events import Key

from imago_tui import exercises, menu, topics
from imago_tui.evening import steps
from imago_tui.tui.commands import BY_ID, NUMBERS, SEATS
from imago_tui.tui.screens.card import CardScreen
from imago_tui.tui.screens.table import TableScreen
from imago_tui.tui.screens.typed import TypedScreen
from imago_tui.tui.widgets.fields import Area, Line
from imago_tui.tui.widgets.pane import Pane
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.dialogue.state import State
    from imago_tui.session import Session


class AtTheKeys:
    """Two people. ``seen``: their app; ``side``: who of them sits left."""

    def __init__(self, seen: Any, side: int) -> None:
        self.seen, self.app, self.side = seen, seen.app, side
        self.table: TableScreen
        self.first: State

    # What they see

    @property
    def session(self) -> Session:
        """Their talk."""
        return self.table.session

    def card(self, title: str, *, typed: bool = False) -> bool:
        """Whether this card is there and takes keys; ``typed``: letters."""
        screen = self.app.screen
        if not isinstance(screen, CardScreen) or screen.card.title != title:
            return False
        if typed or isinstance(screen, TypedScreen):
            return isinstance(screen.focused, Line)
        return screen.is_mounted

    def at_table(self) -> bool:
        """Whether the table is there and takes keys."""
        return isinstance(self.app.screen, TableScreen) and bool(self.app.screen.is_mounted)

    def at_rest(self) -> bool:
        """Whether no field is about to go: a key that it still gets would go with it."""
        screen = self.app.screen
        if not isinstance(screen, TableScreen):
            return True
        fields = {pane.field for pane in screen.query(Pane)}
        return fields.issuperset({*screen.query(Area)} | {screen.focused} - {None})

    # What they do

    async def key(self, key: str, taken: Callable[[], Any], what: str = "") -> None:
        """Press a key, and wait until it has done what it is for."""
        await self.seen.until(self.at_rest, "a field to be gone")
        self.app.post_message(Key(key, key if len(key) == 1 else None))
        await self.seen.until(
            lambda: taken() and self.app.guard._decided is None, what or f"{key} to be taken"
        )

    async def command(self, name: str, taken: Callable[[], Any]) -> None:
        """Press the key of a command; in a field, the one that works there."""
        command = BY_ID[name]
        await self.key((command.twins or command.keys)[0], taken, name)

    async def choose(self, title: str, id_: str, taken: Callable[[], Any]) -> None:
        """On the card with this title, press the number of a choice."""
        await self.seen.until(lambda: self.card(title), title)
        offered = [one.id for one in self.app.screen.card.choices]
        await self.key(NUMBERS[offered.index(id_)], taken, id_)

    async def fill_in(self, title: str, text: str, taken: Callable[[], Any]) -> None:
        """On the card with this title, type a line."""
        await self.seen.until(lambda: self.card(title, typed=True), title)
        await self.seen.type(text)
        await self.key("enter", taken, f"{title} to be answered")

    def moved(self) -> Callable[[], bool]:
        """A condition: the talk has moved on from here, and the table shows it, or it is over."""
        before, session = self.session.state, self.session
        breath = words.lines("table.breath_back")[0]
        return lambda: (
            session.state is not before
            and (self.at_table() or session.state.over or self.card(breath))
        )

    # The evening's pages

    async def sit_down(self, passphrase: str, exercise: str, *, named: bool = False) -> None:
        """From the passphrase to the table; person 0 is heard first.

        ``named``: the exercise stood in the command, so nobody is asked what tonight.
        """
        await self.fill_in(title("unlock"), passphrase, lambda: self.card(words("about.title")))
        await self.key("enter", lambda: self.card(title("seats")), "who sits left")
        first = title("minutes" if exercise == "dialogue" else "first")
        if named:
            await self.choose(title("seats"), f"={self.side}", lambda: self.card(first))
        else:
            group = exercises.load(exercise).group
            one = len(menu.of(group)) == 1
            listed = words(f"menu.ask.{group}")
            await self.choose(title("seats"), f"={self.side}", lambda: self.card(title("tonight")))
            then = first if one else listed
            await self.choose(title("tonight"), f"={group}", lambda: self.card(then))
            if not one:
                await self.choose(listed, f"={exercise}", lambda: self.card(first))
        if exercise == "dialogue":
            await self.key("enter", lambda: self.card(title("first")), "who is heard first")
        if exercise in steps.QUICK:
            await self.choose(title("first"), "=0", self.at_table)
        else:
            topic = topics.asks(exercises.load(exercise))
            then = title("topic" if topic else "setup")
            await self.choose(title("first"), "=0", lambda: self.card(then))
            if topic:
                await self.key("enter", lambda: self.card(title("setup")), "how they sit")
            await self.key("enter", self.at_table, "the table")
        self.table = self.app.screen
        self.first = self.session.state

    def seat(self, who: int | None) -> tuple[str, ...]:
        assert who is not None
        return SEATS["left" if who == self.side else "right"]


def title(page: str) -> str:
    """The title of one of the evening's pages."""
    return str(words.table(f"evening.page.{page}")["title"])
