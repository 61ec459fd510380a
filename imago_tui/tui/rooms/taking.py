"""Taking something out as a file, from the shared room or from one's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from imago_tui import retelling
from imago_tui.now import local_now
from imago_tui.rooms import taking
from imago_tui.tui.rooms.going import Going
from imago_tui.tui.rooms.showing import placed, row_of, show, soon
from imago_tui.tui.screens.pick import PickScreen, Row
from imago_tui.tui.screens.wait import with_bar
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.deeds import Done
    from imago_tui.deeds.taking import Taken
    from imago_tui.rooms.way import Way


class Taking(Going):
    """Somebody who takes something out. ``room``: the shared one, or one's own."""

    async def run(self, whose: str = "") -> bool:
        """Until they are done; False when they leave the room as well.

        ``whose``: the line that says whose room it is, in one's own.
        """
        both = self.journal is not None and self.journal.both
        return await self.go(taking.begin(whose, private=self.journal is None, both=both))

    async def ask(self, way: Way) -> Way | None:
        """Show the page; with a place to begin with, where one is asked for."""
        page = way.page()
        if way.name == "place":
            suggested = f"imago-{local_now():%Y-%m-%d}{taking.FORMS[taking.form(way)]}"
            file, key = page.fields
            value = file.value or str(Path.home() / suggested)
            page = replace(page, fields=(replace(file, value=value), key))
        answer = await show(self.app, page, whose=way.whose)
        if answer is None:
            return None
        if way.name == "menu" and answer.choice == "book":
            # A book is made by both: whose words it has is no question.
            return way.take(answer).knowing(words="both")
        return await self.typed_by(way, answer) or way.take(answer)

    async def pick(self, way: Way) -> Way | None:
        """Let something be chosen."""
        page = way.page()
        if way.name == "entries":
            heads = (await soon(self.app, self.room.heads)).heads
            rows = [row_of(one, ticked=False) for one in heads if one.state == "done"]
        else:
            from imago_tui.deeds import taking as deeds

            taken = await self._taken(way)
            every = await soon(self.app, lambda: deeds.lines(taken))
            rows = [
                Row(str(n), _line(one), ticked=True, whole=True) for n, one in enumerate(every, 1)
            ]
        if not rows:
            return way.not_done(words("outgoing.nothing"))
        screen = PickScreen(page.title, rows, whose=way.whose, small=page.small)
        chosen = await self.app.push_screen_wait(screen)
        if chosen is None:
            return None
        return way.picked(taking.BETWEEN.join(chosen)) if chosen else way.back()

    async def _taken(self, way: Way) -> Taken:
        from imago_tui.deeds import taking as deeds

        ids = taking.marked(way, "entries")
        return await with_bar(
            self.app,
            words("rooms.taking.gathering"),
            lambda bar: deeds.chosen(self.room, ids, progress=bar),
        )

    async def do(self, way: Way) -> Done:
        """Do what the way has led to."""
        from imago_tui.deeds import taking as deeds

        given = way.given
        taken = await self._taken(way)
        stays = {int(n) for n in taking.marked(way, "lines")}
        struck = set(range(1, len(deeds.lines(taken)) + 1)) - stays if stays else set()
        place = placed(given["file"])
        return await soon(
            self.app,
            lambda: deeds.write(
                taken,
                taking.form(way),
                place,
                self.folder,
                key=given["key"].strip() or None,
                struck=struck,
                year=int(given["year"]) if "year" in given else None,
            ),
        )


def _line(line: object) -> str:
    from imago_tui.outgoing import packet

    assert isinstance(line, packet.Line)  # noqa: S101  what a packet is made of
    day = retelling.day(line.started, short=True)
    text = words("outgoing.packet.said", who=line.head, text=line.text) if line.head else line.text
    return words("rooms.row.titled", day=day, title=text)
