"""What tests with real processes share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.processes.recorder import Recorder
from tests.processes.workers import Workers


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    """A website on a real socket."""
    made = Recorder()
    yield made
    made.close()


@pytest.fixture
def workers() -> Iterator[Workers]:
    """Real workers, gone afterwards."""
    made = Workers()
    yield made
    made.stop()
