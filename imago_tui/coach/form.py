"""How much a text has the form of a mirror: to measure by, never shown, never kept."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from imago_tui.coach import mirror
from imago_tui.coach.reading import Reading

if TYPE_CHECKING:
    from imago_tui.coach.language import Language

MOST = 3  # how often one sign counts in a text
SENTENCES = 5


def likeness(sent: str, text: str, language: Language) -> float:
    """How much the form of `text` is that of a mirror of `sent`.

    Higher is more like one; the number has no unit and no threshold. It sums what each sign counts
    for (`[form.weights]` in the language's cues). 0.0 for a language without weights.
    """
    weights = language.weights
    if not weights:
        return 0.0
    said, told = Reading.of(sent), Reading.of(text).unquoted
    total = sum(
        weight * value
        for name, value in signs(said, told, language).items()
        if (weight := weights.get(name, 0.0))
    )
    return round(total, 4)


def signs(said: Reading, told: Reading, language: Language) -> dict[str, float]:
    """Each sign of form and how much of it there is: counts by pattern, and a few of shape."""
    counted = {
        name: float(min(MOST, sum(1 for _ in pattern.finditer(told.text))))
        for name, pattern in language.signs.items()
    }
    count = max(1, len(told.words))
    given, kept = language.content(said.text), language.content(told.text)
    sentences = [one for one in told.sentences if one.text]
    clauses = [one for one in told.clauses(language.cue("mirror.cut")) if one.text]
    about_you = [
        one
        for one in clauses
        if language.cue("mirror.other").match(one.text, mirror.opener(one, language))
    ]
    return counted | {
        "question": float(mirror.asked(said, told, language) is not None),
        "ends-asking": float(bool(sentences) and sentences[-1].text.endswith("?")),
        "advice": float(mirror.advised(said, told, language) is not None),
        "rebuttal": float(mirror.rebutted(said, told, language) is not None),
        "own-story": float(mirror.told_own(said, told, language) is not None),
        "judgement": float(mirror.judged(said, told, language) is not None),
        "own-share": sum(word in language.own for word in told.words) / count,
        "kept": len(given & kept) / max(1, len(given)),
        "you-clauses": len(about_you) / max(1, len(clauses)),
        "feeling": float(language.cue("empathy.feeling").search(told.text) is not None),
        "sentences": float(min(SENTENCES, len(sentences))),
        "sent-length": math.log1p(len(said.words)),
    }
