"""A first evening on the screen, by keys: it asks for nothing, and keys are made at its end."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from imago_tui import exercises, menu, paths
from imago_tui.dialogue import state
from imago_tui.errors import ImagoError
from imago_tui.evening import Evening
from imago_tui.journal.store import Journal
from imago_tui.keeping import JournalKeeper
from imago_tui.session import Draft
from imago_tui.tui import commands
from imago_tui.tui.screens.seats import SeatsScreen
from imago_tui.tui.screens.table import TableScreen
from imago_tui.tui.screens.typed import TypedScreen
from imago_tui.tui.tonight import Tonight
from imago_tui.words import words

ANA, BEN = "four odd words here", "blue lamp river toast"
SIZES = [(48, 14), (200, 55)]
READ = 3.5
"""Words that a tired person takes in a second."""


class Couple:
    """Two people at an evening; they see the screen and count their keys."""

    def __init__(self, seen: Any, tonight: Tonight) -> None:
        self.seen, self.tonight = seen, tonight
        self.keys = 0
        self.read: set[str] = set()

    @property
    def evening(self) -> Evening:
        return self.tonight.evening

    async def at(self, page: str) -> None:
        """Wait until they are asked this, and read it."""
        title = None

        def there() -> bool:
            nonlocal title
            if self.evening.at != page:
                return False
            title = self.evening.page().title
            text = " ".join(self.seen.text.split())
            ready = title in text
            if isinstance(self.seen.app.screen, TypedScreen):
                ready = ready and any(line.has_focus for line in self.seen.app.screen.lines)
            return ready

        await self.seen.until(there, page)
        asked = self.evening.page()
        labels = (option.label for option in asked.options)
        self.read |= {asked.title, *asked.lines, *labels, asked.small}

    async def at_table(self, stage: str, name: str = "") -> None:
        await self.seen.until(
            lambda: (
                isinstance(self.seen.app.screen, TableScreen)
                and self.node[:2] == (stage, name or stage)
            ),
            f"{stage}/{name}",
        )
        scene = self.seen.app.screen.session.scene()
        keys = {one.key for offered in scene.choices for one in offered}
        self.read |= {scene.ask, scene.listen, *scene.stems[:1], *keys}

    @property
    def seconds(self) -> float:
        """What it took them: everything read once, and a second for each key."""
        return sum(len(text.split()) for text in self.read) / READ + self.keys

    @property
    def node(self) -> tuple[str, ...]:
        return tuple(self.seen.app.screen.session.state.at.node)

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await self.seen.press(*keys)

    async def type(self, text: str) -> None:
        self.keys += len(text)
        await self.seen.type(text)

    async def choose(self, who: int, choice: str) -> None:
        """Press a choice of the table, at the seat of ``who``."""
        screen = self.seen.app.screen
        offered = [one.key for one in screen.session.scene().choices[who]]
        side: commands.Side = "left" if who == screen.left else "right"
        await self.press(commands.SEATS[side][offered.index(choice)])


@pytest.fixture
def evenings(screens: Callable[..., Any]) -> Callable[..., Any]:
    """``async with evenings(...) as couple``: an evening on the screen."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def open_(
        begun: Evening | None = None, size: tuple[int, int] = (48, 14), **more: Any
    ) -> Any:
        made: list[Tonight] = []

        async def flow(app: Any) -> int:
            made.append(Tonight(app, begun or Evening.begin(journal=False), **more))
            return await made[0].run()

        async with screens(flow, size) as seen:
            await seen.until(lambda: made)
            yield Couple(seen, made[0])

    return open_


async def to_appreciation(couple: Couple) -> None:
    """The shortest way there, with nothing left out that anybody is asked."""
    await couple.at("page")
    await couple.press("enter")
    await couple.at("names")
    await couple.press("enter")
    await couple.at("tonight")
    await couple.press("2")
    await couple.at("invited")
    await couple.press("tab")
    await couple.at("setup")
    await couple.press("enter")
    await couple.at_table("ready")
    await couple.choose(0, "ready.yes")
    await couple.choose(1, "ready.yes")
    await couple.at_table("send")


async def by_way_of_something_silly(couple: Couple) -> None:
    """What is suggested first, and then what is suggested next."""
    await couple.at("page")
    await couple.press("enter")
    await couple.at("names")
    await couple.press("enter")
    await couple.at("tonight")
    await couple.press("enter")
    await couple.at("invited")
    await couple.press("tab")
    await couple.at("setup")
    await couple.press("enter")
    await couple.at_table("send")
    await couple.choose(1, "check.yes")
    await couple.at_table("switch")
    await couple.choose(0, "switch.enough")
    await couple.at("next")
    await couple.press("enter")
    await couple.at_table("ready")
    await couple.choose(0, "ready.yes")
    await couple.choose(1, "ready.yes")
    await couple.at_table("send")


@pytest.mark.parametrize("way", [to_appreciation, by_way_of_something_silly])
async def test_ten_keys_and_ninety_seconds_to_the_first_spoken_appreciation(
    evenings: Callable[..., Any], way: Callable[[Couple], Any]
) -> None:
    async with evenings() as couple:
        await way(couple)
        assert couple.seen.app.screen.session.exercise.id == "appreciation"
        assert couple.keys <= 10
        assert couple.seconds <= 90
        assert not paths.journal_dir().exists()


async def appreciate(couple: Couple, keep: tuple[str, str]) -> None:
    """From the first appreciation to what is kept of it, aloud; the other one's is enough."""
    session = couple.seen.app.screen.session
    sender = session.state.at.sender
    await couple.choose(sender, "check.yes+more.no")
    await couple.at_table("send", "summary")
    await couple.choose(sender, "summary.skip")
    await couple.at_table("validate")
    await couple.choose(1 - sender, "said")
    await couple.at_table("empathize")
    await couple.choose(sender, "empathy-check.yes")
    for stage in ("thanks", "switch", "appreciate", "keep"):
        await couple.seen.until(lambda stage=stage: couple.node[0] == stage, stage)
        if stage == "switch":
            await couple.choose(1 - sender, "switch.enough")
        elif stage == "keep":
            await couple.choose(0, f"keep.{keep[0]}")
            await couple.choose(1, f"keep.{keep[1]}")
        else:
            await couple.choose(0, "said")
            await couple.choose(1, "said")


async def make_keys(couple: Couple) -> None:
    await couple.at("key-names")
    await couple.type("Ana")
    await couple.press("enter")
    await couple.type("Ben")
    await couple.press("enter")
    for who, passphrase in enumerate((ANA, BEN)):
        await couple.seen.until(lambda who=who: len(couple.evening.passphrases) == who)
        await couple.at("passphrase")
        for _ in range(2):
            await couple.type(passphrase)
            assert passphrase not in couple.seen.text
            await couple.press("enter")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_whole_first_evening_is_kept_when_both_want_it(
    evenings: Callable[..., Any], size: tuple[int, int]
) -> None:
    async with evenings(size=size) as couple:
        await to_appreciation(couple)
        await appreciate(couple, ("all", "outcome"))
        await couple.at("next")
        await couple.press("2")
        await couple.at("keep")
        assert not paths.journal_dir().exists()
        await couple.press("tab")
        await couple.seen.shows(words("evening.answered"))
        await couple.press("enter")
        await make_keys(couple)
        await couple.at("kept")
        assert str(paths.journal_dir()) in "".join(couple.seen.text.split())
        await couple.press("enter")
        await couple.seen.until(lambda: couple.seen.app.return_code == 0)
    for passphrase in (ANA, BEN):
        with Journal.open(paths.journal_dir(), [passphrase]) as journal:
            (head,) = journal.heads().heads
            assert (head.exercise, head.state) == ("appreciation", "done")
            assert head.ended is not None
            assert journal.load(head.id).kept == "outcome"
            assert journal.partners == ("Ana", "Ben")


@pytest.mark.parametrize("answers", [("2", "enter"), ("tab", "9"), ("2", "9")])
async def test_one_no_and_nothing_is_written(
    evenings: Callable[..., Any], answers: tuple[str, str]
) -> None:
    async with evenings() as couple:
        await to_appreciation(couple)
        await appreciate(couple, ("all", "all"))
        await couple.at("next")
        await couple.press("2")
        await couple.at("keep")
        await couple.press(*answers)
        await couple.at("bye")
        assert words("evening.nothing_written") in couple.seen.text
        assert not re.search("Left|Right", couple.seen.text)
    assert not paths.journal_dir().exists()


async def test_an_answer_can_be_changed_until_the_other_one_has_given_theirs(
    evenings: Callable[..., Any],
) -> None:
    async with evenings() as couple:
        await to_appreciation(couple)
        await appreciate(couple, ("all", "all"))
        await couple.at("next")
        await couple.press("2")
        await couple.at("keep")
        await couple.press("tab", "2", "enter")
        await couple.at("bye")


async def test_when_the_lesser_is_nothing_nobody_is_asked(evenings: Callable[..., Any]) -> None:
    async with evenings() as couple:
        await to_appreciation(couple)
        await appreciate(couple, ("all", "nothing"))
        await couple.at("next")
        await couple.press("2")
        await couple.at("bye")
    assert not paths.journal_dir().exists()


async def test_what_was_said_in_memory_is_sealed_word_for_word(
    evenings: Callable[..., Any],
) -> None:
    said = "I liked the soup, \u05e9\u05dc\u05d5\u05dd, \U0001f44d\U0001f3fd."
    async with evenings() as couple:
        await to_appreciation(couple)
        screen = couple.seen.app.screen
        await couple.press("t")
        await couple.seen.until(lambda: screen.area is not None and screen.area.has_focus)
        screen.area.load_text(said)
        await couple.press("enter")
        await couple.at_table("send", "mirror")
        await appreciate(couple, ("all", "all"))
        await couple.at("next")
        await couple.press("2")
        await couple.at("keep")
        await couple.press("tab", "enter")
        await make_keys(couple)
        await couple.at("kept")
    with Journal.open(paths.journal_dir(), [BEN]) as journal:
        (head,) = journal.heads().heads
        first, mirror, *_ = journal.load(head.id).turns
        assert (first.text, first.aloud) == (said, False)
        assert (mirror.text, mirror.aloud) == (None, True)


async def test_only_looking(evenings: Callable[..., Any]) -> None:
    async with evenings() as couple:
        await couple.at("page")
        await couple.press("enter")
        await couple.at("names")
        await couple.press("enter")
        await couple.at("tonight")
        await couple.press("enter")
        await couple.at("invited")
        await couple.press("0")
        await couple.at("look")
        await couple.press("enter")
        await couple.at("bye")


async def test_enough_is_everywhere_and_can_be_taken_back(evenings: Callable[..., Any]) -> None:
    async with evenings() as couple:
        for page, key in (("page", "enter"), ("names", "enter"), ("tonight", "1")):
            await couple.at(page)
            await couple.press("escape")
            await couple.at("stop")
            await couple.press("2")
            await couple.at(page)
            await couple.press(key)
        await couple.at("invited")
        await couple.press("escape")
        await couple.at("stop")
        await couple.press("enter")
        await couple.at("bye")
        await couple.press("escape")
        await couple.seen.until(lambda: couple.seen.app.return_code == 0)


async def test_places_to_turn_to_are_one_key_away_and_read_at_leisure(
    evenings: Callable[..., Any],
) -> None:
    async with evenings() as couple:
        await couple.at("page")
        await couple.press("2")
        await couple.at("more")
        await couple.seen.shows(words("about.turn_title"))
        await couple.press("backspace")
        await couple.at("page")
        await couple.press("enter")
        await couple.at("names")
        await couple.press("f2")
        await couple.seen.shows(words("about.title"))
        await couple.press("pagedown")
        await couple.seen.shows("findahelpline.com")
        for _ in range(17):
            await couple.press("down")
        await couple.seen.shows("1-800-799-7233")
        await couple.press("backspace")
        await couple.at("names")


async def test_a_line_half_typed_is_there_again_when_they_go_on(
    evenings: Callable[..., Any], journal_of_two: Path
) -> None:
    with Journal.open(journal_of_two, [ANA]) as journal:
        begun = state.begin(exercises.load("silly"))
        JournalKeeper(journal, "silly").save(begun, Draft("send", 0, "If I were a chee"))
    async with evenings(Evening.begin(journal=True, resume=True), passphrases=(ANA,)) as couple:
        await couple.at("seats")
        await couple.press("1")
        await couple.at("setup")
        await couple.press("enter")
        await couple.at_table("send")
        await couple.press("tab", "enter")
        await couple.seen.shows("If I were a chee")


async def test_going_on_with_nothing_says_so(
    evenings: Callable[..., Any], journal_of_two: Path
) -> None:
    assert Journal.exists(journal_of_two)
    async with evenings(Evening.begin(journal=True, resume=True), passphrases=(ANA,)) as couple:
        await couple.seen.until(lambda: couple.seen.app.mishap is not None)
        assert couple.seen.app.mishap.status == 2
        assert couple.seen.app.mishap.message == words("keeping.none")


async def test_what_could_not_be_written_is_tried_again_and_nothing_is_lost(
    evenings: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise ImagoError(words("journal.write.full"), words("journal.write.full_hint"), 7)

    async with evenings() as couple:
        await to_appreciation(couple)
        await appreciate(couple, ("all", "all"))
        await couple.at("next")
        await couple.press("2")
        await couple.at("keep")
        with monkeypatch.context() as patched:
            patched.setattr(JournalKeeper, "finish", full)
            await couple.press("tab", "enter")
            await make_keys(couple)
            await couple.at("not-made")
            await couple.seen.shows(words("journal.write.full")[:20])
        await couple.press("1")
        await couple.at("kept")
    with Journal.open(paths.journal_dir(), [BEN]) as journal:
        assert len(journal.heads().heads) == 1


async def test_a_word_is_parked_in_the_journal_and_a_full_disk_is_told_on_the_page(
    evenings: Callable[..., Any], journal_of_two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise ImagoError(words("journal.write.full"), words("journal.write.full_hint"), 7)

    async with evenings(Evening.begin(journal=True), passphrases=(ANA,), size=(80, 24)) as couple:
        await couple.at("page")
        await couple.press("enter")
        await couple.at("seats")
        await couple.press("1")
        for word in ("money", "sleep"):
            await couple.at("tonight")
            await couple.press(str(len(menu.TOGETHER) + 1))
            await couple.at("park")
            await couple.type(word)
            if word == "sleep":
                monkeypatch.setattr(Journal, "park", full)
            await couple.press("enter")
        await couple.at("tonight")
        await couple.seen.shows(words("journal.write.full")[:20])
        await couple.seen.shows("money, sleep")
    with Journal.open(journal_of_two, [BEN]) as journal:
        assert [note.text for note in journal.parked()] == ["money"]


async def test_names_and_seats(evenings: Callable[..., Any]) -> None:
    async with evenings() as couple:
        await couple.at("page")
        await couple.press("enter")
        await couple.at("names")
        couple.seen.app.screen.lines[0].value = "A\x9bn1a"
        await couple.press("enter")
        await couple.type("Ben")
        await couple.press("enter")
        await couple.at("seats")
        assert "\x9b" not in couple.seen.text
        await couple.press("2")
        await couple.at("tonight")
        assert (couple.evening.given, couple.evening.left) == (("A\x9bn1a", "Ben"), 1)


async def test_tab_goes_from_name_to_name(evenings: Callable[..., Any]) -> None:
    async with evenings() as couple:
        await couple.at("page")
        await couple.press("enter")
        await couple.at("names")
        await couple.seen.shows("Tab next line")
        await couple.type("Mia")
        await couple.press("tab")
        await couple.type("Tom")
        await couple.press("tab")
        await couple.type("e")
        await couple.press("shift+tab", "enter")
        await couple.at("seats")
        assert couple.evening.given == ("Miae", "Tom")


async def test_close_now_works_inside_a_field(
    evenings: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with evenings() as couple:
        closed: list[bool] = []
        monkeypatch.setattr(couple.seen.app, "close_now", lambda: closed.append(True))
        await couple.at("page")
        await couple.press("enter")
        await couple.at("names")
        await couple.type("An")
        await couple.press("ctrl+c")
        await couple.seen.until(lambda: closed)


@pytest.fixture
def journal_of_two() -> Path:
    folder = paths.journal_dir()
    Journal.create(folder, [("Ana", ANA), ("Ben", BEN)], cost=15).close()
    return folder


@pytest.mark.usefixtures("journal_of_two")
async def test_the_journal_opens_with_either_passphrase_after_any_number_of_tries(
    evenings: Callable[..., Any],
) -> None:
    async with evenings(Evening.begin(journal=True)) as couple:
        for _ in range(3):
            await couple.at("unlock")
            await couple.type("not this one at all")
            await couple.press("enter")
            await couple.seen.shows(words("journal.open.wrong")[:30])
        await couple.at("unlock")
        await couple.type(BEN)
        await couple.press("enter")
        await couple.at("page")
        await couple.press("enter")
        await couple.at("seats")
        assert "Ana" in couple.seen.text


async def test_a_talk_in_the_journal_is_kept_and_gone_on_with_at_its_step(
    evenings: Callable[..., Any], journal_of_two: Path
) -> None:
    begun = Evening.begin(journal=True)
    async with evenings(begun, passphrases=(ANA,)) as couple:
        await couple.at("page")
        await couple.press("enter")
        await couple.at("seats")
        await couple.press("1")
        await couple.at("tonight")
        await couple.press(str(menu.TOGETHER.index("appreciate") + 1))
        await couple.at("group")
        place = [item.id for item in menu.of("appreciate")].index("appreciation")
        await couple.press(str(place + 1))
        await couple.at("first")
        await couple.press("1")
        await couple.at("setup")
        await couple.press("enter")
        await couple.at_table("ready")
        await couple.choose(0, "ready.yes")
        await couple.choose(1, "ready.yes")
        await couple.at_table("send")
        await couple.choose(0, "check.yes+more.yes")
    async with evenings(begun, passphrases=(BEN,)) as couple:
        await couple.at("resume")  # who sits left is remembered
        await couple.press("enter")
        await couple.at("setup")
        await couple.press("enter")
        await couple.at_table("send")
        assert couple.seen.app.screen.session.state.said.turns
    async with evenings(begun, passphrases=(BEN,)) as couple:
        await couple.at("resume")
        await couple.press("3")
        await couple.at("let-go-both")
        await couple.press("tab", "enter")
        await couple.at("tonight")
    with Journal.open(journal_of_two, [ANA]) as journal:
        assert journal.heads().heads == []


async def test_both_seats_have_their_names_where_they_sit(evenings: Callable[..., Any]) -> None:
    async with evenings(Evening.begin(journal=False, exercise="silly")) as couple:
        await couple.at("page")
        await couple.press("enter")
        await couple.at("names")
        await couple.type("Ana")
        await couple.press("enter")
        await couple.type("Ben")
        await couple.press("enter")
        await couple.at("seats")
        await couple.press("2")
        await couple.at("invited")
        assert isinstance(couple.seen.app.screen, SeatsScreen)
        row = next(line for line in couple.seen.text.splitlines() if "Ana" in line)
        assert row.index("Ben") < row.index("Ana")
        await couple.press("9")
        await couple.at("setup")
        assert couple.evening.first == 0
