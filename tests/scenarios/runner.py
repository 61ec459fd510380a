"""Scenarios: a dialogue as data, and what has to be in the journal afterwards.

Every scenario runs through every front end with the same result. A front end's test takes

    scenario.steps                 what was written: (step, who, say), as a script has it
    scenario.walked(folder, now)   the same as events, with each `skip` that was left out put in
    scenario.expected              status, and the entry as `journal show --json` has to say it

drives its own keys, and compares with `scenario.differs(show, now)`.

Two kinds of files: `NAME.toml` (a whole script) with `expected/NAME.toml`, and `book.toml` with
many short ones. Both are written by hand from the rules of what is kept.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from imago_tui.dialogue import engine, events
from imago_tui.dialogue.events import Event
from imago_tui.dialogue.state import begin
from imago_tui.script.playing import way_to
from imago_tui.script.reading import Script, read

HERE = Path(__file__).parent
PEOPLE = ("Ana", "Ben")
BOOK = "book.toml"

Step = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Expected:
    """What a scenario has to end in.

    `entry` is None when nothing may be left; `until` are agreed times as the script wrote them.
    """

    status: int
    said: str = ""
    refused: int = 0
    step: str = ""
    instead: tuple[str, ...] = ()
    entry: dict[str, Any] | None = None
    appointment: str = ""


@dataclass(frozen=True)
class Scenario:
    """A dialogue as two people hold it, and what has to be kept of it."""

    name: str
    exercise: str
    partners: tuple[str, str]
    steps: tuple[Step, ...]
    expected: Expected
    single_steps: bool = False
    """It parts two steps that stand in one press, so no one who presses keys can do it."""

    def write(self, folder: Path) -> Path:
        """The script, as a file in `folder`."""
        import tomli_w

        rows = [
            {
                key: value
                for key, value in zip(("step", "who", "say"), step, strict=True)
                if value is not None
            }
            for step in self.steps
        ]
        file = folder / f"{self.name}.toml"
        head = {"exercise": self.exercise, "partners": list(self.partners), "turn": rows}
        file.write_text(tomli_w.dumps(head), "utf-8")
        return file

    def script(self, folder: Path, now: datetime) -> Script:
        """The script, as the program reads it."""
        return read(self.write(folder), now)

    def walked(self, folder: Path, now: datetime) -> list[Event]:
        """Every event in its order, the skips put in, up to the first that is not open."""
        script = self.script(folder, now)
        state = begin(script.exercise)
        found: list[Event] = []
        for turn in script.turns:
            try:
                way = way_to(state, turn.event)
            except engine.NotOpen:
                break
            for event in way:
                state, _ = engine.step(state, event)
            found += way
        return found

    def differs(self, shown: dict[str, Any] | None, now: datetime) -> str:
        """How what `journal show --json` says differs from what has to be there; "" when not."""
        wanted = self.expected.entry
        if wanted is None or shown is None:
            return "" if wanted is shown else f"{wanted} is not {shown}"
        wanted = wanted | {
            "agreements": [
                {"what": None, "for": None, "until": None}
                | one
                | ({"until": events.when(one["until"], now).isoformat()} if "until" in one else {})
                for one in wanted["agreements"]
            ]
        }
        same = {key: value for key, value in shown.items() if key in wanted}
        return "" if same == wanted else f"{wanted}\n is not\n{same}"


def scenarios() -> list[Scenario]:
    """All of them."""
    return [*_whole(), *_book()]


def by_name(name: str) -> Scenario:
    """The scenario called `name`."""
    return next(one for one in scenarios() if one.name == name)


def _whole() -> list[Scenario]:
    found = []
    for file in sorted(HERE.glob("*.toml")):
        if file.name == BOOK:
            continue
        script = tomllib.loads(file.read_text("utf-8"))
        told = tomllib.loads((HERE / "expected" / file.name).read_text("utf-8"))
        one, other = script["partners"]
        steps = tuple((row["step"], row.get("who"), row.get("say")) for row in script["turn"])
        found.append(
            _scenario(file.stem, script["exercise"], (one, other), steps, told, told["kept"])
        )
    return found


def _book() -> list[Scenario]:
    book = tomllib.loads((HERE / BOOK).read_text("utf-8"))
    macros: dict[str, str] = book["macro"]
    found = []
    for row in book["scenario"]:
        steps = tuple(_step(line) for line in _lines(row["turns"], macros))
        kept = "\n".join(_lines(row.get("kept", ""), macros))
        exercise = row.get("exercise", "dialogue")
        found.append(_scenario(row["name"], exercise, PEOPLE, steps, row, kept))
    return found


def _scenario(
    name: str,
    exercise: str,
    partners: tuple[str, str],
    steps: tuple[Step, ...],
    told: dict[str, Any],
    kept: str,
) -> Scenario:
    entry = None
    state = told.get("state", "none")
    if state != "none":
        done = state == "done"
        entry = {
            "room": told.get("room", "shared"),
            "exercise": exercise,
            "topic": told.get("topic") if done else None,
            "state": state,
            "partners": list(partners),
            "kept": told["word"] if done else None,
            "agreements": told.get("agreements", []),
            "turns": [_turn(n, line) for n, line in enumerate(kept.strip().splitlines(), 1)],
        }
    expected = Expected(
        told["status"],
        told.get("said", ""),
        told.get("refused", 0),
        told.get("step", ""),
        tuple(told.get("instead", ())),
        entry,
        told.get("appointment", ""),
    )
    return Scenario(name, exercise, partners, steps, expected, told.get("single_steps", False))


def _lines(text: str, macros: dict[str, str]) -> list[str]:
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith("@"):
            found += _lines(macros[line[1:].strip()], macros)
        elif line.strip():
            found.append(line)
    return found


def _step(line: str) -> Step:
    """`send Ana words`; `-` stands for nobody, nothing behind the name for aloud."""
    step, _, rest = line.partition(" ")
    who, gap, say = rest.partition(" ")
    return step, None if who in {"-", ""} else who, say if gap else None


def _turn(n: int, line: str) -> dict[str, Any]:
    step, who, about, *rest = line.split(" ", 3)
    turn: dict[str, Any] = {
        "n": n,
        "step": step.removesuffix("+"),
        "who": who,
        "about": about,
        "text": rest[0].replace(" | ", "\n").replace(" |", "\n") if rest else None,
        "aloud": not rest,
    }
    return turn | ({"partly": step.endswith("+")} if turn["step"] == "validate" else {})


def renamed(scenario: Scenario, name: str, steps: tuple[Step, ...]) -> Scenario:
    """The same under another name and with other steps."""
    return replace(scenario, name=name, steps=steps)
