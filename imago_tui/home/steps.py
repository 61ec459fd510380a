"""How an answer leads from one page of home to the next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui import menu, promises
from imago_tui.home.seen import Deed
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.evening.page import Answer
    from imago_tui.home.state import Home

MOST_THANKS = 300
"""Characters of a line of thanks, at most."""


def home(now: Home) -> Home:
    """The home page, with nothing chosen on it; or out, where one page was all they asked for."""
    return replace(
        now, at="over" if now.single else "home", then="", group="", one=None, how="", who=None,
        exercise="", resume=False, only=False, deed=None, note="", passphrase="",
    )  # fmt: skip


def said(now: Home, note: str) -> Home:
    """Say something on the home page; on a page of its own, where they leave after it."""
    return replace(home(now), at="said" if now.single else "home", note=note)


def on(now: Home) -> Home:
    """On to where they wanted to go when the journal had to be opened first.

    What somebody left for the one who is here comes before that.
    """
    if now.seen is not None and now.seen.thanks:
        return replace(now, at="thanked")
    return GO[now.then](now) if now.then else home(now)


def _opened_for(then: str, to: Callable[[Home], Home]) -> Callable[[Home], Home]:
    """Go there, by way of the passphrase where it is not open yet."""

    def go(now: Home) -> Home:
        if now.copies:
            return replace(now, at="bring", then=then)
        if not now.journal:
            return said(now, words("home.note.no_journal"))
        if now.seen is None:
            return replace(now, at="unlock", then=then)
        return to(replace(now, then=""))

    return go


def _thanks(now: Home) -> Home:
    here = now.seen.here if now.seen else None
    return replace(now, at="whose" if here is None else "thanks", who=here)


def _own_room(now: Home) -> Home:
    """Where there is none yet, it is begun there; where one is gone, its copies come first."""
    if now.copies:
        return replace(now, at="bring", then="own-room")
    return replace(now, at="own-room")


def _journal(now: Home) -> Home:
    """Of somebody who keeps one alone it is their own room."""
    alone = now.room and not now.journal
    return _own_room(now) if alone else _opened_for("journal", _at("journal"))(now)


def _hold(now: Home, exercise: str, *, resume: bool = False, only: bool = False) -> Home:
    return replace(now, at="hold", exercise=exercise, resume=resume, only=only)


def _at(page: str) -> Callable[[Home], Home]:
    return lambda now: replace(now, at=page)


GO: dict[str, Callable[[Home], Home]] = {
    "open": _opened_for("open", _at("standing")),
    "journal": _journal,
    "thanks": _opened_for("thanks", _thanks),
    "way": _opened_for("way", _at("way")),
    "own-room": _own_room,
    "likes": _opened_for("likes", _at("likes")),
    "about": _at("about"),
    "look": _at("look"),
    "card": _at("card"),
    "around": _at("around"),
    "practice": _at("practice"),
    "alone": _at("alone"),
    "careful": _at("careful"),
    "ways": _at("ways"),
    "first-meeting": lambda now: _hold(now, "appreciation", only=True),
    "back": home,
}
"""Where a choice leads that means the same on every page."""


def choose(now: Home, key: str) -> Home:
    """On to a group, a page, or an exercise, by its key: from home all of them are one press."""
    if key not in menu.TOGETHER:
        go = GO.get(key)
        return go(now) if go else _hold(now, key)
    first, *others = menu.of(key)
    if not others:
        return _hold(now, first.id)
    return replace(now, at="group", group=key)


def _listed(now: Home, answer: Answer) -> Home:
    return choose(now, answer.choice)


def _unlock(now: Home, answer: Answer) -> Home:
    if answer.choice == "back":
        return home(now)
    typed = answer.texts[0]
    return replace(now, at="open", passphrase=typed) if typed else now


def _here(now: Home, answer: Answer) -> Home:
    return _do(now, "here", who=int(answer.choice))


def _thanked(now: Home, _: Answer) -> Home:
    return _do(now, "thanked")


def _do(now: Home, what: str, *texts: str, how: str = "", who: int = 0) -> Home:
    deed = Deed(what, now.one, how, who, texts)
    return replace(now, at="do", deed=deed)


def after(now: Home) -> Home:
    """On from something that was written down."""
    deed = now.deed
    if deed is None or deed.what in {"here", "thanked"}:
        return on(replace(now, deed=None))
    match deed.what:
        case "thanks":
            other = now.seen.partners[1 - deed.who] if now.seen else ""
            return said(now, words("home.note.thanks", other=other))
        case "look-back":
            return replace(home(now), at="looked")
        case "way":
            return replace(home(now), at="way")
        case "card":
            return said(now, words("pocket.written", file=deed.texts[0]))
    return GO["open"](home(now))


def _standing(now: Home, answer: Answer) -> Home:
    if answer.choice == "back" or now.seen is None:
        return home(now)
    one = next(one for one in now.seen.standing if one.id == answer.choice)
    return replace(now, one=one, at="ask" if one.gift and one.due else "promise")


def _promise(now: Home, answer: Answer) -> Home:
    one = now.one
    if one is None or answer.choice == "back":
        return replace(now, at="standing", one=None)
    match answer.choice:
        case "let-go":
            return _do(now, "let-go")
        case "read":
            return replace(now, at="read")
        case "go-on":
            return _hold(now, one.exercise, resume=True)
        case "again":
            return _hold(now, promises.VISION)
    return _hold(now, one.exercise)  # "now"


def _ask(now: Home, answer: Answer) -> Home:
    if answer.choice == "later":
        return later(now)
    return replace(now, at="how", how=answer.choice)


def later(now: Home) -> Home:
    """They were asked how it was, and leave it for another time."""
    return _do(now, "later")


def _how(now: Home, answer: Answer) -> Home:
    return _do(now, "look-back", answer.texts[0].strip(), how=now.how)


def _looked(now: Home, answer: Answer) -> Home:
    return home(now) if answer.choice == "back" else _hold(now, "appreciation")


def _whose(now: Home, answer: Answer) -> Home:
    if answer.choice == "back":
        return home(now)
    return replace(now, at="thanks", who=int(answer.choice))


def _thanks_typed(now: Home, answer: Answer) -> Home:
    text = " ".join(answer.texts[0].split()) if answer.texts else ""
    if answer.choice == "back" or not text:
        return home(now)
    if len(text) > MOST_THANKS:
        return replace(now, note=words("home.note.long"))
    return _do(now, "thanks", text, who=now.who or 0)


def _card(now: Home, answer: Answer) -> Home:
    return home(now) if answer.choice == "back" else _do(now, "card", *answer.texts)


def _way(now: Home, answer: Answer) -> Home:
    return home(now) if answer.choice == "back" else _do(now, "way", how=answer.choice)


TAKE: dict[str, Callable[[Home, Answer], Home]] = {
    "home": _listed,
    "group": _listed,
    "around": _listed,
    "alone": _listed,
    "careful": _listed,
    "ways": _listed,
    "unlock": _unlock,
    "here": _here,
    "thanked": _thanked,
    "standing": _standing,
    "promise": _promise,
    "ask": _ask,
    "how": _how,
    "looked": _looked,
    "whose": _whose,
    "thanks": _thanks_typed,
    "way": _way,
    "card": _card,
    "said": lambda now, _: home(now),
}
