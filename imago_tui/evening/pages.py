"""The pages of an evening: which texts, choices and lines to type stand on each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui import about, exercises, menu, topics
from imago_tui.evening.page import Field, Option, Page
from imago_tui.evening.steps import LEAST, PARK
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imago_tui.evening.state import Evening

MINUTES = (10, 20, 45, 60, 90)
"""How long an evening can be. The usual length is the exercise's own."""

PARKED = 3
"""As many parked words are shown, at most."""


def page_of(evening: Evening) -> Page:
    """The page at which the evening stands."""
    name = evening.at
    build = _SPECIAL.get(name)
    page = build(evening) if build else plain(name)
    return replace(page, note=evening.note)


def plain(name: str, /, **params: object) -> Page:
    """A page that only needs its texts."""
    return from_words(f"evening.page.{name}", name, **params)


def from_words(key: str, name: str, /, **params: object) -> Page:
    """A page with the id `name` and the texts that stand under `key`, its fields still empty."""
    texts = words.table(key)
    labels = words.lines(f"{key}.fields", **params) if "fields" in texts else ()
    likes = words.lines(f"{key}.like", **params) if "like" in texts else ("",) * len(labels)
    return Page(
        name,
        words(f"{key}.title", **params) if "title" in texts else "",
        words.lines(f"{key}.lines", **params) if "lines" in texts else (),
        tuple(
            Option(option, words(f"{key}.options.{option}", **params))
            for option in texts.get("options", {})
        ),
        tuple(Field(label, like=like) for label, like in zip(labels, likes, strict=True)),
        small=words(f"{key}.small", **params) if "small" in texts else "",
    )


def _typed(page: Page, values: tuple[str, ...] = (), *, hidden: bool = False) -> Page:
    """The page with its fields, as many as the words file has labels for."""
    labels = words.lines(f"evening.fields.{page.id}")
    found = zip(labels, values or ("",) * len(labels), strict=True)
    return replace(page, fields=tuple(Field(label, hidden, value) for label, value in found))


def _names_options(page: Page, evening: Evening) -> Page:
    """Both names as options, keyed 0 and 1."""
    names = tuple(Option(str(who), name) for who, name in enumerate(evening.names))
    return replace(page, options=(*names, *page.options))


def _told(page: Page, evening: Evening) -> Page:
    """With the quiet line on whether anything is written down."""
    if evening.open:
        return page
    return replace(page, small=words("evening.unless" if evening.keeps else "evening.unwritten"))


def _page(evening: Evening) -> Page:
    page = replace(plain("page"), title=words("about.title"), lines=words.lines("about.page"))
    return _told(page, evening)


def _more(evening: Evening) -> Page:
    return replace(plain("more"), lines=about.lines(evening.places))


def _names(evening: Evening) -> Page:
    return _typed(plain("names"), evening.given)


def _key_names(evening: Evening) -> Page:
    return _typed(plain("key-names"), evening.given)


def _unlock(_: Evening) -> Page:
    return _typed(plain("unlock"), hidden=True)


def _seats(evening: Evening) -> Page:
    """Who has no name yet is called "the other one": their name depends on the answer."""
    names = tuple(name or words("evening.the_other") for name in evening.given)
    return replace(
        plain("seats"), options=tuple(Option(str(who), name) for who, name in enumerate(names))
    )


def _tonight(evening: Evening) -> Page:
    page = plain("tonight")
    if evening.open:  # they know the way: what it is for comes first
        last = {option.key: option for option in page.options}
        options = (*_groups(), last["park"], last["enough"])
        page = replace(page, lines=(), options=options, suggested="talk")
    if evening.parked:
        return replace(page, small=words("evening.tonight.parked", words=_parked(evening)))
    return _told(page, evening)


def _parked(evening: Evening) -> str:
    return ", ".join(evening.parked[-PARKED:])


def _groups() -> tuple[Option, ...]:
    return tuple(Option(group, words(f"menu.group.{group}")) for group in menu.TOGETHER)


def group(name: str, suggested: str = "") -> Page:
    """The exercises of a group, and a way back; `suggested`: the one that Enter takes."""
    items = menu.of(name)
    known = suggested if any(item.id == suggested for item in items) else ""
    page = plain("group")
    options = (*(Option(item.id, item.label) for item in items), *page.options)
    title = words(f"menu.ask.{name}")
    return replace(page, title=title, options=options, suggested=known)


def _group(evening: Evening) -> Page:
    return group(evening.group)


def _topic(evening: Evening) -> Page:
    """The topics that are offered, then those that were parked; what comes to mind is the usual."""
    own = plain("topic")
    offered = (Option(theme, topics.title(theme)) for theme in topics.themes())
    parked = (
        Option(f"{PARK}{at}", words("topics.page.parked", word=word))
        for at, word in enumerate(evening.parked)
    )
    return replace(own, options=(*offered, *own.options, *tuple(parked)[-PARKED:]), suggested="own")


def _park(_: Evening) -> Page:
    return _typed(plain("park"))


def _minutes(evening: Evening) -> Page:
    usual = str(exercises.load(evening.exercise).minutes)
    options = tuple(
        Option(str(minutes), words("evening.minutes", minutes=minutes)) for minutes in MINUTES
    )
    return replace(plain("minutes"), options=options, suggested=usual)


def _first(evening: Evening) -> Page:
    return _names_options(plain("first"), evening)


def _seat(evening: Evening) -> Page:
    return replace(plain(evening.at), by="seat")


def _each(evening: Evening) -> Page:
    return replace(plain(evening.at), by="each")


def _next(evening: Evening) -> Page:
    return replace(plain(f"next-{evening.exercise}"), id="next")


def _passphrase(evening: Evening) -> Page:
    who = len(evening.passphrases)
    names = evening.names
    page = plain("passphrase", name=names[who], other=names[1 - who], least=LEAST)
    return replace(_typed(page, hidden=True), by="one", who=who)


def _kept(evening: Evening) -> Page:
    return plain("kept", place=evening.place)


def _bye(evening: Evening) -> Page:
    page = plain("bye")
    left_out = set() if evening.home else {"home"}
    left_out |= set() if evening.look_back else {"open"}
    options = tuple(option for option in page.options if option.key not in left_out)
    page = replace(page, lines=(*page.lines, *evening.agreed), options=options)
    if evening.open:
        return page
    if evening.parked:
        return replace(page, small=words("evening.nothing_parked", words=_parked(evening)))
    return replace(page, small=words("evening.nothing_written"))


def _sit(evening: Evening) -> Page:
    """How to sit, and who sits where, if they have names; sides are changed with one press."""
    page = plain("setup")
    lines = page.lines
    if any(evening.given) and evening.eyes:
        left = evening.left or 0
        names = {"left_name": evening.names[left], "right_name": evening.names[1 - left]}
        lines = (*lines, words("evening.sides", **names))
    else:
        page = replace(page, options=page.options[:1])
    if not evening.resume and menu.is_own(evening.exercise):
        lines = (
            *lines,
            words("evening.own_exercise", title=exercises.load(evening.exercise).title),
        )
    return _told(replace(page, lines=lines), evening)


def _resume(evening: Evening) -> Page:
    """An hour they had named is told, and nobody is asked where they were."""
    page = plain("resume")
    if not evening.planned:
        return page
    title = words("evening.resume_planned.title", when=evening.planned)
    return replace(page, title=title, lines=words.lines("evening.resume_planned.lines"))


def thanked(left: Sequence[tuple[str, str]]) -> Page:
    """The lines that were left for whoever is here, each with who left it."""
    lines = (words("evening.thanked", who=who, text=text) for who, text in left)
    return replace(plain("thanked"), lines=tuple(lines))


def _here(evening: Evening) -> Page:
    return _names_options(plain("here"), evening)


_SPECIAL: dict[str, Callable[[Evening], Page]] = {
    "page": _page,
    "more": _more,
    "names": _names,
    "key-names": _key_names,
    "unlock": _unlock,
    "here": _here,
    "thanked": lambda evening: thanked(evening.thanks),
    "resume": _resume,
    "seats": _seats,
    "let-go-both": _each,
    "tonight": _tonight,
    "group": _group,
    "topic": _topic,
    "park": _park,
    "minutes": _minutes,
    "invited": _seat,
    "first": _first,
    "setup": _sit,
    "next": _next,
    "keep": _each,
    "passphrase": _passphrase,
    "kept": _kept,
    "bye": _bye,
}
