"""Home on the screen: shows its pages, and goes where they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.evening import Evening
from imago_tui.evening.steps import alone
from imago_tui.home.pages import everything
from imago_tui.tui.asking import ask, key_of, on_card
from imago_tui.tui.looking import look
from imago_tui.tui.screens.card import ENOUGH
from imago_tui.tui.screens.home import HomeScreen
from imago_tui.tui.screens.wait import meanwhile
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from typing import TypeVar

    from imago_tui.home import Home
    from imago_tui.house import House
    from imago_tui.journal.own import OwnRoom
    from imago_tui.tui.app import ImagoApp
    from imago_tui.tui.tonight import Tonight

    Result = TypeVar("Result")


class AtHome:
    """Home, until they leave.

    Args:
        app: whose screen it is.
        house: what home has at hand; whoever made it closes it.
        home: where it begins.
        passphrases: those that need nobody to type them.
    """

    def __init__(
        self, app: ImagoApp, house: House, home: Home, *, passphrases: Sequence[str] = ()
    ) -> None:
        self._app, self._house = app, house
        self._passphrases = tuple(passphrases)
        self._tonight: Tonight | None = None
        self.home = home

    @property
    def may_rest(self) -> bool:
        """Whether a journal is open, and all there is stands in it."""
        if self._tonight is not None:
            return self._tonight.may_rest
        return self._house.journal is not None

    async def run(self) -> int:
        """Until they leave; the program's status.

        Raises:
            ImagoError: a passphrase that nobody typed opens nothing.
        """
        while self.home.need != "over":
            self.home = await self._on(self.home)
        return self._house.status

    async def _on(self, home: Home) -> Home:
        house = self._house
        match home.need:
            case "page":
                return await self._page(home)
            case "open":
                return await self._meanwhile(lambda: house.try_to_open(home))
            case "do":
                return await self._meanwhile(lambda: house.do(home))
            case "hold":
                return await self._told(home, self._hold(home))
            case "look":
                return home.choose(await look(self._app))
            case "bring":
                from imago_tui import paths
                from imago_tui.tui.rooms.copies import bring_back

                await bring_back(self._app, paths.journal_dir())
                return house.brought(home)
        try:
            await self._there(home)
        except ImagoError as trouble:
            return home.not_done(trouble.message, trouble.hint)
        return await self._meanwhile(lambda: house.back(home))

    async def _told(self, home: Home, holding: Awaitable[Home]) -> Home:
        """Hold it; what is the matter with a journal that was open before is told at home."""
        was_open = self._house.journal is not None
        try:
            return await holding
        except ImagoError as trouble:
            if not was_open:
                raise
            return home.not_done(trouble.message, trouble.hint)

    async def _page(self, home: Home) -> Home:
        if home.at == "unlock" and self._passphrases:  # nobody has to type it
            given, self._passphrases = self._passphrases, ()
            return home.opened(await self._meanwhile(lambda: self._house.open(given)))
        page = home.page()
        if home.at == "home":
            given_ = await self._app.push_screen_wait(
                HomeScreen(on_card(page), lambda: everything(home))
            )
            if given_.choice == ENOUGH:
                return home.stop()
            return home.choose(key_of(given_.choice))
        answer = await ask(self._app, page, Evening())
        return home.stop() if answer is None else home.take(answer)

    async def _hold(self, home: Home) -> Home:
        from imago_tui.tui.tonight import Tonight

        own: OwnRoom | None = None
        if alone(home.exercise) and home.room:
            from imago_tui import paths
            from imago_tui.tui.rooms.own import opened

            own = await opened(self._app, self._house.journal, paths.journal_dir())
            if own is None:
                return home.back(home.seen)
        begun, hall = self._house.evening(home, own)
        given = self._passphrases if hall.journal is None else ()
        self._tonight = tonight = Tonight(self._app, begun, hall, passphrases=given)
        try:
            await tonight.run()
        finally:
            self._tonight = None
            if own is not None:
                own.close()
            self._house.journal = hall.journal or self._house.journal
        return await self._meanwhile(lambda: self._house.after(home, tonight.evening, hall))

    async def _there(self, home: Home) -> None:
        """Where it leads that is no page of home's; and back."""
        journal = self._house.journal
        match home.need:
            case "journal" if journal is not None:
                from imago_tui.tui.reviewing import Reviewing

                await Reviewing(self._app, journal).run()
            case "read" if journal is not None and home.one is not None:
                from imago_tui.tui.reading import Reading

                await Reading(self._app, journal).read(home.one.entry)
            case "likes" if journal is not None:
                from imago_tui.tui import liking

                await liking.in_the_journal(self._app, journal)
            case "own-room":
                from imago_tui import paths
                from imago_tui.tui import doors

                await doors.own_room(self._app, journal, paths.journal_dir())
            case "about":
                from imago_tui.tui.screens.long import about_screen

                await self._app.push_screen_wait(about_screen())
            case "practice":
                from imago_tui.practice.flow import Practice
                from imago_tui.tui.practising import practise

                await practise(self._app, Practice.begin())

    async def _meanwhile(self, work: Callable[[], Result]) -> Result:
        return await meanwhile(self._app, words("evening.wait"), work)
