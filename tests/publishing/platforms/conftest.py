"""Every place a machine publishes to: the same contract for each."""

from __future__ import annotations

import pytest

from tests.publishing.platforms.fake_wordpress import AUTHOR, FakeWordPress
from tests.publishing.platforms.places import Place, news_page, website


@pytest.fixture
def fake(httpserver) -> FakeWordPress:
    """A website of ours that answers as WordPress does."""
    return FakeWordPress(httpserver)


@pytest.fixture
def fake_place(trust, fake) -> Place:
    """Oak's website, answered by the stand-in."""
    return website(trust, fake.url, AUTHOR)


@pytest.fixture
def real_place(trust, wordpress, wire) -> Place:
    """Oak's website, a real WordPress at the end of a wire."""
    return website(trust, wire.url, wordpress.signed_in())


@pytest.fixture(
    params=[
        pytest.param("news_page", id="the news page"),
        pytest.param("wordpress", id="a stand-in for WordPress"),
        pytest.param("real wordpress", id="a real WordPress", marks=pytest.mark.server),
    ]
)
def place(request, trust) -> Place:
    """Each automatic platform in turn."""
    if request.param == "news_page":
        return news_page(trust)
    name = "fake_place" if request.param == "wordpress" else "real_place"
    return request.getfixturevalue(name)
