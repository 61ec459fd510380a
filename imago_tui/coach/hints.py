"""The one hint that a text gets, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui.coach import feeling, mirror, sender
from imago_tui.coach.reading import ALIKE, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from imago_tui.coach.language import Language
    from imago_tui.coach.reading import Part

    Finder = Callable[[Reading, Reading, Language], Part | None]

# In the order in which they win, most specific first.
MIRROR: dict[str, Finder] = {
    "perspective": mirror.copied,
    "judgement": mirror.judged,
    "rebuttal": mirror.rebutted,
    "own-story": mirror.told_own,
    "advice": mirror.advised,
    "question": mirror.asked,
    "interpretation": mirror.interpreted,
    "misses": mirror.left_out,
}
CODES = (*MIRROR, "blame", "long", "no-feeling")
# Kinds that are off until somebody wants them: those that speak up too often on good mirrors. At
# present none does; docs/coach.md has the figures.
OFF: frozenset[str] = frozenset()
# Kinds whose words stand in what was sent.
OF_SENT = frozenset({"misses", "blame", "long"})
KINDS = ("mirror", "sender", "empathy")


@dataclass(frozen=True)
class Hint:
    """Something noticed.

    Args:
        code: its kind, one of `CODES`.
        words: the words it was noticed by. Only for practice and for a room of one's own.
    """

    code: str
    words: str


def find(
    kind: str,
    sent: str,
    text: str,
    language: Language,
    off: Collection[str] = OFF,
) -> Hint | None:
    """What to offer on a text that is about to be sent: the most specific hint, or None.

    Args:
        kind: "mirror" (of `sent`), "sender" (`sent` itself) or "empathy" (a guess; `sent` may be
            empty).
        sent: what the Sender said.
        text: the mirror or the guess; not looked at for "sender".
        language: cues of the language that is spoken.
        off: kinds that are not wanted.

    Raises:
        ValueError: there is no such kind of text.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    if guarded(sent, language) or guarded(text, language):
        return None
    said, told = Reading.of(sent), Reading.of(text)
    for code, part in noticed(kind, said, told, language, off):
        if part is not None:
            source = sent if code in OF_SENT else text
            return Hint(code, source[part.start : part.end])
    return None


def noticed(
    kind: str, said: Reading, told: Reading, language: Language, off: Collection[str]
) -> Iterator[tuple[str, Part | None]]:
    """Each kind that is wanted for such a text, with what was found of it, in order."""
    if kind == "sender":
        if "blame" not in off:
            yield "blame", sender.blamed(said, language)
        if "long" not in off:
            yield "long", sender.much(said)
    elif kind == "empathy":
        if "no-feeling" not in off and language.known:
            yield "no-feeling", feeling.unfelt(told, language)
    elif len(told.words) >= mirror.FEW:
        for code, finder in MIRROR.items():
            if code not in off:
                yield code, finder(said, told, language)


def guarded(text: str, language: Language) -> bool:
    """Whether the text holds words of violence, injury or fear: then the coach is silent."""
    whole = text.translate(ALIKE)
    return any(language.cue(f"guard.{name}").search(whole) for name in ("harm", "fear"))
