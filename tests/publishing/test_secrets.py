"""A key that was retired costs the connection, and nothing else."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from django.db import connection as database

from publishing import connecting
from publishing.models import Connection
from tests.publishing.platforms.fake_wordpress import AUTHOR, FakeWordPress
from tests.publishing.platforms.places import Place, website

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(trust, httpserver) -> Place:
    return website(trust, FakeWordPress(httpserver).url, AUTHOR)


@pytest.fixture
def retired(settings) -> None:
    """From now on only a new key is known."""
    settings.GOLIVE_SECRET_KEYS = [Fernet.generate_key().decode()]


def stored() -> str:
    with database.cursor() as cursor:
        cursor.execute("SELECT secret FROM publishing_connection")
        return str(cursor.fetchone()[0])


def test_the_password_is_never_stored_as_it_is(place):
    assert AUTHOR[1] not in stored()


def test_what_is_to_be_sent_fails_and_says_what_to_do(trust, place, retired):
    post = place.due().post
    trust.send_all()
    delivery = trust.delivery(post, "website")
    assert (delivery.state, "Connect this channel again" in delivery.problem) == ("failed", True)


def test_the_pages_of_channels_still_open(trust, place, retired, signed_in):
    page = signed_in(trust.cara)
    assert page.get("/publishing/channels/").status_code == 200
    channel = trust.channel("website")
    assert page.get(f"/publishing/channels/{channel.pk}/").status_code == 200


def test_the_channel_can_be_connected_again(trust, place, retired, httpserver):
    assert Connection.objects.get().secret != AUTHOR[1]
    facts = connecting.connect(
        channel=trust.channel("website"),
        base_url=httpserver.url_for("").rstrip("/"),
        username=AUTHOR[0],
        secret=AUTHOR[1],
        by=trust.cara,
    )
    assert facts.ok
    assert Connection.objects.get().secret == AUTHOR[1]


def test_saving_the_rest_of_the_row_keeps_what_nobody_can_read(place, retired):
    before = stored()
    connection = Connection.objects.get()
    connection.health = "Connect again"
    connection.save()
    assert stored() == before
