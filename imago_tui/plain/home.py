"""Home in lines: its pages read out, and what they lead to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from imago_tui import config
from imago_tui.errors import ImagoError
from imago_tui.evening import Option
from imago_tui.evening.pages import from_words
from imago_tui.evening.steps import alone
from imago_tui.home import Home
from imago_tui.house import House, what_stands
from imago_tui.look import COUPLE, Look
from imago_tui.plain import pages
from imago_tui.plain.console import Console, Ended
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.store import Journal


ENOUGH = "enough"


class AtHome:
    """Home in lines, until they leave.

    Args:
        console: the two streams.
        house: what home has at hand; whoever made it closes it.
        passphrases: those that nobody needs to type.
    """

    def __init__(self, console: Console, house: House, passphrases: Sequence[str] = ()) -> None:
        self._console, self._house = console, house
        self._passphrases = tuple(passphrases)

    def run(self, home: Home) -> None:
        """From a page of home until they leave.

        Raises:
            Ended: no more lines came.
            ImagoError: a passphrase that nobody typed opens nothing.
        """
        while home.need != "over":
            home = self._on(home)

    def _on(self, home: Home) -> Home:
        house = self._house
        match home.need:
            case "page":
                return self._page(home)
            case "open":
                return house.try_to_open(home)
            case "do":
                return house.do(home)
            case "hold":
                was_open = house.journal is not None
                try:
                    return self._hold(home)
                except ImagoError as trouble:
                    if not was_open:
                        raise
                    return home.not_done(trouble.message, trouble.hint)
            case "look":
                return home.choose(self._look())
            case "bring":
                self._bring_back()
                return house.brought(home)
        try:
            self._there(home)
        except ImagoError as trouble:
            return home.not_done(trouble.message, trouble.hint)
        return house.back(home)

    def _page(self, home: Home) -> Home:
        if home.at == "unlock" and self._passphrases:  # nobody has to type it
            given, self._passphrases = self._passphrases, ()
            return home.opened(self._house.open(given))
        partners = home.seen.partners if home.seen else ("", "")
        page = home.page()
        if home.at == "home":  # no Esc in lines
            page = replace(page, options=(*page.options, Option(ENOUGH, words("home.enough"))))
        answer = pages.answer(self._console, page, partners)
        return home.stop() if answer.choice == ENOUGH else home.take(answer)

    def _hold(self, home: Home) -> Home:
        from imago_tui.plain.evening import Tonight

        own = self._own_room() if alone(home.exercise) and home.room else None
        begun, hall = self._house.evening(home, own)
        given = self._passphrases if hall.journal is None else ()
        tonight = Tonight(self._console, hall, given)
        try:
            evening = tonight.hold(begun)
        finally:
            hall.close()
            if own is not None:
                own.close()
        return self._house.after(home, evening, hall)

    def _own_room(self) -> OwnRoom | None:
        """The room of the one who is here, opened with their passphrase; None where they leave."""
        from imago_tui import paths
        from imago_tui.journal.own import open_own

        page = from_words("rooms.own.unlock", "unlock")
        page = replace(page, fields=tuple(replace(one, hidden=True) for one in page.fields))
        while True:
            answer = pages.answer(self._console, page, ("", ""))
            if answer.choice == "back" or not any(answer.texts):
                return None
            try:
                return open_own(paths.journal_dir(), answer.texts[0])
            except ImagoError as trouble:
                page = replace(page, note=f"{trouble.message} {trouble.hint}".strip())

    def _bring_back(self) -> None:
        """Bring a copy back, where there is no journal, if they want it."""
        from imago_tui import paths
        from imago_tui.deeds import copies as deeds
        from imago_tui.rooms import copies

        folder = paths.journal_dir()
        way = copies.begin_bringing().knowing(place=str(paths.copies_of(folder)))
        while way.at == "ask":
            answer = pages.answer(self._console, way.page(), ("", ""))
            if answer.choice == "back":
                return
            way = way.take(answer)
            if way.need == "do":
                try:
                    done = deeds.restore(paths.typed(way.given["place"]), folder)
                except ImagoError as trouble:
                    way = way.not_done(trouble.message, trouble.hint)
                else:
                    way = way.done(done.told)
        self._console.say("", *way.page().lines)

    def _begun(self) -> bool:
        """Begin a room of one's own, where there is none; whether there is one now."""
        from imago_tui import paths
        from imago_tui.deeds import keys as deeds
        from imago_tui.rooms import keys

        way = keys.begin_alone()
        while way.at == "ask":
            way = way.take(pages.answer(self._console, way.page(), ("", "")))
            if way.need == "do":
                name, new = way.given["name"].strip(), way.given["new"]
                try:
                    deeds.begin(paths.journal_dir(), name, new).close()
                except ImagoError as trouble:
                    way = way.not_done(trouble.message, trouble.hint)
                else:
                    self._console.say("", words("home.own_room_made"))
                    return True
        return False

    def _look(self) -> str:
        """A look, told as it goes; where to after it."""
        from imago_tui.plain.practising import watch
        from imago_tui.practice.playing import Playing

        now, nobody = Look(), ("", "")
        while now.need != "over":
            if now.need == "watch":
                watch(self._console, Playing(COUPLE, config.load().pace))
                now = now.watched()
            else:
                now = now.take(pages.answer(self._console, now.page(), nobody))
        return now.then

    def _there(self, home: Home) -> None:
        """Where it leads that is no page of home's; and back."""
        from imago_tui import about, own_places

        match home.need:
            case "about":
                self._console.say("", *about.page(), *about.lines(own_places.lines()))
            case "practice":
                from imago_tui.plain.practising import practising
                from imago_tui.practice.flow import Practice

                practising(self._console, Practice.begin())
            case "likes" if self._house.journal is not None:
                from imago_tui.plain import liking

                liking.in_the_journal(self._console, self._house.journal)
            case "own-room":
                if home.room or self._begun():
                    self._console.say("", *words.lines("home.own_room_in_lines"))
            case _ if self._house.journal is not None:
                self._read(home, self._house.journal)

    def _read(self, home: Home, journal: Journal) -> None:
        """The list of what was kept, or one dialogue of it, told once."""
        from imago_tui.plain import reading

        if home.one is not None:
            self._console.say("", reading.retold(journal.load(home.one.entry)))
            return
        rows = [head.list_json() for head in journal.heads().heads]
        self._console.say("", reading.listed(rows), "", words("home.reading_in_lines"))


def at_home(files: Sequence[Path], *, at: str = "home") -> int:
    """Home in lines; the program's status.

    Args:
        files: with passphrases.
        at: the page to begin with.

    Raises:
        ImagoError: 2 the settings; 4 to 7 the journal.
    """
    from imago_tui.journal.passphrase import given

    config.load()  # a line that is not understood is told before anything begins
    stands = what_stands()
    passphrases = given(files) if stands.journal or stands.copies else ()
    console, house = Console(), House(eyes=False)
    try:
        with console:
            try:
                AtHome(console, house, passphrases).run(Home.begin(**stands._asdict(), at=at))
            except Ended as ended:
                return ended.status or house.status
    finally:
        house.close()
    if house.copy_trouble is not None:
        from imago_tui.keeping import tell_of_copy

        tell_of_copy(house.copy_trouble)
    return house.status
