from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imago_tui.errors import ImagoError
from imago_tui.journal import codec
from imago_tui.journal.entry import Agreement, Entry, Note, Turn
from imago_tui.journal.store import Journal
from tests.journal.people import (
    ANA,
    ANA_PASSPHRASE,
    BEN,
    BEN_PASSPHRASE,
    everything,
    file_of,
    finished,
    running,
    sealed,
    told_by,
)

if TYPE_CHECKING:
    from pathlib import Path

    from imago_tui.journal.opening import Opened

# Anything but lone surrogates, which UTF-8 cannot say; controls and unassigned ones as well.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
short = texts.filter(lambda text: len(text) <= 200)
times = st.datetimes(
    min_value=datetime(1970, 1, 2),  # noqa: DTZ001 - the zone comes from the next line
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any dialogue that a caller could hand over."""
    done = draw(st.booleans())
    room = draw(st.sampled_from(["shared", "together"])) if done else "shared"
    count = draw(st.integers(0, 5))
    steps = st.sampled_from(["send", "mirror", "validate", "thanks"])
    turns = []
    for n in range(1, count + 1):
        step = draw(steps)
        partly = step == "validate" and draw(st.booleans())
        said = draw(st.none() | texts)
        turns.append(Turn(n, step, draw(short), draw(short), said, draw(st.booleans()), partly))
    return Entry(
        id=draw(st.from_regex("[0-9a-f]{16}", fullmatch=True)),
        room=room,  # type: ignore[arg-type]
        exercise=draw(short),
        topic=draw(st.none() | texts),
        started=draw(times),
        ended=draw(times) if done else None,
        state="done" if done else "unfinished",
        partners=(draw(short), draw(short)),
        kept=draw(st.sampled_from(["all", "outcome", "together"])) if done else None,
        agreements=tuple(
            draw(st.lists(st.builds(Agreement, texts, short, short, short), max_size=2))
        ),
        turns=tuple(turns),
        log=() if done else tuple(draw(st.lists(st.dictionaries(texts, texts), max_size=3))),
        draft=None
        if done
        else draw(st.none() | st.just({"who": "A", "step": "send", "text": "é"})),
        revision=draw(st.integers(1, 1000)),
    )


def keys_of(opened: Opened, present: tuple[int, ...] = (0, 1)) -> codec.Keys:
    first, second = opened.shared.members
    return codec.Keys(
        identities=opened.shared.identities,
        members=(first.recipient, second.recipient),
        open_members={n: opened.rings[n].member for n in present},
        names=(ANA, BEN),
    )


@given(entries())
def test_every_dialogue_reads_back_the_same(template: tuple[Path, Opened], entry: Entry) -> None:
    keys = keys_of(template[1])
    assert codec.decode(codec.encode(entry, keys), entry.id, keys, "name") == entry


@given(entries())
def test_the_size_of_a_file_tells_only_a_padded_size(
    template: tuple[Path, Opened], entry: Entry
) -> None:
    from imago_tui.journal import age
    from imago_tui.journal.padding import padded

    keys = keys_of(template[1])
    text = age.unseal(codec.encode(entry, keys), keys.identities, "name")
    assert len(text) == padded(len(text))


@pytest.mark.parametrize("make", [finished, running])
def test_each_alone_opens_what_both_share(
    make: Any, ana: Journal, ben: Journal, now: datetime
) -> None:
    kept = ana.save(make(ana, now))
    assert ben.load(kept.id) == kept
    assert [head.id for head in ben.heads().heads] == [kept.id]
    again = ben.save(replace(kept, topic="The kitchen"))
    assert again.revision == 2
    assert ana.load(kept.id) == again


def test_together_needs_both(ana: Journal, ben: Journal, both: Journal, now: datetime) -> None:
    kept = ana.save(sealed(ana, now))
    assert both.load(kept.id) == kept
    for journal in (ana, ben):
        found = journal.load(kept.id)
        assert found.sealed
        assert (found.topic, found.turns, found.agreements, found.kept) == (None, (), (), None)
        (head,) = journal.heads().heads
        assert (head.room, head.topic, head.state) == ("together", None, "done")
        assert journal.search("dishes") == []
        with pytest.raises(ValueError, match=kept.id):
            journal.save(found)
    (head,) = both.heads().heads
    assert head.topic == "The dishes"
    assert both.search("dishes") == []


def test_the_other_passphrase_opens_the_rest_in_place(
    ana: Journal, both: Journal, folder: Path, now: datetime
) -> None:
    entry = both.save(sealed(both, now))
    both.write_index()
    assert ana.load(entry.id).sealed
    before = everything(folder)
    assert not ana.also(ANA_PASSPHRASE)
    assert ana.present == {0}
    told = told_by(lambda: ana.also("not this one at all"))
    assert told is not None
    assert told.status == 4
    assert ana.load(entry.id).sealed
    assert ana.also(BEN_PASSPHRASE)
    assert ana.both
    assert ana.load(entry.id) == both.load(entry.id)
    assert [head.topic for head in ana.heads().heads] == [entry.topic]
    assert everything(folder) == before
    ana.close()
    with pytest.raises(ValueError):  # noqa: PT011  a closed one stays closed
        ana.also(BEN_PASSPHRASE)


def test_no_word_of_a_together_entry_stands_in_the_shared_room(
    both: Journal, folder: Path, now: datetime
) -> None:
    from imago_tui.journal import age

    kept = both.save(sealed(both, now, text="zanzibar", topic="zanzibar"))
    both.heads()
    both.write_index()
    identities = both._company.shared.identities
    opened = [
        age.unseal(path.read_bytes(), identities, path.name)
        for path in [file_of(folder, kept.id), *folder.glob("index-*.age")]
    ]
    assert len(opened) == 2
    assert not [text for text in opened if b"zanzibar" in text]


def test_a_shared_dialogue_can_become_a_together_one(
    ana: Journal, both: Journal, now: datetime
) -> None:
    begun = ana.save(running(ana, now))
    done = replace(begun, log=(), draft=None, state="done", ended=now, kept="together")
    kept = ana.save(replace(done, room="together"))
    assert both.load(kept.id).turns == begun.turns
    assert ana.load(kept.id).sealed


def test_what_journal_list_says(both: Journal, now: datetime) -> None:
    done = both.save(finished(both, now))
    open_one = both.save(replace(running(both, now + timedelta(hours=1)), topic="not yet"))
    assert [head.list_json() for head in both.heads().heads] == [
        {
            "id": open_one.id,
            "room": "shared",
            "exercise": "dialogue",
            "topic": None,
            "started": "2026-11-22T21:15:00+00:00",
            "ended": None,
            "state": "unfinished",
        },
        {
            "id": done.id,
            "room": "shared",
            "exercise": "dialogue",
            "topic": "The dishes",
            "started": "2026-11-22T20:15:00+00:00",
            "ended": "2026-11-22T20:55:00+00:00",
            "state": "done",
        },
    ]


def test_what_journal_show_says(both: Journal, now: datetime) -> None:
    kept = both.save(finished(both, now))
    assert both.load(kept.id).show_json() == {
        **kept.list_json(),
        "partners": [ANA, BEN],
        "kept": "all",
        "agreements": [{"what": "Wash up together", "by": BEN, "for": ANA, "until": "2026-12-01"}],
        "turns": [
            {
                "n": 1,
                "step": "topic",
                "who": ANA,
                "about": ANA,
                "text": "The dishes",
                "aloud": False,
            },
            {
                "n": 2,
                "step": "send",
                "who": ANA,
                "about": ANA,
                "text": "On Sunday I sat alone with the dishes and felt invisible.",
                "aloud": False,
            },
            {"n": 3, "step": "mirror", "who": BEN, "about": ANA, "text": None, "aloud": True},
            {
                "n": 4,
                "step": "validate",
                "who": BEN,
                "about": ANA,
                "text": "That makes sense.",
                "aloud": False,
                "partly": True,
            },
        ],
    }


def test_newest_first_whatever_the_zone(both: Journal) -> None:
    east, west = timezone(timedelta(hours=9)), timezone(timedelta(hours=-5))
    for hour, zone in ((10, UTC), (20, east), (4, west), (12, UTC)):
        both.save(finished(both, datetime(2026, 11, 22, hour, tzinfo=zone)))
    started = [head.started for head in both.heads().heads]
    assert started == sorted(started, reverse=True)
    assert [head.list_json()["started"][11:19] for head in both.heads().heads] == [
        "12:00:00",
        "20:00:00",
        "10:00:00",
        "04:00:00",
    ]


def test_of_two_in_the_same_second_the_later_one_is_newer(both: Journal, now: datetime) -> None:
    order = [3, 1, 4, 0, 2]
    for part in order:
        begun = now + timedelta(milliseconds=part)
        both.save(finished(both, begun, topic=str(part)))
        both.park(str(part), made=begun)
    assert [head.topic for head in both.heads().heads] == ["4", "3", "2", "1", "0"]
    assert [found.topic for found in both.search("invisible")] == ["4", "3", "2", "1", "0"]
    assert [note.text for note in both.parked()] == ["0", "1", "2", "3", "4"]
    assert {head.list_json()["started"] for head in both.heads().heads} == {now.isoformat()}


def test_reading_writes_nothing(both: Journal, folder: Path, now: datetime) -> None:
    kept = [both.save(finished(both, now + timedelta(days=day))) for day in range(3)]
    before = everything(folder)
    both.heads()
    both.load(kept[0].id)
    both.search("dishes")
    both.verify()
    both.appointments()
    both.parked()
    assert everything(folder) == before


@pytest.mark.parametrize(
    "bad",
    [
        {"started": datetime(2026, 11, 22)},  # noqa: DTZ001 - that it has none is the point
        {"draft": {"who": ANA, "step": "send"}},
        {"turns": (Turn(0, "send", ANA, ANA, "x", aloud=False),)},
        {"log": ({"at": float("nan")},)},
        {"log": ({"at": object()},)},
    ],
)
def test_what_could_not_be_read_again_is_not_written(
    bad: dict[str, Any], both: Journal, folder: Path, now: datetime
) -> None:
    kept = both.save(running(both, now))
    before = everything(folder)
    with pytest.raises((ValueError, TypeError)):
        both.save(replace(kept, **bad))
    assert everything(folder) == before


def test_a_lone_surrogate_does_not_stop_an_evening(both: Journal, now: datetime) -> None:
    kept = both.save(finished(both, now, text="half a \ud83d letter"))
    assert both.load(kept.id).turns[1].text == "half a \ufffd letter"


def test_a_dialogue_of_megabytes_is_kept_and_one_too_large_refused(
    both: Journal, folder: Path, now: datetime
) -> None:
    kept = both.save(finished(both, now, text="ab " * (2 << 20)))
    assert both.load(kept.id) == kept
    before = everything(folder)
    with pytest.raises(ImagoError) as told:
        both.save(replace(kept, topic="x" * (3 << 20)))
    assert told.value.status == 7
    assert everything(folder) == before
    large = both.save(sealed(both, now, text="ab " * (2 << 20)))
    assert both.load(large.id) == large


def test_agreed_times_and_parked_topics(both: Journal, ana: Journal, now: datetime) -> None:
    later = both.add_appointment(now + timedelta(days=2), "dialogue", made=now)
    sooner = both.add_appointment(now + timedelta(days=1), who=BEN, made=now)
    money = both.park("money \x1b[2J 你好", ANA, made=now)
    assert ana.appointments() == [sooner, later]
    assert ana.parked() == [money]
    assert isinstance(money, Note)
    assert ana.heads().heads == []
    assert ana.verify().good == 3
    with pytest.raises(ImagoError) as told:
        ana.load(money.id)
    assert told.value.status == 2
    ana.remove(later.id)
    both.write_index()
    assert both.appointments() == [sooner]


def test_removing_leaves_no_file_and_no_row(both: Journal, folder: Path, now: datetime) -> None:
    kept = both.save(finished(both, now))
    other = both.save(finished(both, now))
    both.write_index()
    both.remove(kept.id)
    assert not file_of(folder, kept.id).exists()
    assert [head.id for head in both.heads().heads] == [other.id]
    assert both.heads().damaged == []
    assert [found.id for found in both.search("dishes")] == [other.id]
    with pytest.raises(ImagoError) as told:
        both.load(kept.id)
    assert told.value.status == 2
    both.remove(kept.id)


@pytest.mark.parametrize("asked", ["../../etc/passwd", "", "x", "0" * 15, "0" * 17, "\x1b[2J" * 99])
def test_an_id_that_is_none(asked: str, both: Journal) -> None:
    for act in (both.load, both.remove, both.resolve):
        with pytest.raises(ImagoError) as told:
            act(asked)
        assert told.value.status == 2
        assert "\x1b" not in told.value.message
        assert len(told.value.message) < 200


def test_the_beginning_of_an_id_is_enough(both: Journal, now: datetime) -> None:
    one = both.save(replace(finished(both, now), id="0a00000000000000"))
    two = both.save(replace(finished(both, now), id="0b00000000000000"))
    assert both.resolve("0a") == one.id
    assert both.resolve("0b0") == two.id
    for asked in ("0", "1", "", "0A"):
        with pytest.raises(ImagoError):
            both.resolve(asked)


def test_a_closed_journal_opens_nothing(both: Journal, now: datetime) -> None:
    kept = both.save(finished(both, now))
    both.close()
    assert both.present == frozenset()
    assert both.partners == (ANA, BEN)
    with pytest.raises(ImagoError):
        both.load(kept.id)
    assert both.heads().heads == []


def test_settings_are_sealed_and_kept_for_each(ana: Journal, ben: Journal, folder: Path) -> None:
    from imago_tui.journal.keyring import Settings

    before = everything(folder)
    ana.save_settings(0, Settings(pronoun="she", side="left", keep="outcome"))
    ben.save_settings(1, Settings(language="he", other={"candle": False, "later": "x"}))
    assert ben.settings(0).pronoun == "she"
    ana.save_settings(0, Settings(pronoun="she", side="right"))
    assert ana.settings(1).other == {"candle": False, "later": "x"}
    after = everything(folder)
    assert {name for name in before if before[name] != after[name]} == {"keys/shared.age"}
    # A few words more do not change the size.
    assert abs(len(after["keys/shared.age"]) - len(before["keys/shared.age"])) < 300
