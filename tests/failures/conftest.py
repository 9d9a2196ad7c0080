"""What the failures of others need: platforms that misbehave."""

from __future__ import annotations

import pytest

from policy.models import Channel
from publishing import platforms
from tests.failures.far_end import P


@pytest.fixture
def p(monkeypatch) -> P:
    """Stands for Oak's news page."""
    made = P()
    monkeypatch.setitem(platforms.PLATFORMS, Channel.Way.NEWS_PAGE, made)
    return made


@pytest.fixture
def website(trust, monkeypatch) -> P:
    """Stands for Oak's website, a second platform."""
    Channel.objects.create(
        school=trust.oak,
        platform=trust.platform("website"),
        name="Oak website",
        way=Channel.Way.WORDPRESS,
    )
    made = P()
    monkeypatch.setitem(platforms.PLATFORMS, Channel.Way.WORDPRESS, made)
    return made
