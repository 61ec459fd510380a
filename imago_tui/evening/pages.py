"""What is asked or told around the talk, as values that every front end shows in its own way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from imago_tui import about
from imago_tui.evening.steps import LEAST
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.evening.state import Evening

By = Literal["anyone", "seat", "each", "one"]
MINUTES = (10, 20, 45, 60, 90)
"""How long an evening can be. The usual length is the exercise's own."""

PARKED = 3
"""As many parked words are shown, at most."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be pressed. `key` is for the program, `label` is read."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One line to type. `hidden`: not shown while it is typed."""

    label: str
    hidden: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One instruction, and what can be pressed or typed.

    Args:
        id: which page; its texts stand under this name in the words file.
        title: the instruction.
        lines: some more about it.
        options: what can be pressed, equal in place and size. The first takes what was
            typed.
        fields: lines to type.
        by: who answers. "anyone": one press; "seat": one press from a seat, which says who;
            "each": both, and nothing is shown or done before the second has answered;
            "one": `who` alone, while the other looks away.
        who: that person.
        suggested: key of the option that Enter takes; the first when empty.
        small: one quiet line at the end.
        note: one line that says what was not quite right with the last answer.
    """

    id: str
    title: str
    lines: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    fields: tuple[Field, ...] = ()
    by: By = "anyone"
    who: int | None = None
    suggested: str = ""
    small: str = ""
    note: str = ""

    @property
    def usual(self) -> str:
        """Key of the option that Enter takes."""
        return self.suggested or self.options[0].key


@dataclass(frozen=True, slots=True)
class Answer:
    """What was pressed and typed.

    Args:
        choice: key of the option; at "each" that of person 0.
        who: who pressed it, at "seat".
        texts: what stands in the fields, in their order.
        other: at "each", the option that person 1 pressed.
    """

    choice: str = ""
    who: int | None = None
    texts: tuple[str, ...] = field(default=(), repr=False)
    other: str = ""

    def both(self, key: str) -> bool:
        """Whether each of the two pressed `key`."""
        return self.choice == key == self.other


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
    return Page(
        name,
        words(f"{key}.title", **params) if "title" in texts else "",
        words.lines(f"{key}.lines", **params) if "lines" in texts else (),
        tuple(
            Option(option, words(f"{key}.options.{option}", **params))
            for option in texts.get("options", {})
        ),
        tuple(Field(label) for label in labels),
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
        order = ("dialogue", "appreciation", "silly", "park", "enough")
        by_key = {option.key: option for option in page.options}
        by_key["dialogue"] = Option("dialogue", words("evening.tonight.dialogue"))
        page = replace(page, lines=(), options=tuple(by_key[key] for key in order))
    if evening.parked:
        return replace(page, small=words("evening.tonight.parked", words=_parked(evening)))
    return _told(page, evening)


def _parked(evening: Evening) -> str:
    return ", ".join(evening.parked[-PARKED:])


def _park(_: Evening) -> Page:
    return _typed(plain("park"))


def _minutes(evening: Evening) -> Page:
    # Imported here: only this page needs the exercises, and reading them takes a moment.
    from imago_tui import exercises

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


def _setup(evening: Evening) -> Page:
    return _told(plain("setup"), evening)


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
    if evening.open:
        return page
    if evening.parked:
        return replace(page, small=words("evening.nothing_parked", words=_parked(evening)))
    return replace(page, small=words("evening.nothing_written"))


def _here(evening: Evening) -> Page:
    return _names_options(plain("here"), evening)


_SPECIAL: dict[str, Callable[[Evening], Page]] = {
    "page": _page,
    "more": _more,
    "names": _names,
    "key-names": _key_names,
    "unlock": _unlock,
    "here": _here,
    "seats": _seats,
    "let-go-both": _each,
    "tonight": _tonight,
    "park": _park,
    "minutes": _minutes,
    "invited": _seat,
    "first": _first,
    "setup": _setup,
    "next": _next,
    "keep": _each,
    "passphrase": _passphrase,
    "kept": _kept,
    "bye": _bye,
}
