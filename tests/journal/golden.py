"""Makes the journal that every later version must open: `python -m tests.journal.golden FOLDER`.

It was made once for each schema, and is never made anew for the same one.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from imago_tui.journal.kdf import LEAST_COST
from imago_tui.journal.keyring import Settings
from imago_tui.journal.store import Journal
from tests.journal.people import (
    ANA,
    ANA_PASSPHRASE,
    BEN,
    BEN_PASSPHRASE,
    finished,
    running,
    sealed,
)

HERE = Path(__file__).parent / "golden"
NOW = datetime(2026, 11, 22, 20, 15, tzinfo=timezone(timedelta(hours=1)))
IDS = {name: f"{n:016x}" for n, name in enumerate(("whole", "outcome", "together", "running"), 1)}


def main(folder: Path) -> None:
    """Make it at `folder`; its recovery key beside it."""
    people = [(ANA, ANA_PASSPHRASE), (BEN, BEN_PASSPHRASE)]
    recovery = [folder.with_suffix(".recovery.txt")]
    with Journal.create(folder, people, recovery=recovery, cost=LEAST_COST) as journal:
        whole = replace(finished(journal, NOW), id=IDS["whole"])
        outcome = replace(
            finished(journal, NOW + timedelta(days=1), topic="Żółć 👩‍🚀 \u202e"),
            id=IDS["outcome"],
            kept="outcome",
            turns=(),
        )
        both = replace(sealed(journal, NOW + timedelta(days=2), topic="Ours"), id=IDS["together"])
        begun = replace(running(journal, NOW + timedelta(days=3)), id=IDS["running"])
        for entry in (whole, outcome, both, begun):
            journal.save(entry)
        journal.save(journal.load(IDS["whole"]))
        journal.add_appointment(NOW + timedelta(days=9), "dialogue", who=BEN, made=NOW)
        journal.park("money", ANA, made=NOW)
        journal.save_settings(0, Settings(pronoun="she", side="left", keep="outcome"))
        journal.write_index()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
