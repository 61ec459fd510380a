"""What may be noticed in a mirror before it is given. Each finder tells the words, or None."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from imago_tui.coach.reading import WORD, Part, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imago_tui.coach.language import Language

GAP = re.compile(r"[\s,.]+")
RUN = 3  # words in a row that count as copied
RUNS = 2  # how many such runs with "I" in them make a copy
SAYING = 3  # words that make a clause: fewer are a stumble
FEW = 4  # a text of fewer words is left alone
KEPT = 0.8  # share of a mirror's content that comes from the Sender, in a close one
SHARED = 3  # stems shared at least, to be sure of what is not there
LISTENABLE = 45  # words of the Sender beyond which nobody gives all of it back


def copied(sent: Reading, mirror: Reading, language: Language) -> Part | None:
    """Runs of words with "I" or "my" that stand in both texts, word for word."""
    said = sent.words
    told = mirror.unquoted.words
    if not language.own.intersection(told):
        return None
    runs = {said[at : at + RUN] for at in range(len(said) - RUN + 1)}
    hits = [
        at
        for at in range(len(told) - RUN + 1)
        if told[at : at + RUN] in runs and language.own.intersection(told[at : at + RUN])
    ]
    other = language.cue("mirror.other").search(mirror.text)
    if len(hits) >= RUNS or (hits and not other):
        return _stretch(mirror.unquoted, hits[0], RUN + (len(hits) > 1 and hits[1] == hits[0] + 1))
    return None


def _stretch(mirror: Reading, first: int, count: int) -> Part:
    """The part of the text that holds `count` words from number `first` on."""
    places = [found.span() for found in WORD.finditer(mirror.text)]
    last = min(first + count, len(places)) - 1
    begin, end = places[first][0], places[last][1]
    return Part(mirror.text[begin:end], begin)


def asked(sent: Reading, mirror: Reading, language: Language) -> Part | None:  # noqa: ARG001  as its siblings
    """A sentence in the form of a question, other than "did I get it?" and its like."""
    form = language.cue("question.form")
    fine = language.cue("question.fine")
    for sentence in mirror.unquoted.sentences:
        if fine.search(sentence.text):
            continue
        found = form.search(sentence.text)
        if found:
            return Part(sentence.text[found.start() :], sentence.start + found.start())
    return None


def advised(sent: Reading, mirror: Reading, language: Language) -> Part | None:
    """An idea of what the Sender could do."""
    return listed("advice", sent, mirror, language)


def judged(sent: Reading, mirror: Reading, language: Language) -> Part | None:
    """A word of judgement about the Sender or what was sent."""
    found = listed("judgement", sent, mirror, language)
    if found:
        return found
    said = language.content(sent.text)
    for match in language.cue("judgement.adjective").finditer(mirror.unquoted.text):
        word = match[0].rsplit(" ", 1)[-1]
        felt = language.cue("empathy.feeling").fullmatch(word)
        if not felt and language.stem(word.lower()) not in said:
            return Part(match[0], match.start())
    return None


def interpreted(sent: Reading, mirror: Reading, language: Language) -> Part | None:
    """What the Sender is said to mean, beyond what was said."""
    return listed("interpretation", sent, mirror, language)


def rebutted(sent: Reading, mirror: Reading, language: Language) -> Part | None:
    """An answer instead of a mirror: by its words, or by whom it is about."""
    return (
        listed("rebuttal", sent, mirror, language)
        or grieved(sent, mirror, language)
        or elsewhere(sent, mirror, language)
    )


def grieved(sent: Reading, mirror: Reading, language: Language) -> Part | None:
    """A clause on what the Sender does to the Receiver, of which the Sender said nothing."""
    said = language.content(sent.text)
    cue = language.cue("rebuttal.grievance")
    for clause in mirror.unquoted.clauses(language.cue("mirror.cut")):
        if cue.match(clause.text, opener(clause, language)):
            content = language.content(clause.text)
            if content and not content & said:
                return clause
    return None


def elsewhere(sent: Reading, mirror: Reading, language: Language) -> Part | None:
    """What happened elsewhere: a mirror without "you" of what was said to the Receiver."""
    text = mirror.unquoted
    other = language.cue("mirror.other")
    if other.search(text.text) or not language.cue("mirror.addressed").search(sent.text):
        return None
    if language.content(text.text) & language.content(sent.text):
        return None
    cue = language.cue("rebuttal.elsewhere")
    for sentence in text.sentences:
        if sentence.text.endswith("?"):
            continue
        if cue.match(sentence.text, opener(sentence, language)):
            return sentence
    return None


def listed(kind: str, sent: Reading, mirror: Reading, language: Language) -> Part | None:
    """The first cue of `kind` that the Sender did not say.

    `anywhere` is looked for in the whole text, `opening` where a clause begins, `sentence` where a
    sentence does.
    """
    said = frozenset(language.stem(word) for word in sent.words)
    text = mirror.unquoted
    for found in language.cue(f"{kind}.anywhere").finditer(text.text):
        if not echoed(found, text.text, said, language):
            return Part(mirror.text[found.start() : found.end()], found.start())
    heads = [
        ("opening", "opener", text.clauses(language.cue("mirror.cut"))),
        ("sentence", "start", text.sentences),
    ]
    for name, before, stretches in heads:
        cue = language.cue(f"{kind}.{name}")
        for stretch in stretches:
            match = cue.match(stretch.text, opener(stretch, language, before))
            if match and not owed(name, match, stretch, said, language):
                begin = stretch.start + match.start()
                return Part(mirror.text[begin : stretch.start + match.end()], begin)
    return None


def owed(
    name: str, found: re.Match[str], stretch: Part, said: frozenset[str], language: Language
) -> bool:
    """Whether a cue at the head of a stretch is the Sender's after all."""
    if name != "sentence":
        return echoed(found, stretch.text, said, language)
    # "Speak up" at the head of a sentence is the Receiver's, unless "that's what you want" follows.
    clauses = Reading(stretch.text).clauses(language.cue("mirror.cut"))
    return any(led(one, language) for one in clauses)


def opener(clause: Part, language: Language, name: str = "opener") -> int:
    """Where a clause begins, past "well", "so", "okay" and their like."""
    cue = language.cue(f"mirror.{name}")
    at = 0
    while found := cue.match(clause.text, at):
        rest = GAP.match(clause.text, found.end())
        if rest is None or rest.end() == len(clause.text):
            break
        at = rest.end()
    return at


def echoed(found: re.Match[str], text: str, said: frozenset[str], language: Language) -> bool:
    """Whether the Sender said it first: the cue's own words, or the one it leads to."""
    told = found[0].lower()
    absolute = language.absolute.intersection(Reading(told).words)
    if absolute:
        return {language.stem(word) for word in absolute} <= said
    inside = language.content(told)
    if inside:
        return inside <= said
    for word in Reading(text[found.end() :]).words:
        if language.carries(word) or word in language.light:
            return language.stem(word) in said
    return False


def told_own(sent: Reading, mirror: Reading, language: Language) -> Part | None:
    """A clause about the Receiver that the Sender did not say: own story, defence.

    A right mirror may well say "I": the Sender's "you" is the Receiver. So a clause passes when
    the Sender spoke of the Receiver and it either leads to what that was like for the Sender, or
    tells the same without defending or denying.
    """
    text = mirror.unquoted
    cut = language.cue("mirror.cut")
    clauses = [one for one in text.clauses(cut) if one.text]
    together = language.cue("mirror.together")
    # What the Sender said of the Receiver, or of both, is what a mirror may tell with "I".
    shown = [one.text for one in sent.clauses(cut) if together.search(one.text)]
    spoken_of = language.content(" ".join(shown))
    for number, clause in enumerate(clauses):
        if not own_clause(clause, language):
            continue
        later = clauses[number + 1 :]
        if shown and any(led(one, language) for one in later):
            continue
        shares = bool(language.content(clause.text) & spoken_of)
        if not shares or defended(clause, sent, language) or denied(clause, sent, language):
            return clause
    return explained(text, language.content(sent.text), language)


def led(clause: Part, language: Language) -> bool:
    """Whether a clause tells what it was like for the Sender."""
    text = clause.text[opener(clause, language) :]
    return language.cue("own-story.leads").search(text) is not None


def own_clause(clause: Part, language: Language) -> bool:
    """Whether "I" is what the clause is about, and it is no "I hear you say"."""
    at = opener(clause, language)
    return (
        len(Reading(clause.text[at:]).words) >= SAYING
        and language.cue("own-story.subject").match(clause.text, at) is not None
        and language.cue("own-story.frame").match(clause.text, at) is None
    )


def defended(clause: Part, sent: Reading, language: Language) -> bool:
    """Whether the clause belittles, insists or justifies in words the Sender did not use."""
    said = set(sent.words)
    return any(
        not set(Reading(found[0].lower()).words) <= said
        for found in language.cue("own-story.defends").finditer(clause.text)
    )


def denied(clause: Part, sent: Reading, language: Language) -> bool:
    """Whether the clause denies what the Sender did not deny."""
    cue = language.cue("own-story.denies")
    return cue.search(clause.text) is not None and cue.search(sent.text) is None


def explained(text: Reading, said: frozenset[str], language: Language) -> Part | None:
    """A sentence about oneself with a reason that the Sender did not give."""
    for sentence in text.sentences:
        told = Reading(sentence.text).clauses(language.cue("mirror.cut"))
        if own_clause(sentence, language) and not any(led(one, language) for one in told):
            reason = language.cue("own-story.explains").search(sentence.text)
            content = language.content(sentence.text[reason.end() :]) if reason else frozenset()
            # Mostly new: one word in common ("yesterday") makes no reason of the Sender's.
            if content and 2 * len(content & said) < len(content):
                return sentence
    return None


def left_out(sent: Reading, mirror: Reading, language: Language) -> Part | None:
    """A part of what was sent of which a close mirror holds nothing. Only when sure."""
    if len(sent.words) > LISTENABLE:
        return None
    said = language.content(sent.text)
    told = language.content(mirror.text)
    shared = said & told
    # Two who speak to each other say less that nobody else would say.
    spoken_to = language.cue("mirror.addressed").search(sent.text) is not None
    if len(shared) < SHARED - spoken_to or len(shared) < KEPT * len(told):
        return None
    for part in parts(sent, language):
        content = language.content(part.text)
        if content and not content & told:
            return part
    return None


def parts(sent: Reading, language: Language) -> Iterator[Part]:
    """Clauses of what was sent; whole sentences where no list says how to cut."""
    if language.known:
        yield from sent.clauses(language.cue("mirror.cut"))
    else:
        yield from sent.sentences
