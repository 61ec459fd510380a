"""Where the evening stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from imago_tui.evening import steps
from imago_tui.evening.pages import page_of
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.evening.page import Answer, Page

Need = Literal["page", "open", "table", "let-go", "make", "over"]

NEXT = {"silly": "appreciation", "appreciation": "dialogue"}
"""What is offered after what, on a first evening."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The talk to hold: `resume` goes on with the unfinished one instead of beginning.

    `theme`: the topic they chose from the list; `parked`: the words they had parked it in.
    `alone`: it is for one person.
    """

    exercise: str
    names: tuple[str, str]
    first: int
    left: int
    minutes: int | None
    resume: bool = False
    theme: str = ""
    parked: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Evening:
    """Where the evening stands. Made by `begin`; every method gives the next one.

    Args:
        at: the page, or what is needed.
        journal: there is one on this machine, and it is to be opened.
        open: it was opened tonight.
        keeps: something may be kept tonight.
        given: names as typed or as the journal has them, "" where left out.
        left: who sits left, None until that is known.
        exercise: what to hold; `chosen` when it was named beforehand.
        first: who is heard first, None until that is known.
        group: what they look for, where they choose among several.
        theme: the topic they chose, or the place of one that was parked.
        agreed: what was agreed tonight, a sentence each, to be said at the end.
        look_back: something has come to its end date, and this is a good moment to look at it.
        home: it was begun from the home page.
        meeting: it is a first meeting and only that: whoever began it says what comes after.
        eyes: it is on a screen, where it matters who sits on which side.
        then: where to after it: "home", "open" (what's open), or "" to be gone.
        planned: when they had meant to go on with the unfinished talk, as people say it.
        here: who is here, where the passphrase did not say.
        held_so_far: exercises held tonight.
        wants: both left something to keep that is only in memory yet.
        parked: words parked tonight, or before.
        place: where the journal stands, once it was made.
        before: the page on which enough was pressed.
        places: lines that somebody added below the places to turn to.
        thanks: lines that were left for whoever is here, each with who left it.
        note: one line that says what was not quite right with the last answer.
    """

    at: str = "page"
    journal: bool = False
    open: bool = False
    keeps: bool = True
    given: tuple[str, str] = ("", "")
    left: int | None = None
    exercise: str = ""
    chosen: str = ""
    minutes: int | None = None
    first: int | None = None
    group: str = ""
    theme: str = ""
    agreed: tuple[str, ...] = ()
    look_back: bool = False
    home: bool = False
    eyes: bool = True
    meeting: bool = False
    then: Literal["", "home", "open"] = ""
    seated: bool = False
    resume: bool = False
    unfinished: bool = False
    planned: str = ""
    here: int | None = None
    held_so_far: tuple[str, ...] = ()
    wants: bool = False
    parked: tuple[str, ...] = ()
    place: str = ""
    before: str = ""
    places: tuple[str, ...] = ()
    thanks: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    note: str = ""
    passphrase: str = field(default="", repr=False)
    passphrases: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def begin(  # noqa: PLR0913  each says what was decided before anybody pressed a key
        cls,
        *,
        journal: bool,
        keeps: bool = True,
        exercise: str = "",
        resume: bool = False,
        places: tuple[str, ...] = (),
        home: bool = False,
        eyes: bool = True,
        meeting: bool = False,
    ) -> Evening:
        """An evening that nobody has pressed a key in.

        Args:
            journal: there is one on this machine, and it is to be opened.
            keeps: False: nothing of this evening may be kept, whatever they say.
            exercise: its id, when it was named beforehand; then nobody is asked what tonight.
            resume: go on with the unfinished talk without asking.
            places: what somebody added below the places to turn to.
            home: it begins from the home page, and may lead back there.
            eyes: False in lines, where nobody sits on a side.
            meeting: a first meeting and only that: nothing is offered after it.
        """
        return cls(
            "unlock" if journal else "page",
            journal=journal,
            keeps=keeps,
            chosen=exercise,
            resume=resume and journal,
            places=places,
            home=home,
            eyes=eyes,
            meeting=meeting,
        )

    @property
    def need(self) -> Need:
        """What comes next: a page, or something a front end does."""
        if self.at in {"open", "table", "let-go", "make", "over"}:
            return self.at  # type: ignore[return-value]
        return "page"

    @property
    def names(self) -> tuple[str, str]:
        """Both names as they are shown: who has none is called by the side they sit on."""
        sides = (words("evening.left"), words("evening.right"))
        left = self.left or 0
        sides = sides if left == 0 else (sides[1], sides[0])
        one, two = (name or side for name, side in zip(self.given, sides, strict=True))
        if one == two:  # somebody is called like a side
            other = words("evening.the_other")
            return (one, other) if self.given[0] else (other, two)
        return one, two

    @property
    def plan(self) -> Plan:
        """The talk to hold, when `need` is "table"."""
        return Plan(
            self.exercise,
            self.names,
            self.first or 0,
            self.left or 0,
            self.minutes,
            self.resume,
            "" if self.parked_topic else self.theme,
            self.parked_topic,
            steps.alone(self.exercise),
        )

    @property
    def parked_topic(self) -> str:
        """The parked words that are tonight's topic, "" when none are."""
        _, parked, place = self.theme.partition(steps.PARK)
        return self.parked[int(place)] if parked else ""

    @property
    def keys(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Name and passphrase of each, when `need` is "make"."""
        (one, two), (first, second) = self.names, self.passphrases
        return (one, first), (two, second)

    def page(self) -> Page:
        """What is asked or told now, when `need` is "page"."""
        return page_of(self)

    def take(self, answer: Answer) -> Evening:
        """The evening after what was pressed or typed on its page."""
        return steps.TAKE[self.at](replace(self, note=""), answer)

    def stop(self) -> Evening:
        """Enough was pressed on a page: one question, and the way back when it was not meant."""
        if self.home and not self.held_so_far:
            return replace(self, at="over", then="home")  # nothing has begun yet
        if self.at in {"bye", "kept", "unlock"}:
            return replace(self, at="over")
        return replace(self, at="stop", before=self.at, note="")

    def opened(  # noqa: PLR0913  each is a fact that an open journal tells
        self,
        partners: tuple[str, str],
        *,
        unclear: bool = False,
        fresh: bool = False,
        left: int | None = None,
        unfinished: bool = False,
        planned: str = "",
        parked: tuple[str, ...] = (),
        thanks: tuple[tuple[str, str], ...] = (),
    ) -> Evening:
        """The passphrase opened the journal.

        Args:
            partners: their names.
            unclear: it opened both rings, so ask who is here; `here` is the answer.
            fresh: nothing was kept in it yet: show the page that everyone sees before a first talk.
            left: who sits left, where both have said so before.
            unfinished: there is a talk to go on with.
            planned: when they had meant to be back for it, "" when they named no time.
            parked: topics kept for another day.
            thanks: lines that were left for whoever is here, each with who left it.
        """
        now = replace(
            self,
            open=True,
            given=partners,
            left=left,
            unfinished=unfinished,
            planned=planned,
            parked=parked,
            thanks=thanks,
            passphrase="",
            note="",
        )
        if unclear:
            return replace(now, at="here")
        if fresh:
            return replace(now, at="page")
        return replace(now, at="thanked") if thanks else steps.seated(now)

    def not_opened(self, what: str, hint: str = "") -> Evening:
        """The passphrase opened nothing, or the journal can't be opened: say so, and ask again."""
        return replace(self, at="unlock", passphrase="", note=f"{what} {hint}".strip())

    def held(
        self,
        *,
        keep: bool = False,
        through: bool = True,
        agreed: tuple[str, ...] = (),
        look_back: bool = False,
    ) -> Evening:
        """The talk is over.

        Args:
            keep: both left something to keep, and it is only in memory.
            through: it came to its own end. After a stop, or "not now", nothing more is offered.
            agreed: what was agreed in it, a sentence each.
            look_back: something they agreed before has come to its end date.
        """
        done = replace(
            self,
            held_so_far=(*self.held_so_far, self.exercise),
            wants=self.wants or (keep and self.keeps and not self.open),
            resume=False,
            unfinished=False,
            theme="",
            agreed=(*self.agreed, *agreed),
            look_back=through and look_back,
        )
        on = through and not (self.open or self.meeting) and (self.home or not self.chosen)
        offer = NEXT.get(self.exercise) if on else None
        if offer and offer not in done.held_so_far:
            return replace(done, at="next", exercise=offer)
        return steps.end(done)

    def let_go(self) -> Evening:
        """The unfinished talk is gone."""
        return steps.what_tonight(replace(self, unfinished=False))

    def made(self, place: str) -> Evening:
        """The journal stands at `place`, and what they wanted is in it."""
        return replace(self, at="kept", place=place, open=True, wants=False, passphrases=())

    def not_made(self, what: str, hint: str = "") -> Evening:
        """It could not be written: say so; they may try again or leave it."""
        return replace(self, at="not-made", note=f"{what} {hint}".strip())
