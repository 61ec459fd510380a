"""The evening around the talk, as a value: every page, in the order two people meet them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from imago_tui import exercises, menu, topics
from imago_tui.dialogue import engine, state
from imago_tui.dialogue.events import Event
from imago_tui.evening import Answer, Evening, Page, came_through
from imago_tui.words import words


def go(evening: Evening, *answers: Answer | str) -> Evening:
    """Answer page after page; a word is the option of that key, with empty fields."""
    for answer in answers:
        assert evening.need == "page", evening.at
        page = evening.page()
        given = answer
        if isinstance(given, str):
            given = Answer(given, texts=tuple(field.value for field in page.fields))
        assert not page.options or given.choice in {option.key for option in page.options}
        evening = evening.take(given)
    return evening


def typed(*texts: str, choice: str = "go") -> Answer:
    return Answer(choice, texts=texts)


FIRST = Evening.begin(journal=False)
BOTH = Answer("yes", other="yes")


def at_table(exercise: str = "appreciation") -> Evening:
    invited = Answer("hear", who=1)
    return go(FIRST, "go", typed("Ana", "Ben"), "0", exercise, invited, "go")


def test_the_first_evening_from_the_page_to_the_table() -> None:
    evening = at_table("silly")
    assert evening.need == "table"
    plan = evening.plan
    assert (plan.exercise, plan.names, plan.first, plan.left) == ("silly", ("Ana", "Ben"), 0, 0)
    assert plan.minutes is None
    assert not plan.resume


def test_it_asks_for_nothing_and_says_that_nothing_is_written() -> None:
    evening, seen = FIRST, []
    for answer in ("go", typed("", "")):
        seen.append(evening.page())
        evening = go(evening, answer)
    seen.append(evening.page())
    assert [page.id for page in seen] == ["page", "names", "tonight"]
    assert seen[0].small == seen[2].small == words("evening.unless")
    assert evening.names == (words("evening.left"), words("evening.right"))
    assert seen[2].options[0].key == "silly"


def test_one_name_is_enough_and_the_other_is_called_by_their_side() -> None:
    evening = go(FIRST, "go", typed(" Ana ", ""))
    assert [option.label for option in evening.page().options] == [
        "Ana",
        words("evening.the_other"),
    ]
    assert go(evening, "1").names == ("Ana", words("evening.left"))
    assert go(evening, "0").names == ("Ana", words("evening.right"))


def test_someone_called_like_a_side_is_still_told_apart() -> None:
    left = words("evening.left")
    evening = go(FIRST, "go", typed(left, ""), "1")
    assert len(set(evening.names)) == 2


@pytest.mark.parametrize("names", [("Ana", "Ana"), ("A" * 61, "Ben")])
def test_names_that_nobody_could_tell_apart_are_asked_once_more(names: tuple[str, str]) -> None:
    evening = go(FIRST, "go", typed(*names))
    assert evening.at == "names"
    if names[0] == names[1]:  # there is something to add a letter to
        assert [field.value for field in evening.page().fields] == list(names)
    assert evening.page().note
    assert not go(evening, typed("Ana", "Ben")).page().note


@pytest.mark.parametrize(
    ("choice", "who", "first"), [("hear", 0, 1), ("hear", 1, 0), ("be-heard", 1, 1)]
)
def test_the_one_who_was_invited_chooses(choice: str, who: int, first: int) -> None:
    evening = go(FIRST, "go", typed("Ana", "Ben"), "0", "silly")
    page = evening.page()
    assert (page.id, page.by) == ("invited", "seat")
    assert go(evening, Answer(choice, who=who), "go").plan.first == first


def test_only_looking_asks_for_nothing_and_has_a_way_back() -> None:
    evening = go(FIRST, "go", typed("", ""), "silly", Answer("look", who=1))
    assert evening.page().id == "look"
    assert go(evening, "enough", "go").need == "over"
    assert go(evening, "back").page().id == "invited"


def test_after_something_silly_something_good_and_then_something_that_stings() -> None:
    evening = at_table("silly").held()
    assert [option.key for option in evening.page().options] == ["go", "enough"]
    evening = go(evening, "go")
    assert (evening.need, evening.plan.exercise) == ("table", "appreciation")
    evening = go(evening.held(), "go")
    page = evening.page()
    assert (page.id, page.usual) == ("minutes", "45")
    assert [option.key for option in page.options] == ["10", "20", "45", "60", "90"]
    evening = go(evening, "20")
    assert (evening.need, evening.plan.exercise, evening.plan.minutes) == ("table", "dialogue", 20)
    assert evening.held().page().id == "bye"


def test_enough_stands_beside_every_offer() -> None:
    for evening in (at_table("silly").held(), at_table("appreciation").held()):
        assert go(evening, "enough").page().id == "bye"
    assert go(FIRST, "go", typed("", ""), "enough").page().id == "bye"


def test_enough_is_asked_once_and_can_be_taken_back() -> None:
    evening = at_table("silly").held()
    asked = evening.stop()
    assert asked.page().id == "stop"
    assert go(asked, "back").page() == evening.page()
    assert go(asked, "go").page().id == "bye"
    keeping = go(at_table().held(keep=True), "enough", BOTH, typed(*ONE))
    left = go(keeping.stop(), "go")
    assert (left.page().id, left.passphrases) == ("bye", ())
    assert left.stop().need == "over"
    assert Evening.begin(journal=True).stop().need == "over"


def test_enough_after_a_talk_still_asks_about_what_both_wanted_to_keep() -> None:
    """Esc and the choice beside every offer are the same words: they do the same."""
    evening = at_table("appreciation").held(keep=True)
    assert evening.page().id == "next"
    assert go(evening, "enough").page().id == "keep"
    assert go(evening.stop(), "go").page().id == "keep"
    nothing = go(go(evening, "enough").stop(), "go")
    assert (nothing.page().id, nothing.wants) == ("bye", False)


def test_after_a_stop_nothing_more_is_offered() -> None:
    assert at_table("silly").held(through=False).page().id == "bye"


def test_the_big_quarrel_is_parked_as_one_word() -> None:
    evening = go(FIRST, "go", typed("", ""), "park", typed("money"))
    assert evening.parked == ("money",)
    assert "money" in evening.page().small
    assert go(evening, "park", typed("", choice="back")).parked == ("money",)
    assert "money" in go(evening, "enough").page().small


def passphrases(evening: Evening, *typed_: tuple[str, str]) -> Evening:
    return go(evening, *(typed(*pair) for pair in typed_))


ONE, TWO = ("four odd words here", "four odd words here"), ("blue lamp river toast",) * 2


def test_keys_are_made_only_at_the_end_and_only_when_both_want_them() -> None:
    evening = go(at_table().held(keep=True), "enough")
    page = evening.page()
    assert (page.id, page.by) == ("keep", "each")
    first = go(evening, BOTH)
    assert (first.page().by, first.page().who) == ("one", 0)
    assert first.page().title.startswith("Ana:")
    assert all(field.hidden for field in first.page().fields)
    second = passphrases(first, ONE)
    assert second.page().who == 1
    ready = passphrases(second, TWO)
    assert ready.need == "make"
    assert ready.keys == (("Ana", ONE[0]), ("Ben", TWO[0]))
    kept = ready.made("/somewhere")
    assert "/somewhere" in " ".join(kept.page().lines)
    assert kept.passphrases == ()
    assert go(kept, "go").need == "over"


@pytest.mark.parametrize("answer", [Answer("no", other="yes"), Answer("yes", other="no")])
def test_a_no_counts_and_nobody_is_named(answer: Answer) -> None:
    evening = go(at_table().held(keep=True), "enough", answer)
    page = evening.page()
    assert (page.id, page.small) == ("bye", words("evening.nothing_written"))
    assert not any(name in f"{page.title} {page.lines}" for name in ("Ana", "Ben"))


def test_nothing_to_keep_nothing_asked() -> None:
    assert go(at_table().held(keep=False), "enough").page().id == "bye"


def test_nothing_is_asked_where_nothing_may_be_kept() -> None:
    evening = Evening.begin(journal=False, keeps=False)
    assert evening.page().small == words("evening.unwritten")
    evening = go(evening, "go", typed("", ""), "appreciation", Answer("hear", who=0), "go")
    assert go(evening.held(keep=True), "enough").page().id == "bye"


@pytest.mark.parametrize("pair", [("short", "short"), ("long enough words", "long enough word")])
def test_a_passphrase_is_asked_once_more_as_often_as_needed(pair: tuple[str, str]) -> None:
    evening = go(at_table().held(keep=True), "enough", BOTH)
    for _ in range(3):
        evening = passphrases(evening, pair)
        assert evening.page().note
        assert evening.page().who == 0
    assert passphrases(evening, ONE, TWO).need == "make"


def test_no_passphrase_stands_where_a_fault_would_show_it() -> None:
    ready = passphrases(go(at_table().held(keep=True), "enough", BOTH), ONE, TWO)
    assert ONE[0] not in repr(ready)
    assert TWO[0] not in repr(ready)
    assert ONE[0] not in repr(Answer("go", texts=(ONE[0],)))


def test_nameless_people_may_name_themselves_for_the_journal() -> None:
    evening = go(FIRST, "go", typed("", ""), "appreciation", Answer("hear", who=0), "go")
    evening = go(evening.held(keep=True), "enough", BOTH)
    assert evening.page().id == "key-names"
    left_out = go(evening, typed("", ""))
    assert left_out.names == (words("evening.left"), words("evening.right"))
    assert go(evening, typed("Ana", "Ben")).names == ("Ana", "Ben")


def test_what_could_not_be_written_is_tried_again_or_left() -> None:
    ready = passphrases(go(at_table().held(keep=True), "enough", BOTH), ONE, TWO)
    evening = ready.not_made("The disk is full.", "Make room.")
    assert evening.page().note == "The disk is full. Make room."
    assert go(evening, "again").need == "make"
    left = go(evening, "leave")
    assert (left.page().id, left.passphrases) == ("bye", ())


def opened(**more: object) -> Evening:
    evening = go(Evening.begin(journal=True), typed("some passphrase"))
    assert (evening.need, evening.passphrase) == ("open", "some passphrase")
    return evening.opened(("Ana", "Ben"), **more)  # type: ignore[arg-type]


def test_a_journal_is_opened_and_what_tonight_is_asked() -> None:
    evening = go(opened(), "1")
    assert evening.left == 1
    assert [option.key for option in evening.page().options[:5]] == list(menu.TOGETHER)
    evening = go(evening, "talk", "dialogue", "45")
    assert evening.page().id == "first"
    evening = go(evening, "1")
    assert (evening.page().id, evening.page().usual) == ("topic", "own")
    evening = go(evening, "own", "go")
    assert (evening.plan.first, evening.plan.minutes) == (1, 45)
    assert evening.held(keep=True).page().id == "bye"


def test_a_group_of_one_is_held_at_once_and_a_larger_one_has_a_way_back() -> None:
    evening = opened(left=0)
    fight = go(evening, "fight")
    assert (fight.exercise, fight.page().id) == ("fight", "first")
    chosen = go(evening, "appreciate")
    keys = [option.key for option in chosen.page().options]
    assert keys == [*(item.id for item in menu.of("appreciate")), "back"]
    assert go(chosen, "back").page() == evening.page()


def test_a_topic_is_offered_or_one_that_waited_is_taken_up() -> None:
    evening = go(opened(left=0, parked=("the car", "Leo")), "talk", "dialogue", "45", "0")
    keys = [option.key for option in evening.page().options]
    assert keys == [*topics.themes(), "own", "parked-0", "parked-1"]
    plan = go(evening, "intimacy", "go").plan
    assert (plan.theme, plan.parked) == ("intimacy", "")
    waited = go(evening, "parked-1", "go")
    assert (waited.plan.theme, waited.plan.parked) == ("", "Leo")
    assert go(waited.held(), "go").theme == ""
    assert go(evening, "own", "go").plan.theme == ""
    assert go(opened(left=0), "talk", "silly", "0").page().id == "setup"


def test_after_a_fight_nobody_is_asked_for_names_or_chairs() -> None:
    evening = go(Evening.begin(journal=False, exercise="fight", home=True), "go", "0")
    assert (evening.need, evening.plan.first, evening.plan.left) == ("table", 0, 0)


def test_who_sits_where_is_said_and_changed_with_one_press() -> None:
    evening = go(opened(left=0), "talk", "silly", "0")
    assert words("evening.sides", left_name="Ana", right_name="Ben") in evening.page().lines
    other = go(evening, "swap")
    assert words("evening.sides", left_name="Ben", right_name="Ana") in other.page().lines
    assert go(other, "go").plan.left == 1
    nameless = go(FIRST, "go", typed("", ""), "silly", Answer("hear", who=0))
    assert [option.key for option in nameless.page().options] == ["go"]


def test_what_was_agreed_is_said_once_more_at_the_end() -> None:
    told = ("Ben gets a turn: Monday.",)
    assert told[0] in at_table().held(agreed=told, through=False).page().lines
    assert not set(told) & set(at_table().held(through=False).page().lines)


def test_from_the_home_page_leads_back_there_until_something_was_held() -> None:
    begun = Evening.begin(journal=True, exercise="appreciation", home=True)
    assert (begun.stop().need, begun.stop().then) == ("over", "home")
    at_setup = go(begun, typed("some passphrase")).opened(("Ana", "Ben"), left=0)
    at_setup = go(at_setup, "0")
    assert at_setup.stop().then == "home"
    done = go(at_setup, "go").held()
    assert [option.key for option in done.page().options] == ["go", "home"]
    assert go(done, "home").then == "home"
    assert go(done, "go").then == ""
    assert done.stop().then == ""


def test_a_first_meeting_ends_with_its_talk() -> None:
    begun = Evening.begin(
        journal=False, keeps=False, exercise="appreciation", home=True, meeting=True
    )
    evening = go(begun, "go", typed("", ""), Answer("hear", who=0), "go")
    assert evening.held(keep=True).need == "over"
    assert evening.held(through=False).need == "over"


def test_a_look_at_what_was_agreed_is_offered_after_a_good_talk_only() -> None:
    evening = go(opened(left=0), "appreciate", "appreciation", "0", "go")
    done = evening.held(look_back=True)
    assert [option.key for option in done.page().options] == ["go", "open"]
    assert go(done, "open").then == "open"
    stopped = evening.held(look_back=True, through=False)
    assert [option.key for option in stopped.page().options] == ["go"]


def test_a_passphrase_that_opens_nothing_may_be_tried_for_ever() -> None:
    evening = go(Evening.begin(journal=True), typed("one"))
    for _ in range(5):
        evening = evening.not_opened("It opens nothing.", "Try again.")
        assert evening.page().note == "It opens nothing. Try again."
        assert evening.passphrase == ""
        evening = go(evening, typed("another"))
    assert evening.opened(("Ana", "Ben")).page().id == "seats"


def test_an_empty_passphrase_is_no_try() -> None:
    assert go(Evening.begin(journal=True), typed("")).need == "page"


def test_a_lost_passphrase_is_no_reason_not_to_talk() -> None:
    evening = go(Evening.begin(journal=True), typed("", choice="without"))
    assert evening.page().id == "names"
    assert not evening.keeps


def test_who_is_here_is_asked_only_when_it_is_unclear() -> None:
    evening = opened(unclear=True)
    assert evening.page().id == "here"
    assert go(evening, "1").here == 1
    assert opened(left=1).page().id == "tonight"


def test_a_line_that_was_left_comes_first_and_never_before_the_page_that_all_see() -> None:
    left = (("Ben", "For the car."),)
    evening = opened(left=0, thanks=left)
    assert evening.page().lines == (words("evening.thanked", who="Ben", text="For the car."),)
    assert go(evening, "go").page().id == "tonight"
    assert opened(left=0, thanks=left, fresh=True).page().id == "page"


def test_a_first_talk_begins_with_the_page_also_with_a_journal() -> None:
    evening = opened(fresh=True)
    assert evening.page().id == "page"
    assert evening.page().small == ""
    assert go(evening, "go").page().id == "seats"


def test_an_unfinished_talk_goes_on_waits_or_goes() -> None:
    evening = opened(left=0, unfinished=True)
    assert [option.key for option in evening.page().options] == ["go-on", "leave", "let-go"]
    assert go(evening, "go-on", "go").plan.resume
    assert go(evening, "leave").page().id == "tonight"
    asked = go(evening, "let-go")
    assert asked.page().by == "each"
    assert go(asked, Answer("yes", other="no")).page().id == "resume"
    gone = go(asked, BOTH)
    assert gone.need == "let-go"
    assert gone.let_go().page().id == "tonight"


def test_an_exercise_named_beforehand_is_not_asked_for() -> None:
    evening = go(Evening.begin(journal=False, exercise="silly"), "go", typed("", ""))
    assert evening.page().id == "invited"


def test_going_on_is_not_asked_when_that_was_said_beforehand() -> None:
    begun = go(Evening.begin(journal=True, resume=True), typed("some passphrase"))
    evening = begun.opened(("Ana", "Ben"), left=0, unfinished=True)
    assert go(evening, "go").plan.resume
    assert begun.opened(("Ana", "Ben"), left=0).page().id == "tonight"


LISTS = {"tonight", "group", "topic"}
"""Pages that are lists: as many choices as a number key reaches, and nothing else to read."""


def after(evening: Evening) -> Iterator[Evening]:
    """Every evening that can follow."""
    if evening.need == "page" and evening.at != "stop":
        yield evening.stop()
    match evening.need:
        case "open":
            for unclear in (False, True):
                yield evening.opened(("A", "B"), unclear=unclear, unfinished=True)
            yield evening.opened(("A", "B"), thanks=(("A", "For the car."),))
            yield evening.not_opened("No.")
        case "table":
            yield evening.held(keep=True)
        case "let-go":
            yield evening.let_go()
        case "make":
            yield evening.made("there")
            yield evening.not_made("Full.")
        case "page":
            page = evening.page()
            texts = tuple("" if "names" in page.id else "some long words" for _ in page.fields)
            # Of what stands in a long list a few are enough: all of them lead on alike.
            few = {"silly", "dialogue", "back", "own", "parked-0"}
            for option in page.options:
                if page.id in {"group", "topic"} and option.key not in few:
                    continue
                yield evening.take(Answer(option.key, 0, texts, option.key))


def walk(*begun: Evening) -> dict[str, Page]:
    """Every page that some answers lead to, by id; the offers by what they offer."""
    seen: set[Evening] = set()
    pages: dict[str, Page] = {}
    waiting = list(begun)
    while waiting:
        evening = waiting.pop()
        evening = replace(evening, parked=evening.parked[:1])
        if evening in seen:
            continue
        seen.add(evening)
        if evening.need == "page":
            page = evening.page()
            pages["next-" + evening.exercise if page.id == "next" else page.id] = page
        waiting += after(evening)
    return pages


def all_pages() -> dict[str, Page]:
    """Every page there is."""
    return walk(FIRST, Evening.begin(journal=True), Evening.begin(journal=False, keeps=False))


PAGES = all_pages()


def test_every_page_of_the_words_file_is_met_and_every_other_way_round() -> None:
    named = set(words.table("evening.page"))
    assert {*PAGES} == named


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.id)
def test_every_page_fits_where_it_is_read_first(page: Page) -> None:
    """One instruction of some eight words, short lines, few choices: 48 columns, from a chair."""
    assert 0 < len(page.title) <= 44
    assert len(page.options) <= (9 if page.id in LISTS else 5)
    assert not (len(page.options) > 5 and page.lines)
    assert all(len(option.label) <= 36 for option in page.options)
    if page.id not in {"more", "page"}:
        assert sum(-(-len(line) // 46) for line in page.lines) <= 7


def test_whether_a_talk_came_to_its_own_end() -> None:
    talk = state.begin(exercises.load("silly"))
    for event in (
        Event("send", 0, words="Moo."),
        Event("mirror", 1, words="Moo."),
        Event("check", 0, answer="yes"),
    ):
        talk, _ = engine.step(talk, event)
    stopped, _ = engine.step(talk, Event("stop"))
    assert stopped.over
    assert not came_through(stopped)
    done, _ = engine.step(talk, Event("switch", 1, answer="enough"))
    assert done.over
    assert came_through(done)
