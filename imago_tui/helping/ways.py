"""The same sentence in another way: literal, without looks, without touch; or as the
two of them say it themselves.

Sentences are found by what they say, so that one entry serves wherever a sentence stands.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from imago_tui.dialogue.events import PERSONS
from imago_tui.dialogue.telling import Named
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from imago_tui.dialogue.scene import Names, Scene


def worded(scene: Scene, names: Names, wording: tuple[str, ...]) -> Scene:
    """The scene with its sentences put in the ways of ``wording`` (tables of `ways.toml`)."""
    if not wording:
        return scene
    put = _sentences(names, wording, words.language)

    def say(text: str) -> str:
        return put.get(text, text)

    def lines(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(say(text) for text in texts))

    return replace(
        scene,
        ask=say(scene.ask),
        listen=say(scene.listen),
        stems=lines(scene.stems),
        help=lines(scene.help),
        next=say(scene.next),
        echo=say(scene.echo),
        again=lines(scene.again),
        columns=tuple(replace(one, ask=say(one.ask)) for one in scene.columns),
    )


def put(sentence: str, wording: tuple[str, ...]) -> str:
    """A sentence without names, in the ways of ``wording``."""
    return _sentences(("", ""), wording, words.language).get(sentence, sentence)


@lru_cache(maxsize=8)
def _sentences(names: Names, wording: tuple[str, ...], language: str) -> Mapping[str, str]:
    """Every sentence that has another way, with the names in it, whoever speaks."""
    del language  # the words follow it; only what is remembered needs to know
    found: dict[str, str] = {}
    for name in wording:
        table = words.table(f"ways.{name}")
        # What one way made of a sentence, another may change further.
        found = {old: str(table.get(new, new)) for old, new in found.items()} | {
            old: str(new) for old, new in table.items() if old not in found
        }
    return filled(found, names)


def filled(
    sentences: Mapping[str, str], names: Names, senders: tuple[int, ...] = PERSONS
) -> dict[str, str]:
    """Sentences with the names in their places, once for each of those who may speak."""
    says = [Named(names, sender) for sender in senders]
    return {say(old): say(new) for say in says for old, new in sentences.items()}
