"""The pages around the talk, in lines: read out, then one line for each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.evening import Answer
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imago_tui.evening import Field, Option, Page
    from imago_tui.plain.console import Console


def answer(console: Console, page: Page, names: tuple[str, str]) -> Answer:
    """Tell ``page`` and take what is answered; ``names`` are those of persons 0 and 1."""
    console.say("", *(line for line in (page.title, *page.lines, page.small, page.note) if line))
    match page.by:
        case "each":
            one, other = (option(console, page, names[who]) for who in (0, 1))
            return Answer(one, other=other)
        case "seat":
            who = pick(console, words("plain.who_answers"), names)
            return Answer(option(console, page, names[who]), who=who)
    texts = tuple(
        console.ask_hidden(_labelled(field))
        if field.hidden
        else console.ask(_labelled(field)) or field.value
        for field in page.fields
    )
    if page.fields and all(texts):
        # What was typed goes on; the other options are for those who leave the lines empty.
        return Answer(page.usual, texts=texts)
    if page.fields and len(page.options) == 1:
        return Answer(page.usual, texts=texts)
    who_answers = names[page.who] if page.who is not None else ""
    return Answer(option(console, page, who_answers), who=page.who, texts=texts)


def option(console: Console, page: Page, name: str = "") -> str:
    """The key of the option that is chosen; an empty line takes the usual one of "anyone"."""
    if len(page.options) == 1:
        return page.options[0].key
    labels = [one.label for one in page.options]
    usual = _place(page.options, page.usual) if page.by == "anyone" and not page.fields else None
    return page.options[pick(console, name, labels, usual)].key


def pick(console: Console, name: str, labels: Sequence[str], usual: int | None = None) -> int:
    """The place of the label whose number is typed; ``usual`` is what an empty line takes."""
    console.say(
        *(
            words("plain.usual" if at == usual else "plain.choice", number=at + 1, label=label)
            for at, label in enumerate(labels)
        )
    )
    while True:
        prompt = words("plain.prompt", name=name) if name else words("plain.prompt_both")
        line = console.ask(prompt, who=name).strip()
        if not line and usual is not None:
            return usual
        if line.isascii() and line.isdigit() and 0 < int(line[:3]) <= len(labels):
            return int(line[:3]) - 1
        console.say(words("plain.a_number", most=len(labels)))


def _place(options: Sequence[Option], key: str) -> int:
    return next(at for at, one in enumerate(options) if one.key == key)


def _labelled(field: Field) -> str:
    if field.like:
        return words("plain.prompt_like", name=field.label, like=field.like)
    return words("plain.prompt", name=field.label)
