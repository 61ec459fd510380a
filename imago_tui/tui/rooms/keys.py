"""The page with one's own keys, reached only from inside one's own room."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from imago_tui.errors import ImagoError
from imago_tui.now import local_now
from imago_tui.rooms import keys
from imago_tui.tui.rooms.showing import placed, show, soon
from imago_tui.tui.screens.wait import meanwhile, with_bar
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.deeds import Done
    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.store import Journal
    from imago_tui.rooms.way import Way
    from imago_tui.tui.app import ImagoApp


class Keys:
    """Somebody before their own keys, with their own room open."""

    def __init__(self, app: ImagoApp, journal: Journal | None, folder: Path, room: OwnRoom) -> None:
        self._app, self._journal, self._folder, self._room = app, journal, folder, room

    async def run(self) -> OwnRoom | None:
        """Until they are done; the room as it is open now, None when it is left and closed.

        Raises:
            ImagoError: the room closed over something that could not be done.
        """
        kept = None
        try:
            kept = await self._run()
        finally:
            if kept is None:  # also a room that was opened here, with new keys
                self._room.close()
        return kept

    async def _run(self) -> OwnRoom | None:
        way = keys.begin(self._room.name)
        while True:
            if way.at == "menu":
                way = self._menu(way)
            if way.need == "do":
                way = await self._try(way)
                continue
            answer = await show(self._app, way.page(), whose=way.whose)
            if answer is None:
                return None
            way = way.take(answer)
            if way.need == "over" or self._room.closed:
                return None if self._room.closed else self._room

    def _menu(self, way: Way) -> Way:
        from imago_tui.journal import keyring, layout

        theirs = self._folder / layout.KEYS / keyring.recovery_file(self._room.n)
        closed = keys.without(
            alone=layout.exists_alone(self._folder),
            apart=self._journal is None,
            recovery=theirs.exists(),
            own_key=self._room.rekeying,
        )
        shared = self._journal is not None and self._journal.rekeying
        told = words("rooms.keys.unfinished") if shared or self._room.rekeying else ""
        return replace(way, without=closed, note=way.note or told)

    async def _try(self, way: Way) -> Way:
        try:
            return way.done((await self._do(way)).told)
        except ImagoError as trouble:
            if self._room.closed:
                raise
            return way.not_done(trouble.message, trouble.hint)

    async def _do(self, way: Way) -> Done:
        from imago_tui.deeds import keys as deeds

        folder, whose, now, given = self._folder, self._room.n, local_now(), way.given
        sealing = partial(with_bar, self._app, words("rooms.keys.sealing"))
        match way.errand:
            case "passphrase":
                old, new = given["old"], given["new"]
                done = await self._soon(lambda: deeds.change(folder, old, new, whose))
                await self._again(new)
                return done
            case "known":
                old, new = given["old"], given["new"]
                done = await sealing(lambda bar: deeds.known(folder, old, new, now, bar, whose))
                await self._again(new)
                return done
            case "own-key":
                own = given["old"]
                done = await sealing(lambda bar: deeds.own_key(folder, own, now, bar, whose))
                await self._again(own)
                return done
            case "recovery":
                place, own = placed(given["place"]), given["old"]
                return await self._soon(lambda: deeds.make_recovery(folder, own, place, whose))
            case "revoke":
                own = given["old"]
                return await self._soon(lambda: deeds.revoke(folder, own, now, whose))
            case "invite":
                names, pair = given["name"].strip(), (given["old"], given["new"])
                done = await self._soon(lambda: deeds.join(folder, names, *pair))
                self._room.close()  # from here on it is a journal of two
                return done
            case "leave":
                place, own = placed(given["place"]), given["old"]
                return await with_bar(
                    self._app,
                    words("rooms.keys.packing"),
                    lambda bar: deeds.leave(folder, own, place, bar, whose),
                )
        return await sealing(lambda bar: deeds.rekey(self._shared, now, bar))

    @property
    def _shared(self) -> Journal:
        assert self._journal is not None  # noqa: S101  nothing of it is offered to one alone
        return self._journal

    async def _soon(self, work: Callable[[], Done]) -> Done:
        return await meanwhile(self._app, words("rooms.keys.moment"), work)

    async def _again(self, passphrase: str) -> None:
        """The room again, with its keys as they are now."""
        from imago_tui.journal.own import open_own

        self._room.close()
        if self._journal is None:
            self._room = await soon(self._app, lambda: open_own(self._folder, passphrase))
        else:
            self._room = await soon(self._app, partial(self._journal.own, passphrase))


async def begin_alone(app: ImagoApp, folder: Path) -> OwnRoom | None:
    """Make a first room for one person, where there is no journal; the room, open, if they do."""
    from imago_tui.deeds import keys as deeds

    way = keys.begin_alone()
    while way.at == "ask":
        answer = await show(app, way.page())
        if answer is None:
            return None
        way = way.take(answer)
        if way.need == "do":
            name, new = way.given["name"].strip(), way.given["new"]
            try:
                return await meanwhile(
                    app, words("rooms.keys.moment"), partial(deeds.begin, folder, name, new)
                )
            except ImagoError as trouble:
                way = way.not_done(trouble.message, trouble.hint)
    return None
