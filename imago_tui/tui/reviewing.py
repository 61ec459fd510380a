"""Looking back: from page to page, and from there into one dialogue and out again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.journal.listing import snippet
from imago_tui.review.choices import choices
from imago_tui.review.threads import threads
from imago_tui.review.timeline import Chosen
from imago_tui.tui import doors
from imago_tui.tui.choosing import choose
from imago_tui.tui.reading import Reading
from imago_tui.tui.screens.review.base import ReviewScreen, Step
from imago_tui.tui.screens.review.timeline import TimelineScreen
from imago_tui.tui.screens.wait import meanwhile
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.journal.listing import Listing
    from imago_tui.journal.store import Journal
    from imago_tui.tui.app import ImagoApp


@dataclass(frozen=True, slots=True)
class Open:
    """A page that is open, and the step that led to it."""

    step: Step
    screen: ReviewScreen


class Reviewing:
    """The pages over an open journal."""

    def __init__(self, app: ImagoApp, journal: Journal) -> None:
        self._app = app
        self._journal = journal
        self._reading = Reading(app, journal)
        self._only = Chosen()
        self._trail: list[Open] = []

    async def run(self) -> None:
        """Until they leave."""
        await self._gather()
        self._app.hand_over()
        await self._to(Step("timeline"))
        while self._trail:
            await self._follow(await self._trail[-1].screen.step())

    async def _gather(self) -> None:
        """Look at what is kept, away from the screen: there may be a lot of it."""
        self._listing = await meanwhile(self._app, words("evening.wait"), self._journal.heads)

    async def _follow(self, step: Step) -> None:
        match step.to:
            case "leave" if self._only and self._trail[-1].step.to == "timeline":
                self._only = Chosen()
                await self._main(Step("timeline"))
            case "leave":
                self._back()
            case "read":
                if await self._reading.read(step.id):
                    await self._anew()
            case "doors":
                await doors.choose(self._app, self._journal)
                await self._anew()
            case "choose":
                chosen = await self._choosing()
                if chosen is not None and chosen != self._only:
                    self._only = chosen
                    await self._main(Step("timeline"))
            case _:
                await self._main(step)

    async def _choosing(self) -> Chosen | None:
        heads = self._listing.heads
        topics = [thread.word for thread in threads(heads)]
        return await choose(self._app, self._only, choices(heads, topics, {}))

    async def _main(self, step: Step) -> None:
        """To one of the pages that a key leads to; from there the way back is to the first one."""
        while len(self._trail) > 1:
            self._back()
        if self._trail[0].step.to == step.to:
            self._back()
        await self._to(step)

    def _back(self) -> None:
        self._trail.pop().screen.dismiss(None)

    async def _to(self, step: Step, place: int = 0) -> None:
        page = Open(step, self._page(step, place))
        self._trail.append(page)
        await self._app.push_screen(page.screen)

    async def _anew(self) -> None:
        """Something is otherwise now: every page is made again, and each goes on where it was."""
        await self._gather()
        places = [getattr(page.screen, "place", 0) for page in self._trail]
        steps = [page.step for page in self._trail]
        while self._trail:
            self._back()
        for step, place in zip(steps, places, strict=True):
            await self._to(step, place)

    def _page(self, step: Step, place: int = 0) -> ReviewScreen:
        heads = self._only.of(self._listing.heads)
        return TimelineScreen(
            heads, self._journal.matching, self._piece, only=self._only,
            seek=step.id == "find", marked=place, note=_note(self._journal, self._listing),
        )  # fmt: skip

    def _piece(self, id_: str, sought: str) -> str:
        return snippet(self._journal.load(id_), sought)


def _note(journal: Journal, listing: Listing) -> str:
    """What could not be read, in one plain sentence, and what the two should know of the folder."""
    count = len(listing.damaged)
    told = list(journal.warnings)
    if count == 1:
        told.append(words("review.damaged_one"))
    elif count:
        told.append(words("review.damaged_many", count=count))
    return " ".join(told)
