"""What may be noticed in what someone is about to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.coach.reading import UNSPACED, Part

if TYPE_CHECKING:
    from imago_tui.coach.language import Language
    from imago_tui.coach.reading import Reading

MUCH = 45  # words in one go from which little comes back
MUCH_UNSPACED = 60  # pairs of signs in a script without spaces, about the same


def blamed(sent: Reading, language: Language) -> Part | None:
    """Words that are easy to hear as blame; never thanks, never joy."""
    if language.cue("blame.thanks").search(sent.text):
        return None
    for sentence in sent.unquoted.sentences:
        if language.cue("blame.kind").search(sentence.text):
            continue
        found = language.cue("blame.anywhere").search(sentence.text)
        if found:
            return Part(found[0], sentence.start + found.start())
    return None


def much(sent: Reading) -> Part | None:
    """An empty place at the end when it is a lot to hold at once."""
    most = MUCH_UNSPACED if UNSPACED.search(sent.text) else MUCH
    return Part("", len(sent.text)) if len(sent.words) > most else None
