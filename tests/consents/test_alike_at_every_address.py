"""Every address of the program, opened by those who need not know: an author, a deputy, an
authorised user. One world, and its pupil goes from state to state; each time the sweeps run, every
page is opened, and everything is put back. What they read, what the database is asked and what
they are told must not depend on why the pupil cannot be shown (P3, R-155, R-159).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consents.actions import lift_hold, set_hold, withdraw
from consents.models import Child, Kind
from policy.models import Platform
from publishing.reviewing import review_live
from publishing.sweeping import sweep
from schools.actions import grant_role
from schools.models import Notice, User
from schools.roles import Role
from tests.cast import PASSWORD, Trusty, ready
from tests.schools import world as walked

pytestmark = pytest.mark.django_db

NAMES = (Kind.PHOTO, Kind.FIRST_NAME, Kind.FULL_NAME)


def refused(trust: Trusty, child: Child) -> None:
    for kind in NAMES:
        trust.says(child, "no", list(Platform.objects.all()), kind=kind)


def withdrawn(trust: Trusty, child: Child) -> None:
    withdraw(child=child, giver=trust.mother(child), by=trust.connie)


def unclear(trust: Trusty, child: Child) -> None:
    for kind in NAMES:
        trust.says(child, "unclear", list(Platform.objects.all()), kind=kind)


def protected(trust: Trusty, child: Child) -> None:
    set_hold(child=child, kind="protected", note="The father must not find him", by=trust.dot)


def permitted(trust: Trusty, child: Child) -> None:
    """As the world was built."""


# How a state came about takes things down or not by itself (an ended yes recalls nothing), so the
# ended yes is held against the others where nothing is live: `test_all_refusals_look_alike`.
State = Callable[[Trusty, Child], None]
STATES: tuple[State, ...] = (refused, withdrawn, unclear, protected)


def deva(trust: Trusty) -> User:
    """Deva stands in for Hana."""
    user = User.objects.create_user("deva@demo.example", PASSWORD, name="Deva Standing")
    ends = timezone.localdate() + timedelta(days=30)
    grant_role(user=user, role=Role.DEPUTY, school=trust.oak, ends=ends, by=None)
    return ready(user)


WHO: dict[str, Callable[[Trusty], User]] = {
    "author": lambda trust: trust.tessa,
    "deputy": deva,
    "authorised user": lambda trust: trust.uma,
}


def masked(text: str) -> str:
    """Without tokens, digests and the numbers of things, which go on counting on PostgreSQL."""
    text = re.sub(r"(csrfmiddlewaretoken\" value=\"|X-CSRFToken\": \")\w+", r"\1", text)
    text = re.sub(r"(name=\"page\" value=\")[\w-]+", r"\1", text)
    return re.sub(r"[0-9a-f]{16,}|\d+", "#", text)


def shape(sql: str) -> str:
    """A question without its values: what is asked for one pupil and not for another takes time."""
    return re.sub(r"'[^']*'|(?<=_)x?\d+\b|\b\d+\b", "#", sql)


def opened(client: Any, address: str) -> tuple[int, str, list[str]]:
    """The answer, its words, and the questions asked for it."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
        if answer.streaming:
            page = str(len(b"".join(answer.streaming_content)))
        else:
            page = answer.content.decode(errors="replace")
    return answer.status_code, masked(page), [shape(one["sql"]) for one in asked]


def everything(trust: Trusty, client: Any, place: walked.World) -> dict[str, Any]:
    """Every page behind the door, and every word somebody was told."""
    with CaptureQueriesContext(connection):
        sweep()
        review_live()
    addresses = {name: place.address(name) for name in walked.WITH_AN_ID}
    addresses |= {f"plain {n}": walked.reverse(n) for n in walked.plain()}
    found: dict[str, Any] = {name: opened(client, each) for name, each in addresses.items()}
    rows = Notice.objects.values_list("user__name", "subject", "body", "path")
    found["notices"] = sorted(tuple(masked(part) for part in row) for row in rows)
    found["mails"] = sorted(masked(f"{m.to} {m.subject} {m.body}") for m in mail.outbox)
    return found


def put_into_it(trust: Trusty, place: walked.World, child: Child) -> None:
    """The pupil is in the draft, in what waits for Hana, and in what is live."""
    shown: dict[str, Any] = {"children": [child], "channels": ["news", "facebook"]}
    shown["text"] = "Quillon Featherstone built an aqueduct."
    draft, waiting, live = trust.draft(**shown), trust.submitted(**shown), trust.published(**shown)
    place.ids |= {
        "draft": draft.pk,
        "picture": draft.pictures.get().pk,
        "submission": waiting.pk,
        "rendition": waiting.post.pictures.get().renditions.first().pk,
        "post": live.pk,
        "delivery": trust.delivery(live, "news").pk,
    }


class _Back(Exception):
    """Everything is put back."""


def after(state: State, trust: Trusty, client: Any, place: walked.World, child: Child) -> Any:
    try:
        with transaction.atomic():
            mail.outbox.clear()
            state(trust, child)
            found = everything(trust, client, place)
            raise _Back
    except _Back:
        return found


def differences(left: dict[str, Any], right: dict[str, Any]) -> list[str]:
    return [name for name in left if left[name] != right.get(name)]


@pytest.mark.parametrize("who", WHO)
def test_r_159_no_address_tells_those_who_need_not_know_why_a_pupil_cannot_be_shown(
    trust, signed_in, who
):
    with time_machine.travel(timezone.now(), tick=False):
        assert all([trust.dot, trust.hana, trust.connie, trust.cara, trust.edith])
        reader = WHO[who](trust)
        place = walked.build(trust)
        child = Child.objects.get(pk=place.ids["child"])
        for hold in child.holds.all():
            lift_hold(hold=hold, by=trust.dot)
        for kind in NAMES:
            trust.says(child, "yes", list(Platform.objects.all()), kind=kind)
        put_into_it(trust, place, child)
        client = signed_in(reader)
        after(permitted, trust, client, place, child)  # what is kept in memory is filled
        may = after(permitted, trust, client, place, child)
        first, *others = [after(state, trust, client, place, child) for state in STATES]
        pairs = zip(STATES[1:], others, strict=True)
        told = {state.__name__: differences(first, one) for state, one in pairs}
        assert told == {state.__name__: [] for state in STATES[1:]}
        # And the look is sharp enough to notice that he cannot be shown at all.
        assert differences(may, first) != []
