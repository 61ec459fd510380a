"""What somebody who has had enough may choose, at every place that can ever be reached."""

from __future__ import annotations

import pytest

from imago_tui import exercises
from imago_tui.dialogue.scene import LEAVE, scene, ways_out
from tests.dialogue.test_scene import NAMES, states


@pytest.mark.parametrize("name", exercises.names())
def test_the_table_can_be_left_where_nothing_goes_on_at_it(name: str) -> None:
    for here in states(name):
        if here.over:
            continue
        shown = scene(here, NAMES)
        offered, at_once = ways_out(shown), ways_out(shown, at_once=True)
        assert (LEAVE in offered) == bool(shown.hold or shown.closing), here.at
        assert (LEAVE in at_once) == shown.closing, here.at
        exits = [one for one in offered if one != LEAVE]
        assert exits == [one for one in at_once if one != LEAVE]
        assert {"time-out", "stop"} - set(exits) <= ({"stop"} if shown.closing else set())
        if shown.hold == "too-much":
            assert not {"pause", "too-much"} & set(exits), "its ways on are no lighter"
