"""I'm stuck: a few lines for a step, and what two people say to get going again.

Five lines at most. What is pressed is done; what only has to be said stands there for both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from imago_tui.exercises import label
from imago_tui.helping.ways import put
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imago_tui.dialogue.scene import Choice, Scene

LINES = 5
REMEDIES = 3
STEPS = {"smaller": "slower", "minute": "pause", "back": "back"}
"""Those that are a step of the talk."""
COMMANDS = {"smaller": "smaller", "minute": "moment", "back": "back", "park": "park",
            "words": "words", "eyes": "eyes"}  # fmt: skip
"""Those that a command of the table carries out."""
CHOICES = {"tone": "tone"}
"""Those that are a choice of somebody's, by its key."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """Something to press. One of ``command`` (a command's id), ``press`` (a choice and whose) and
    ``then`` (a sentence for both) says what comes of it.
    """

    id: str
    label: str
    command: str = ""
    press: tuple[int, Choice] | None = None
    then: str = ""


@dataclass(frozen=True, slots=True)
class Stuck:
    """What helps here: lines to read, and remedies to press."""

    lines: tuple[str, ...]
    remedies: tuple[Remedy, ...]


def stuck(
    scene: Scene, times: int = 0, wording: tuple[str, ...] = (), *, faded: bool = False
) -> Stuck:
    """What helps at a scene.

    Args:
        scene: what both see.
        times: how often it was asked for here: then other lines come.
        wording: the ways in which sentences are put.
        faded: the help for whose step it is stands shorter, or away.
    """
    here = scene.hold or scene.over
    found = () if here else tuple(_remedies(scene, faded=faded))[:REMEDIES]
    remedies = tuple(
        replace(one, label=put(one.label, wording), then=put(one.then, wording)) for one in found
    )
    room = LINES - len(remedies)
    lines = scene.help
    if len(lines) > room:
        first = times * room % len(lines)
        lines = (*lines[first:], *lines[:first])[:room]
    return Stuck(lines, remedies)


def _remedies(scene: Scene, *, faded: bool) -> Iterator[Remedy]:
    if faded:
        yield Remedy("more-help", words("stuck.say.more-help"), command="more-help")
    at = words.table("stuck.at")
    for name in at.get(scene.place, at["default"]):
        found = _remedy(scene, name)
        if found is not None:
            yield found


def _remedy(scene: Scene, name: str) -> Remedy | None:
    """One of them, None where it is not open."""
    if name in STEPS and STEPS[name] not in {one.step for one in scene.open}:
        return None
    if name in CHOICES:
        return _choice(scene, name)
    said = words(f"stuck.say.{name}")
    if name == "again" and scene.hidden:  # the words are there: they only stand put away
        return Remedy(name, said, command="show")
    if name in COMMANDS:
        return Remedy(name, said, command=COMMANDS[name])
    return Remedy(name, said, then=words(f"stuck.then.{name}"))


def _choice(scene: Scene, name: str) -> Remedy | None:
    for who, offered in enumerate(scene.choices):
        for choice in (finer for one in offered for finer in (one, *one.into)):
            if choice.key == CHOICES[name]:
                return Remedy(name, label(choice), press=(who, choice))
    return None
