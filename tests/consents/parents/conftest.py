"""The family at home."""

from __future__ import annotations

import pytest

from tests.consents.parents.at_home import Home
from tests.consents.parents.at_home import home as made


@pytest.fixture
def home(trust) -> Home:
    """Folake with Ife and Tobi, and the agreement in force."""
    return made(trust)
