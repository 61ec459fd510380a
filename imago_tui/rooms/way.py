"""From a list of things that can be done to one of them done."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from imago_tui.evening.page import Answer, Field, Page
from imago_tui.evening.pages import from_words
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Need = Literal["page", "pick", "sheet", "do", "over"]
Kind = Literal["page", "long", "pick", "sheet"]

BACK = "back"
"""The option, on any page, that leads to the page before."""
MENU, TOLD = "menu", "told"
HERE = "here"
"""What is given once the one who does something has typed their own passphrase for it."""
GUEST = "guest"
"""What is given once the other one has come, with their passphrase: it is not asked for again."""


def _always(_: Mapping[str, str]) -> bool:
    return True


def _fine(_: Mapping[str, str]) -> str:
    return ""


def filled(*names: str) -> Callable[[Mapping[str, str]], str]:
    """A check that something was typed into each of these fields."""

    def check(given: Mapping[str, str]) -> str:
        typed = all(given[name].strip() for name in names)
        return "" if typed else words("rooms.nothing_typed")

    return check


@dataclass(frozen=True, slots=True)
class Ask:
    """One page of an errand.

    Args:
        page: its texts stand under this name; what is chosen on it is given under this name too.
        fields: under which names the lines that are typed are given, in the order of their labels.
        hidden: nothing of them is shown while they are typed.
        kind: a page; a long one to read; something to pick from a list; a sheet to write on.
        when: whether it is asked at all, after what was given so far.
        check: one line that says what was not quite right with what was given; "" when it will do.
    """

    page: str
    fields: tuple[str, ...] = ()
    hidden: bool = False
    kind: Kind = "page"
    when: Callable[[Mapping[str, str]], bool] = _always
    check: Callable[[Mapping[str, str]], str] = _fine


WHO = Ask("who", ("mine",), hidden=True, when=lambda given: HERE not in given)
"""Where both have opened the journal: whoever does this types their own passphrase, now."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where somebody stands. Every method gives the next one.

    Args:
        room: its texts stand under this name in the words file.
        errands: what can be done, by the key of its option, and the pages that lead to it. The
            first is done; an errand that is not named here leaves the room.
        facts: what the texts may speak of.
        whose: a line that says whose room is open; "" where it is nobody's own.
        without: options that are not open now.
        at: "menu", "ask", "do", "told" or "over".
        errand: what is being done.
        step: which of its pages.
        given: what was chosen and typed for it so far. Forgotten when it is done or left.
        lines: what there is to tell when it is done.
        note: one line that says what was not quite right with the last answer.
    """

    room: str
    errands: Mapping[str, tuple[Ask, ...]]
    facts: Mapping[str, object] = field(default_factory=dict)
    whose: str = ""
    without: frozenset[str] = frozenset()
    at: str = MENU
    errand: str = ""
    step: int = 0
    given: Mapping[str, str] = field(default_factory=dict, repr=False)
    lines: tuple[str, ...] = ()
    note: str = ""

    @property
    def need(self) -> Need:
        """What comes next: a page, or something a front end does."""
        if self.at == "ask":
            kind = self.asking.kind
            return "page" if kind == "long" else kind
        return self.at if self.at in {"do", "over"} else "page"  # type: ignore[return-value]

    @property
    def asking(self) -> Ask:
        """The page of the errand that is asked now."""
        return self.errands[self.errand][self.step]

    @property
    def name(self) -> str:
        """Which page this is: the name that its texts stand under."""
        return self.asking.page if self.at == "ask" else self.at

    def page(self) -> Page:
        """What is asked or told now; also the texts of a list and of a sheet."""
        page = from_words(f"rooms.{self.room}.{self.name}", self.name, **self.facts)
        if self.at == TOLD:
            page = replace(page, lines=self.lines)
        offered = tuple(one for one in page.options if one.key not in self.without)
        page = replace(page, options=offered, note=self.note)
        return replace(page, fields=self._fields(page)) if self.at == "ask" else page

    def _fields(self, page: Page) -> tuple[Field, ...]:
        ask = self.asking
        return tuple(
            replace(
                one,
                hidden=ask.hidden,
                value="" if ask.hidden else self.given.get(name, ""),
            )
            for name, one in zip(ask.fields, page.fields, strict=True)
        )

    def begin(self, errand: str) -> Way:
        """To the first page of an errand; one that is not ours leaves the room."""
        if errand not in self.errands:
            return self.stop()
        begun = replace(self, errand=errand, step=-1, given={}, note="", lines=())
        return _onward(begun)

    def knowing(self, **more: str) -> Way:
        """The way with something given that nobody needs to type."""
        return replace(self, given={**self.given, **more})

    def take(self, answer: Answer) -> Way:
        """The way after what was pressed or typed on its page."""
        if self.at == TOLD:
            return self._menu()
        if self.at == MENU:
            return self.begin(answer.choice)
        if answer.choice == BACK:
            return self.back()
        texts = dict(zip(self.asking.fields, answer.texts, strict=False))
        return self._give({**texts, self.asking.page: answer.choice})

    def picked(self, what: str) -> Way:
        """Something was picked from the list, or written on the sheet."""
        return self._give({self.asking.page: what})

    def back(self) -> Way:
        """To the page before."""
        asks = self.errands[self.errand]
        earlier = [n for n in range(self.step) if asks[n].when(self.given)]
        return self._at(earlier[-1]) if earlier else self._menu()

    def stop(self) -> Way:
        """The room is left, from wherever somebody stands in it."""
        return replace(self, at="over", given={}, note="")

    def done(self, lines: tuple[str, ...] = ()) -> Way:
        """The errand is done; what there is to tell of it, if anything."""
        return replace(self, at=TOLD, lines=lines, given={}, note="") if lines else self._menu()

    def not_done(self, what: str, hint: str = "") -> Way:
        """It could not be done: say so where something can be typed anew, or in the list."""
        note = f"{what} {hint}".strip()
        asks = self.errands[self.errand][: self.step + 1]
        asked = [n for n, ask in enumerate(asks) if ask.fields and ask.when(self.given)]
        if not asked:
            return replace(self._menu(), note=note)
        kept = {
            name: text
            for name, text in self.given.items()
            if not any(ask.hidden and name in ask.fields for ask in asks)
        }
        return replace(self._at(asked[-1]), given=kept, note=note)

    def _give(self, more: Mapping[str, str]) -> Way:
        given = {**self.given, **more}
        if note := self.asking.check(given):
            return replace(self, note=note)
        return _onward(replace(self, given=given, note=""))

    def _at(self, step: int) -> Way:
        return replace(self, at="ask", step=step, note="")

    def _menu(self) -> Way:
        return replace(self, at=MENU, errand="", step=0, given={}, lines=(), note="")


def _onward(way: Way) -> Way:
    """On to the next page that is to be asked; after the last it is done."""
    asks = way.errands[way.errand]
    for n in range(way.step + 1, len(asks)):
        if asks[n].when(way.given):
            return replace(way, at="ask", step=n)
    return replace(way, at="do")
