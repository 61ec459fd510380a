"""Where the home page stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, get_args

from imago_tui.home import steps
from imago_tui.home.pages import page_of
from imago_tui.path import Suggestion

if TYPE_CHECKING:
    from imago_tui.evening.page import Answer, Page
    from imago_tui.home.seen import Deed, Seen
    from imago_tui.promises import Promise

Need = Literal[
    "page", "open", "do", "hold", "journal", "read", "own-room", "likes", "about", "look",
    "practice", "bring", "over",
]  # fmt: skip
NEEDS = frozenset(get_args(Need)) - {"page"}

FIRST = Suggestion("appreciation", "first")
GOOD = Suggestion("appreciation", "good")


@dataclass(frozen=True, slots=True)
class Home:
    """Where they stand. Made by `begin`; every method gives the next one.

    Args:
        at: the page, or what is needed.
        journal: one of the two stands on this machine.
        room: somebody has a room of their own on it.
        copies: there is neither, but there are copies of what once stood there.
        seen: what it says, once it is open.
        then: where to once it is open, or something was done.
        group: what they look for.
        one: what of all that is open they look at.
        who: whose line of thanks it is.
        exercise: what to hold; `resume`: go on with the talk they stopped in; `only`: for a first
            meeting, of which nothing is kept and nothing is asked.
        deed: what to write down.
        single: one page was asked for, and from it they leave.
        note: one line that says how it went.
    """

    at: str = "home"
    journal: bool = False
    room: bool = False
    copies: bool = False
    seen: Seen | None = None
    then: str = ""
    group: str = ""
    one: Promise | None = None
    how: str = ""
    who: int | None = None
    exercise: str = ""
    resume: bool = False
    only: bool = False
    deed: Deed | None = None
    single: bool = False
    note: str = ""
    passphrase: str = field(default="", repr=False)

    @classmethod
    def begin(
        cls, *, journal: bool, room: bool = False, copies: bool = False, at: str = "home"
    ) -> Home:
        """A home page on which nobody has pressed a key.

        Args:
            journal: one of two people stands on this machine.
            room: somebody has a room of their own on it.
            copies: there is neither, but there are copies.
            at: another page to begin with, one that a command is called after; then it is the only
                one, and they leave from it.
        """
        begun = cls(journal=journal, room=room or journal, copies=copies, single=at != "home")
        return begun if at == "home" else steps.GO[at](begun)

    @property
    def need(self) -> Need:
        """What comes next: a page, or something a front end does."""
        return self.at if self.at in NEEDS else "page"  # type: ignore[return-value]

    @property
    def perhaps(self) -> Suggestion | None:
        """What might come next; as long as nobody has unlocked anything, what always fits."""
        if self.seen is None:
            return GOOD if self.journal else FIRST
        return self.seen.perhaps

    def page(self) -> Page:
        """What is asked or told now, when `need` is "page"."""
        return page_of(self)

    def take(self, answer: Answer) -> Home:
        """The next one after what was pressed or typed on its page."""
        return steps.TAKE[self.at](replace(self, note=""), answer)

    def choose(self, key: str) -> Home:
        """The next one after a choice of the list that knows all there is."""
        return steps.choose(replace(self, note=""), key)

    def stop(self) -> Home:
        """Esc: back to the home page, and from there out."""
        if self.at == "home":
            return replace(self, at="over")
        if self.at == "ask" and self.one is not None:
            return steps.later(self)
        return steps.home(self)

    def opened(self, seen: Seen) -> Home:
        """The passphrase opened the journal."""
        now = replace(self, seen=seen, passphrase="", note="")
        if seen.unclear:
            return replace(now, at="here")
        return steps.on(now)

    def not_opened(self, what: str, hint: str = "") -> Home:
        """It opened nothing: say so, and ask again."""
        return replace(self, at="unlock", passphrase="", note=f"{what} {hint}".strip())

    def done(self, seen: Seen | None) -> Home:
        """The deed is done; `seen`: what the journal says now."""
        return steps.after(replace(self, seen=seen))

    def not_done(self, what: str, hint: str = "") -> Home:
        """It could not be written: say so."""
        return steps.said(self, f"{what} {hint}".strip())

    def brought(self, *, journal: bool, room: bool) -> Home:
        """They were asked whether to bring a copy back, and this is what stands now.

        Then on to where they wanted to go; who left the copies lying is asked no more.
        """
        here = replace(self, copies=False, journal=journal, room=room or journal)
        return steps.GO[self.then](here) if here.room else steps.home(here)

    def back(
        self,
        seen: Seen | None,
        *,
        journal: bool | None = None,
        room: bool | None = None,
        to: Literal["home", "open", "over", "ways"] = "home",
    ) -> Home:
        """They are back from what was needed.

        Args:
            seen: what the journal says now, None as long as it is closed.
            journal: whether there is one now; None: as before.
            room: whether somebody has a room of their own now; None: as before.
            to: where to: the home page, what is open, out, or the ways on from a first meeting.
        """
        there = self.journal if journal is None else journal
        own = there or (self.room if room is None else room)
        here = steps.home(replace(self, seen=seen, journal=there, room=own))
        if to == "open":
            return steps.GO["open"](here)
        return here if to == "home" else replace(here, at=to)
