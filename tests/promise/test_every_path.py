"""One gate: whatever way is tried, a child who may not be shown is not shown, and a post that is
held does not go out (P1, P4, R-043)."""

from __future__ import annotations

import ast

import pytest
from django.core.management import get_commands

from policy.models import Channel
from publishing import platforms
from publishing.lifecycle import DeliveryState
from publishing.models import Delivery, NewsItem, Snapshot
from tests.house.files import ROOMS, modules, short
from tests.promise.paths import COMMANDS, PATHS, REFUSALS, FarEnd

pytestmark = pytest.mark.django_db


@pytest.fixture(params=REFUSALS)
def far_end(request, monkeypatch):
    """What stands for the news page and for a website; and why nothing may go there."""
    made = FarEnd(request.param)
    for way in (Channel.Way.NEWS_PAGE, Channel.Way.WORDPRESS):
        monkeypatch.setitem(platforms.PLATFORMS, way, made)
    return made


@pytest.mark.failure(20)
@pytest.mark.parametrize("words", PATHS)
def test_no_path_publishes_what_may_not_go_out(trust, far_end, words):
    PATHS[words](trust, far_end)
    assert far_end.published == []
    assert not NewsItem.objects.exists()
    assert not Delivery.objects.filter(state=DeliveryState.SENT).exists()


@pytest.mark.parametrize("child", ["amira"])
def test_the_same_walk_publishes_a_child_who_may_be_shown(trust, far_end, child):
    trust.published(children=[getattr(trust, child)])
    assert len(far_end.published) == 1, "or the test above proves nothing"
    assert Snapshot.objects.count() == 1


def test_every_management_command_is_among_the_paths():
    ours = {name for name, app in get_commands().items() if app in ROOMS}
    assert ours == {*COMMANDS, "demo"}


def _calls(name: str) -> set[str]:
    """The modules in which something of this name is called."""
    return {
        short(path)
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Attribute) and node.func.attr == name)
            or (isinstance(node.func, ast.Name) and node.func.id == name)
        )
    }


# What these publish is a version of the words that parents or adults are asked with, inside GoLive.
AGREEMENTS = {
    "config/demo/roll.py",
    "consents/views/adult_words.py",
    "consents/views/agreements.py",
}


def test_only_sending_calls_a_platform_to_publish():
    assert _calls("publish") - AGREEMENTS == {"publishing/sending.py"}


@pytest.mark.failure(20)
def test_whoever_claims_a_delivery_asks_the_gate_or_takes_down():
    assert _calls("claim") == {
        "publishing/sending.py",
        "publishing/assisted.py",
        "publishing/taking_down.py",
    }
    assert {"publishing/sending.py", "publishing/assisted.py"} <= _calls("gate")
