"""Looking at every file once, to know that all is well before it is needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imago_tui.journal import layout
from imago_tui.journal.catalogue import ENTRY_FILE, entry_file
from imago_tui.journal.index import OURS
from imago_tui.journal.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from imago_tui.journal.catalogue import Progress
    from imago_tui.journal.entry import Entry, Note
    from imago_tui.journal.rows import Known


@dataclass(slots=True)
class Report:
    """What looking at every file found.

    Args:
        good: number of dialogues and notes that open and are what their names say.
        damaged: what is not; str() of each says why.
        strange: names in the folder of entries that no imago-tui gives.
        keys: what is the matter with key files and README, a line each.
    """

    good: int = 0
    damaged: list[Trouble] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def verify(
    folder: Path,
    known: Mapping[str, Known],
    read: Callable[[str], Entry | Note],
    progress: Progress | None,
) -> Report:
    """Read every entry of the room that `read` opens. Files of other rooms are passed over.

    Raises:
        Trouble: the folder of the entries cannot be read.
    """
    report = Report()
    try:
        names = sorted(file.name for file in (folder / layout.ENTRIES).iterdir())
    except FileNotFoundError:  # a copy that left out the empty folder
        names = []
    except OSError:
        raise Trouble("unreadable", layout.ENTRIES) from None
    ids: set[str] = set()
    for name in names:
        ours = ENTRY_FILE.fullmatch(name)
        if ours:
            ids.add(ours[1])
        else:
            report.strange.append(name)
    named = {id_ for id_, was in known.items() if was.kind in OURS}
    every = sorted(ids | named)
    for done, id_ in enumerate(every):
        if progress:
            progress(done, len(every))
        try:
            found = read(id_)
        except Trouble as trouble:
            told = trouble.of_named(named=id_ in named)
            if told.reason != "foreign":
                report.damaged.append(told)
            continue
        if id_ in known and found.revision < known[id_].revision:
            report.damaged.append(Trouble("older", f"entries/{entry_file(id_)}"))
        else:
            report.good += 1
    return report
