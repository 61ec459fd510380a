"""What helps at the table: lines to try, words to hand, remedies; each person's own way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from imago_tui import hints, remembering
from imago_tui.coach import Hint
from imago_tui.dialogue.events import Event
from imago_tui.helping.likes import Likes
from imago_tui.journal.store import Journal
from imago_tui.tui import doors
from imago_tui.tui.screens.tohand import WordsScreen

if TYPE_CHECKING:
    from pathlib import Path

SAID = "You said on Sunday that you would come home at six and you came at ten."
REBUTTAL = "I was only late because the train stood still, you know that very well."


async def test_a_line_that_fits_stands_where_lines_stand_and_is_sent_away(tables: Any) -> None:
    async with tables(size=(80, 24)) as table:
        await table.to_send()
        await table.write(SAID)
        ben = table.screen.pane_of(1)
        await table.write(REBUTTAL)
        await table.until(lambda: table.session.noticing.now is not None)
        code = table.session.noticing.now.hint.code
        await table.until(lambda: hints.stem(Hint(code, "")) in ben.view.stem)
        assert not table.screen.pane_of(0).view.stem.endswith(hints.stem(Hint(code, "")))
        await table.press("x")
        await table.until(lambda: hints.stem(Hint(code, "")) not in ben.view.stem)
        assert ben.view.stem.startswith("Or: ")  # another stands there: nothing has been told


async def test_a_word_that_was_looked_for_goes_into_the_field(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.field()
        await table.type("I felt")
        await table.press("f6")
        await table.until(lambda: isinstance(table.app.screen, WordsScreen))
        await table.type("lon")
        await table.shows("1 lonely")
        await table.press("1")
        await table.until(lambda: table.screen.area.words == "I felt lonely")
        await table.until(lambda: table.screen.area.has_focus)
        await table.type(" and sad")
        assert table.session.helped == {0}


async def test_behind_a_family_are_its_words_and_aloud_one_is_there_to_look_at(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.press("w")
        await table.shows("8 calm")
        await table.press("tab")
        await table.shows("to be heard")
        await table.press("tab", "tab", "1")
        await table.shows("2 lonely")
        await table.press("2")
        await table.until(lambda: table.app.screen is table.screen)
        await table.shows("lonely")


async def test_whoever_types_has_a_field_when_it_is_theirs(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        table.session.likes = (Likes(), Likes(types=True))
        table.screen.redraw()
        await table.press("tab")  # said aloud
        await table.until(lambda: table.session.scene().writes == "mirror")
        await table.until(lambda: table.screen.look.typing == 1)


async def test_what_helps_may_step_back(tables: Any) -> None:
    async with tables(size=(80, 24)) as table:
        await table.to_send()
        whole = table.screen.pane_of(0).view.stem
        table.session.likes = (Likes(help="light"), Likes())
        table.screen.redraw()
        await table.until(lambda: table.screen.pane_of(0).view.stem not in {"", whole})
        table.session.likes = (Likes(help="off"), Likes())
        table.screen.redraw()
        await table.until(lambda: table.screen.pane_of(0).view.stem == "")
        assert table.screen.pane_of(1).view.stem


async def test_how_one_likes_it_counts_at_once(tables: Any) -> None:
    async with tables() as table:
        await table.to_send()
        await table.press("h")
        await table.shows("How do you like it?")
        await table.press("2")
        await table.shows("How do you like it, Ben?")
        await table.press("2", "1")
        await table.shows("Plain words instead of pictures: yes")
        await table.press("backspace", "backspace")
        await table.until(lambda: table.app.screen is table.screen)
        await table.until(lambda: table.session.ways.wording == ("literal",))
        await table.press("tab")
        await table.shows("Only listen")


async def test_a_line_in_own_words_is_marked_and_as_it_was_is_a_key_away(tables: Any) -> None:
    async with tables(size=(80, 24)) as table:
        await table.to_send()
        before = table.screen.pane_of(0).view.stem
        await table.press("e")
        await table.shows("In your own words")
        await table.type(" love")
        await table.press("enter")
        await table.until(lambda: table.screen.pane_of(0).view.stem == f"{before} love (ours)")
        await table.press("o")
        await table.until(lambda: before in table.text.split("A N A")[0])
        await table.press("e")
        await table.shows(f"As it was: {before}")
        await table.press("down", "enter")
        await table.until(lambda: table.screen.pane_of(0).view.stem == before)


async def test_outside_a_talk_each_sets_only_their_own(screens: Any, tmp_path: Path) -> None:
    people = [("Ana", "violet anchor seven lamps"), ("Ben", "quiet harbour nine stones")]
    Journal.create(tmp_path / "journal", people, cost=15).close()
    with Journal.open(tmp_path / "journal", [people[1][1]]) as journal:

        async def flow(app: Any) -> int:
            await doors.through(app, journal, "likes")
            return 0

        async with screens(flow) as seen:
            await seen.shows("How do you like it, Ben?")
            await seen.press("3", "1")
            await seen.shows("Pace: calm")
            await seen.press("4", "5")
            await seen.until(lambda: seen.app.return_code == 0)
    with Journal.open(tmp_path / "journal", [people[0][1]]) as journal:
        assert remembering.likes(journal) == (Likes(), Likes(pace="calm"))


@pytest.mark.parametrize(
    ("remedy", "shown"), [("3", "Nobody has to fill it"), ("4", "Park it for")]
)
async def test_what_a_remedy_says_is_done(tables: Any, remedy: str, shown: str) -> None:
    async with tables() as table:
        await table.to_send()
        await table.press("question_mark", remedy)
        await table.shows(shown)


async def test_looking_for_a_word_begins_at_im_stuck_too(tables: Any) -> None:
    async with tables("short") as table:
        table.session.likes = (Likes(), Likes(types=True))
        await table.press("tab", "enter")
        await table.at("send")
        session = table.session
        session.do(Event("send", 0), Event("mirror", 1), Event("check", 0, answer="yes"))
        session.do(Event("validate", 1))
        table.screen.after()
        await table.field()
        await table.type("Maybe ")
        await table.press("f1")
        await table.shows("I'm looking for a word")
        await table.press("2")
        await table.shows("8 calm")
        await table.type("rel")
        await table.press("1")
        await table.until(lambda: table.screen.area.words.startswith("Maybe rel"))


async def test_the_words_but_not_the_tone_from_im_stuck(tables: Any) -> None:
    async with tables("short") as table:
        await table.press("tab", "enter")
        await table.at("send")
        table.session.do(Event("send", 0), Event("mirror", 1))
        table.screen.after()
        await table.press("question_mark")
        await table.shows("2 The words, not the tone")
        await table.press("2")
        await table.until(lambda: table.session.scene().writes == "mirror")
