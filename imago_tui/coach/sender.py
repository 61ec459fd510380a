"""What may be noticed in what someone is about to send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.coach.reading import UNSPACED, Part

if TYPE_CHECKING:
    from imago_tui.coach.language import Language
    from imago_tui.coach.reading import Reading

FEW = 4  # words that can say something about someone
MANY = 25  # words up to which it is one thought
MUCH = 45  # words in one go from which little comes back
MUCH_UNSPACED = 60  # pairs of signs in a script without spaces, about the same


def blamed(sent: Reading, language: Language) -> Part | None:
    """Words that are easy to hear as blame; never thanks, never joy."""
    text = sent.unquoted
    if language.cue("blame.thanks").search(text.text):
        return None
    yours, mine = language.cue("blame.yours"), language.cue("blame.mine")
    for sentence in text.sentences:
        if language.cue("blame.kind").search(sentence.text):
            continue
        # "I am such an idiot", "other men do that to me": about oneself.
        if mine.search(sentence.text) and not yours.search(sentence.text):
            continue
        found = language.cue("blame.anywhere").search(sentence.text)
        if found:
            return Part(found[0], sentence.start + found.start())
    return unowned(text, language)


def unowned(text: Reading, language: Language) -> Part | None:
    """A few words that begin with "you" and hold nothing of oneself."""
    if not FEW <= len(text.words) <= MANY or language.cue("blame.mine").search(text.text):
        return None
    if language.cue("blame.kind").search(text.text):
        return None
    first = next((one for one in text.sentences if one.text), None)
    if first and language.cue("blame.yours").match(first.text):
        return first
    return None


def much(sent: Reading) -> Part | None:
    """An empty place at the end when it is a lot to hold at once."""
    most = MUCH_UNSPACED if UNSPACED.search(sent.text) else MUCH
    return Part("", len(sent.text)) if len(sent.words) > most else None
