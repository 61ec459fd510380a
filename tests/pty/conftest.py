"""What the tests in a terminal share: programs mostly wait, so several run at once."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Generic, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

ABREAST = 5
"""As many programs run at once, at most."""

Outcome = TypeVar("Outcome")


class Abreast(Generic[Outcome]):
    """What became of each case, by its name. Asking for one waits for it, or raises its mishap."""

    def __init__(self, running: dict[str, Future[Outcome]]) -> None:
        self._running = running

    def __getitem__(self, case: str) -> Outcome:
        return self._running[case].result()


class Together:
    """Begins cases; each gets an empty folder of its own."""

    def __init__(self, pool: ThreadPoolExecutor, folder: Path, wanted: set[str]) -> None:
        self._pool, self._folder, self._wanted = pool, folder, wanted

    def __call__(
        self, hold: Callable[[str, Path], Outcome], cases: Iterable[str]
    ) -> Abreast[Outcome]:
        """Begin ``hold(case, folder)`` for each case that a test of this run asks for."""
        running = {}
        for number, case in enumerate(cases):
            if any(case in name for name in self._wanted):
                folder = self._folder / str(number)
                folder.mkdir()
                running[case] = self._pool.submit(hold, case, folder)
        return Abreast(running)


@pytest.fixture(scope="session")
def pool() -> Iterator[ThreadPoolExecutor]:
    """Those who sit before the terminals."""
    with ThreadPoolExecutor(ABREAST) as pool:
        yield pool


@pytest.fixture(scope="module")
def together(
    request: pytest.FixtureRequest,
    pool: ThreadPoolExecutor,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str], Together]:
    """For the cases of one test function, by its name."""

    def of(function: str) -> Together:
        mine = {
            item.name
            for item in request.session.items
            if item.name.startswith(f"{function}[") and item.path == request.path
        }
        return Together(pool, tmp_path_factory.mktemp(function), mine)

    return of
