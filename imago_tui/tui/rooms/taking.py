"""Taking something out as a file, from the shared room or from one's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from imago_tui import retelling
from imago_tui.errors import ImagoError
from imago_tui.rooms import taking
from imago_tui.session import local_now
from imago_tui.tui.rooms.guest import Guest
from imago_tui.tui.rooms.showing import placed, row_of, show, soon
from imago_tui.tui.screens.pick import PickScreen, Row
from imago_tui.tui.screens.wait import with_bar
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.deeds import Done
    from imago_tui.deeds.taking import Taken
    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.store import Journal
    from imago_tui.rooms.way import Way
    from imago_tui.tui.app import ImagoApp


class Taking:
    """Somebody who takes something out. ``room``: the shared one, or one's own."""

    def __init__(
        self, app: ImagoApp, folder: Path, room: Journal | OwnRoom, whose: str = ""
    ) -> None:
        from imago_tui.journal.own import OwnRoom

        self._app, self._folder, self._room = app, folder, room
        self._journal = None if isinstance(room, OwnRoom) else room
        self._guest = Guest(app, self._journal) if self._journal is not None else None
        one = self._journal is None or self._journal.both
        self._way = taking.begin(whose, one=one, private=self._journal is None)

    async def run(self) -> bool:
        """Until they are done; False when they leave the room as well."""
        way = self._way
        try:
            while way.need != "over":
                if way.at in {"menu", "told"}:
                    self._part()
                try:
                    answered = await self._on(way)
                except ImagoError as trouble:
                    way = way.not_done(trouble.message, trouble.hint)
                    continue
                if answered is None:
                    return False
                way = answered
        finally:
            self._part()
        return True

    async def _on(self, way: Way) -> Way | None:
        if way.need == "do":
            return way.done((await self._do(way)).told)
        if way.need == "pick":
            return await self._pick(way)
        page = way.page()
        if way.name == "place":
            suggested = f"imago-{local_now():%Y-%m-%d}{taking.FORMS[taking.form(way)]}"
            file, key = page.fields
            value = file.value or str(Path.home() / suggested)
            page = replace(page, fields=(replace(file, value=value), key))
        answer = await show(self._app, page, whose=way.whose)
        if answer is None:
            return None
        if way.name == "theirs" and answer.choice != "back" and self._guest is not None:
            return await self._guest.comes(way, answer.texts[0])
        if way.name == "menu" and answer.choice == "book" and not self._complete:
            # A book is made by both: whose words it has is no question.
            return way.take(answer).knowing(words="both")
        return way.take(answer)

    @property
    def _complete(self) -> bool:
        return self._journal is None or self._journal.both

    def _part(self) -> None:
        if self._guest is not None:
            self._guest.goes()

    async def _pick(self, way: Way) -> Way | None:
        page = way.page()
        if way.name == "entries":
            heads = (await soon(self._app, self._room.heads)).heads
            rows = [row_of(one, ticked=False) for one in heads if one.state == "done"]
        else:
            from imago_tui.deeds import taking as deeds

            taken = await self._taken(way)
            every = await soon(self._app, lambda: deeds.lines(taken))
            rows = [
                Row(str(n), _line(one), ticked=True, whole=True) for n, one in enumerate(every, 1)
            ]
        if not rows:
            return way.not_done(words("outgoing.nothing"))
        screen = PickScreen(page.title, rows, whose=way.whose, small=page.small)
        chosen = await self._app.push_screen_wait(screen)
        if chosen is None:
            return None
        return way.picked(taking.BETWEEN.join(chosen)) if chosen else way.back()

    async def _taken(self, way: Way) -> Taken:
        from imago_tui.deeds import taking as deeds

        ids = taking.marked(way, "entries")
        return await with_bar(
            self._app,
            words("rooms.taking.gathering"),
            lambda bar: deeds.chosen(self._room, ids, progress=bar),
        )

    async def _do(self, way: Way) -> Done:
        from imago_tui.deeds import taking as deeds

        given = way.given
        taken = await self._taken(way)
        stays = {int(n) for n in taking.marked(way, "lines")}
        struck = set(range(1, len(deeds.lines(taken)) + 1)) - stays if stays else set()
        place = placed(given["file"])
        return await soon(
            self._app,
            lambda: deeds.write(
                taken,
                taking.form(way),
                place,
                self._folder,
                key=given["key"].strip() or None,
                struck=struck,
                year=int(given.get("year") or 0),
            ),
        )


def _line(line: object) -> str:
    from imago_tui.outgoing import packet

    assert isinstance(line, packet.Line)  # noqa: S101  what a packet is made of
    day = retelling.day(line.started, short=True)
    text = words("outgoing.packet.said", who=line.head, text=line.text) if line.head else line.text
    return words("rooms.row.titled", day=day, title=text)
