"""The pages of home: which texts, choices and lines to type stand on each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui import exercises, menu, path, promises
from imago_tui.evening.page import Field, Option, Page
from imago_tui.evening.pages import from_words, group, thanked
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.home.state import Home
    from imago_tui.path import Suggestion

CARD = "~/imago-card.txt"
"""Where the card for the pocket is written, unless they say otherwise."""

EXTRA = {"appreciate": "thanks", "understand": "way"}
"""What stands beside the exercises of a group."""


def page_of(now: Home) -> Page:
    """The page at which they stand."""
    build = _SPECIAL.get(now.at)
    page = build(now) if build else _plain(now.at)
    return page if now.at == "said" else replace(page, note=now.note)


def _plain(name: str, /, **params: object) -> Page:
    return from_words(f"home.page.{name}", name, **params)


def perhaps(one: Suggestion | None) -> str:
    """What might come next, with its reason, in one line; "" where nothing fits."""
    if one is None or one.exercise not in exercises.every():
        return ""
    title = exercises.load(one.exercise).title
    return words("path.perhaps", title=title, why=words(f"path.why.{one.why}"))


def _home(now: Home) -> Page:
    """The suggestion stands beside the group it is in, which Enter takes."""
    page = _plain("home")
    groups = tuple(Option(name, words(f"menu.group.{name}")) for name in menu.TOGETHER)
    memory = now.seen.memory if now.seen else ""
    one = now.perhaps
    found = exercises.load(one.exercise).group if one and perhaps(one) else ""
    return replace(
        page,
        options=(*groups, *page.options),
        suggested=found if found in menu.TOGETHER else "talk",
        # A note takes its place: there is no room for both where it is read first.
        lines=() if now.note else tuple(filter(None, (perhaps(one),))),
        small=memory,
    )


def everything(now: Home) -> tuple[Option, ...]:
    """All that home leads to: the exercises by what they are for, then its other pages."""
    held = (
        Option(item.id, _listed(words(f"menu.group.{name}"), item))
        for name in (*menu.TOGETHER, menu.ALONE, menu.GUARDED)
        for item in menu.of(name)
    )
    pages = (*_plain("home").options, *_around(now).options, *_alone(now).options)
    others = {one.key: one for one in pages if one.key not in {"back", "around"}}
    listed = tuple(held)
    known = {one.key for one in listed}
    return (*listed, *(one for key, one in others.items() if key not in known))


def _listed(group_: str, item: menu.Item) -> str:
    if item.title == group_:
        return item.label
    return words("home.listed", group=group_, label=item.label)


def _group(now: Home) -> Page:
    page = group(now.group, now.perhaps.exercise if now.perhaps else "")
    extra = EXTRA.get(now.group)
    if extra is None:
        return page
    *listed, back = page.options
    return replace(page, options=(*listed, Option(extra, words(f"home.{extra}")), back))


def _with(name: str, group_: str) -> Page:
    """A page that lists a group's exercises before its own choices."""
    page = _plain(name)
    listed = (Option(item.id, item.label) for item in menu.of(group_))
    return replace(page, options=(*listed, *page.options))


def _around(_: Home) -> Page:
    page = _plain("around")
    hidden = set() if menu.of(menu.GUARDED) else {"careful"}
    return replace(page, options=tuple(one for one in page.options if one.key not in hidden))


def _alone(now: Home) -> Page:
    page = _with("alone", menu.ALONE)
    hidden = set() if now.journal else {"thanks"}
    return replace(page, options=tuple(one for one in page.options if one.key not in hidden))


def _unlock(_: Home) -> Page:
    page = _plain("unlock")
    return replace(page, fields=tuple(replace(one, hidden=True) for one in page.fields))


def _names(name: str) -> Callable[[Home], Page]:
    def build(now: Home) -> Page:
        partners = now.seen.partners if now.seen else ("", "")
        page = _plain(name)
        both = tuple(Option(str(who), partner) for who, partner in enumerate(partners))
        return replace(page, options=(*both, *page.options))

    return build


def _thanked(now: Home) -> Page:
    return thanked(now.seen.thanks if now.seen else ())


def _standing(now: Home) -> Page:
    found = now.seen.standing if now.seen else ()
    page = _plain("standing" if found else "nothing")
    listed = tuple(Option(one.id, promises.say(one)) for one in found)
    return replace(page, id="standing", options=(*listed, *page.options))


def _promise(now: Home) -> Page:
    """What can be done with it. A gift that has not come to its end only stands there."""
    one = now.one
    if one is None:
        return _plain("nothing")
    kind = "gift" if one.gift else one.kind if one.kind in {"return", "vision"} else "hour"
    page = _plain(f"promise-{kind}")
    lines = tuple(filter(None, (promises.between(one), *page.lines)))
    return replace(page, id="promise", title=promises.say(one), lines=lines)


def _ask(now: Home) -> Page:
    """How it was for the two of them: the one question."""
    one = now.one
    if one is None:
        return _plain("nothing")
    told = words("home.about", what=promises.what(one))
    lines = (told, promises.between(one), *_plain("ask").lines)
    return replace(_plain("ask"), lines=lines)


def _how(_: Home) -> Page:
    return _plain("how")


def _thanks(now: Home) -> Page:
    partners = now.seen.partners if now.seen else ("", "")
    who = now.who or 0
    return replace(
        _plain("thanks", who=partners[who], other=partners[1 - who]),
        fields=(Field(words("home.thanks_field")),),
    )


def _card(now: Home) -> Page:
    page = _plain("card")
    values = (CARD, *(now.seen.card if now.seen else ("", "")))
    fields = zip(page.fields, values, strict=True)
    return replace(page, fields=tuple(replace(one, value=value) for one, value in fields))


def _way(now: Home) -> Page:
    """The parts of the way, with where they are, and the other way beside it."""
    seen = now.seen
    way = seen.way if seen else path.USUAL
    here = seen.part if seen else ""
    parts = tuple(
        words(
            "path.part.here" if part == here else "path.part.there", part=words(f"path.part.{part}")
        )
        for part in path.PARTS
    )
    least, most = path.MEETINGS
    shortest, longest = path.MINUTES
    page = _plain("way", least=least, most=most, shortest=shortest, longest=longest)
    other = path.DISTANT if way == path.USUAL else path.USUAL
    options = (Option(other, words(f"path.way.{other}")), *page.options)
    return replace(page, lines=(*parts, *page.lines), options=options, suggested="back")


_SPECIAL: dict[str, Callable[[Home], Page]] = {
    "home": _home,
    "group": _group,
    "around": _around,
    "alone": _alone,
    "careful": lambda _: _with("careful", menu.GUARDED),
    "unlock": _unlock,
    "here": _names("here"),
    "whose": _names("whose"),
    "thanked": _thanked,
    "standing": _standing,
    "promise": _promise,
    "ask": _ask,
    "how": _how,
    "thanks": _thanks,
    "way": _way,
    "card": _card,
    "said": lambda now: replace(_plain("said"), title=now.note),
}
