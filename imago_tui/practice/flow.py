"""The pages of a practice, as a value that both front ends drive. It keeps nothing.

    practice = Practice.begin()
    while practice.need != "over":
        match practice.need:
            case "watch":   # play the couple `practice.couple`, then
                practice = practice.watched()
            case "page":
                practice = practice.take(ask(practice.page()))
                # or, when they have had enough: practice.stop()

What somebody gives back is looked at by the coach here, and here its words may be quoted: one
person practises, and nothing said belongs to anybody.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from imago_tui import hints
from imago_tui.coach import find
from imago_tui.evening import Option, Page
from imago_tui.evening.pages import from_words
from imago_tui.practice import couples
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.evening import Answer

Need = Literal["page", "watch", "over"]
DRILLS = ("mirror", "feeling")
KINDS = {"mirror": "mirror", "feeling": "empathy"}
"""What the coach calls a drill's texts."""
SENTENCES = 100
"""More than there are, so that a practice may begin at any of them."""
IN_TWO_MINUTES = 3
"""As many sentences of a drill take about two minutes; then a rest is offered."""


@dataclass(frozen=True, slots=True)
class Practice:
    """Where a practice stands.

    Args:
        at: the page, "watch" or "over".
        couple: the couple to watch, or that was watched last.
        drill: "mirror" or "feeling", once one was begun.
        number: which of its sentences is next.
        tried: how many were tried since the last rest; only to offer the next one.
        given: what was typed last; it goes with the page.
    """

    at: str = "choose"
    couple: str = ""
    drill: str = ""
    number: int = 0
    tried: int = 0
    given: str = field(default="", repr=False)

    @classmethod
    def begin(cls, exercise: str = "", number: int | None = None) -> Practice:
        """A practice; with an exercise, at a couple that holds it, if there is one.

        ``number``: the sentence to begin the drills with; by default any.
        """
        if number is None:
            number = random.randrange(SENTENCES)  # noqa: S311  it guards nothing
        couple = couples.holding(exercise) if exercise else ""
        return cls("watch" if couple else "choose", couple, number=number)

    @property
    def need(self) -> Need:
        """What comes next."""
        return self.at if self.at in {"watch", "over"} else "page"  # type: ignore[return-value]

    def page(self) -> Page:
        """What is asked or told now, when `need` is "page"."""
        return _PAGES[self.at](self)

    def watched(self) -> Practice:
        """The couple is done, or was left."""
        return replace(self, at="watched")

    def stop(self) -> Practice:
        """Enough: a practice may be left at any time, and nothing is asked."""
        return replace(self, at="over", given="")

    def take(self, answer: Answer) -> Practice:
        """After what was pressed or typed on the page."""
        choice = answer.choice
        if choice == "enough":
            return self.stop()
        if choice == "choose":
            return replace(self, at="choose", given="")
        if choice in DRILLS:
            return replace(self, at=choice, drill=choice, tried=0, given="")
        if self.at == "choose":
            return replace(self, at="watch", couple=choice)
        if self.at in DRILLS:
            given = answer.texts[0].strip() if answer.texts else ""
            return replace(self, at="told", given=given) if given else self
        return self._next()

    def _next(self) -> Practice:
        """On to the next sentence; after two minutes by way of a rest."""
        after = replace(self, at=self.drill, given="")
        if self.at == "rest":
            return after
        tried = (self.tried + 1) % IN_TWO_MINUTES
        rest = after if tried else replace(after, at="rest")
        return replace(rest, number=self.number + 1, tried=tried)

    @property
    def sentence(self) -> dict[str, Any]:
        """What is said in the drill now."""
        sentences = words.table("practice")[self.drill]
        found: dict[str, Any] = sentences[self.number % len(sentences)]
        return found


def noticed(practice: Practice) -> tuple[str, ...]:
    """What the coach has to say of what was given back, in a line; nothing when it is quiet."""
    hint = find(KINDS[practice.drill], practice.sentence["said"], practice.given, hints.language())
    return (hints.told(hint),) if hint is not None else ()


def _page(name: str, /, **params: object) -> Page:
    return replace(from_words(f"practice.page.{name}", name, **params), who=0)  # whoever practises


def _choose(_: Practice) -> Page:
    page = _page("choose")
    watch = tuple(
        Option(name, words(f"practice.couple.{name}")) for name in words.table("practice.couple")
    )
    return replace(page, options=(*watch, *page.options))


def _watched(practice: Practice) -> Page:
    one, two = couples.load(practice.couple).partners
    return _page("watched", one=one, two=two)


def _drill(practice: Practice) -> Page:
    sentence = practice.sentence
    page = _page(practice.drill, name=sentence["name"], said=sentence["said"])
    return replace(page, by="one")


def _told(practice: Practice) -> Page:
    """What was given, what was noticed in it, and one way to say it; never whether it was right."""
    sentence = practice.sentence
    if practice.drill == "mirror":
        way = words("practice.page.told.back", back=sentence["back"])
    else:
        feelings = ", ".join(sentence["feelings"])
        way = words("practice.page.told.feelings", feelings=feelings)
    quiet = words("practice.page.told.quiet", name=sentence["name"])
    given = words("practice.page.told.given", given=practice.given)
    return replace(_page("told"), lines=(given, "", *(noticed(practice) or (quiet,)), way))


def _rest(_: Practice) -> Page:
    return _page("rest")


_PAGES = {
    "choose": _choose,
    "watched": _watched,
    "mirror": _drill,
    "feeling": _drill,
    "told": _told,
    "rest": _rest,
}
