"""Looking back: from page to page, and from there into one dialogue and out again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from imago_tui import in_view, promises
from imago_tui.errors import ImagoError
from imago_tui.now import local_now
from imago_tui.review.choices import choices
from imago_tui.review.timeline import Chosen
from imago_tui.tui import doors
from imago_tui.tui.choosing import choose
from imago_tui.tui.reading import Reading
from imago_tui.tui.review_pages import Pages
from imago_tui.tui.screens.card import Card, Choice
from imago_tui.tui.screens.review.base import ReviewScreen, Step
from imago_tui.tui.screens.wait import meanwhile, with_bar
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from imago_tui.journal.store import Journal
    from imago_tui.tui.app import ImagoApp

    Result = TypeVar("Result")


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
        """Until they leave.

        Raises:
            ImagoError: the folder with what is kept cannot be read.
        """
        await self._gather()
        self._app.hand_over()
        # Where nothing was to be remembered yet, the list is what there is to see.
        begins = self._pages.fill("remembered")
        await self._to(Step("remembered" if begins else "timeline"))
        while self._trail:
            await self._follow(await self._trail[-1].screen.step())

    async def _gather(self) -> None:
        self._pages = await with_bar(
            self._app,
            words("review.gathering"),
            lambda bar: Pages(self._journal, local_now(), bar),
        )

    async def _follow(self, step: Step) -> None:
        match step.to:
            case "leave" if self._only and self._trail[-1].step.to == "timeline":
                self._only = Chosen()
                await self._main(Step("timeline"))
            case "leave":
                self._back()
            case "read":
                await self._read(step.id)
            case "open":
                await self._open(step.id)
            case "doors":
                await doors.choose(self._app, self._journal)
                await self._anew()
            case "choose":
                await self._choosing()
            case "day" | "topic":
                await self._to(step)
            case _:
                await self._main(step)

    async def _read(self, id_: str) -> None:
        if await self._reading.read(id_):
            await self._anew()

    async def _open(self, id_: str) -> None:
        """Something that is still open: read where it comes from, or let it go."""
        still_open = self._pages.still_open
        one, note = still_open.promise(id_), still_open.note(id_)
        if one is not None and one.kind == "return":
            await self._read(one.entry)
            return
        if one is not None:
            title = promises.say(one)
        elif note is not None:
            title = note.text or ""
        else:
            return
        read = one is not None and one.entry
        given = await self._app.ask(
            Card(
                title,
                choices=(
                    *((Choice("read-it", words("review.open.read")),) if read else ()),
                    Choice("return", words("review.open.leave")),
                    Choice("let-go", words("review.open.let_go")),
                ),
                small=words("review.who.room"),
            )
        )
        if one is not None and given.choice == "read-it":
            await self._read(one.entry)
        if given.choice == "let-go":
            try:
                if one is not None:
                    await self._meanwhile(partial(in_view.let_go, self._journal, one, local_now()))
                elif note is not None:
                    await self._meanwhile(partial(self._journal.remove, note.id))
            except ImagoError as trouble:
                await self._reading.told(trouble)
            await self._anew()

    async def _choosing(self) -> None:
        pages = self._pages
        marks = await self._meanwhile(lambda: pages.marks)
        chosen = await choose(self._app, self._only, choices(pages.heads, marks))
        if chosen is not None and chosen != self._only:
            self._only = chosen
            await self._main(Step("timeline"))

    async def _main(self, step: Step) -> None:
        """To one of the pages that a key leads to; from there the way back is to the first one."""
        await self._to(step, keep=0 if self._trail[0].step.to == step.to else 1)

    def _back(self) -> None:
        self._trail.pop().screen.dismiss(None)

    async def _to(self, step: Step, place: int = 0, *, keep: int | None = None) -> None:
        """Open a page on those that are open, or on the first ``keep`` of them."""
        items = await self._meanwhile(partial(self._pages.items, step))
        while keep is not None and len(self._trail) > keep:
            self._back()
        page = Open(step, self._pages.screen(step, items, self._only, place))
        self._trail.append(page)
        await self._app.push_screen(page.screen)

    async def _anew(self) -> None:
        """Something is otherwise now: every page is made again, and each goes on where it was."""
        await self._gather()
        trail = [(page.step, page.screen.place) for page in self._trail]
        for keep, (step, place) in enumerate(trail):
            await self._to(step, place, keep=keep)

    async def _meanwhile(self, work: Callable[[], Result]) -> Result:
        return await meanwhile(self._app, words("evening.wait"), work)
