"""`imago-tui coach --jsonl`: what the coach would say, so that others can measure it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from imago_tui.errors import WRONG_USE, ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.coach import Language

EXAMPLE = '{"id": "1", "kind": "mirror", "sent": "...", "mirror": "..."}'
# Which texts a kind cannot do without.
NEEDED = {"mirror": ("sent", "mirror"), "sender": ("sent",), "empathy": ("mirror",)}


@click.command("coach", help=words("cli.commands.coach"))
@click.option("--jsonl", is_flag=True, help=words("coach.command.jsonl"))
@click.option("--language", "name", metavar="NAME", help=words("coach.command.language"))
def command(*, jsonl: bool, name: str | None) -> None:
    """Answer every line of the standard input."""
    if not jsonl:
        hint = words("coach.command.needs_jsonl_hint", example=EXAMPLE)
        raise ImagoError(words("coach.command.needs_jsonl"), hint, WRONG_USE)
    from imago_tui.hints import language

    cues = language(name)
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip():
            print(json.dumps(answer(_read(line, number), cues)), flush=True)  # noqa: T201  its answer


def answer(asked: dict[str, Any], cues: Language) -> dict[str, Any]:
    """What the coach says of one text: the internal score of form, and at most one hint."""
    from imago_tui.coach import find, likeness
    from imago_tui.hints import told

    kind, sent, text = asked["kind"], asked["sent"], asked["mirror"]
    hint = find(kind, sent, text, cues)
    told_of = [{"code": hint.code, "words": hint.words, "text": told(hint)}] if hint else []
    score = likeness(sent, text, cues) if kind == "mirror" else 0.0
    return {"id": asked["id"], "score": score, "hints": told_of}


def _read(line: bytes, number: int) -> dict[str, Any]:
    """One line as it is asked; the texts that its kind does without may be left out.

    Raises:
        ImagoError: status 2, with the number of the line and nothing of its content.
    """
    try:
        found = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _amiss(number, words("coach.command.not_json")) from None
    if not isinstance(found, dict):
        raise _amiss(number, words("coach.command.not_json"))
    if type(found.get("id")) not in {str, int}:
        raise _amiss(number, words("coach.command.no_id"))
    kind = found.get("kind")
    if not isinstance(kind, str) or kind not in NEEDED:
        raise _amiss(number, words("coach.command.no_kind"))
    for name in ("sent", "mirror"):
        if name not in found and name not in NEEDED[kind]:
            found[name] = ""
        if not isinstance(found.get(name), str):
            raise _amiss(number, words("coach.command.no_text", name=name))
    return found


def _amiss(number: int, what: str) -> ImagoError:
    message = words("coach.command.not_a_line", number=number, what=what)
    return ImagoError(message, words("coach.command.not_a_line_hint"), WRONG_USE)
