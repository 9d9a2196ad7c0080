"""Refused, never asked, expired, unclear or protected: nobody can tell one from another (P3, R-155,
R-159).

The same pupil goes from state to state while the same page is looked at, so that pages can be held
against each other byte for byte; only the token of the form differs from one answer to the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Event
from consents.actions import lift_hold, set_hold, withdraw
from consents.caring import record_care
from consents.models import Child, Kind
from policy.models import Platform
from posts.models.reuse import Alike
from publishing import assisted
from publishing.reviewing import review_live
from schools.models import Notice
from tests.approvals.pages import approve_form
from tests.cast import Trusty, declared

pytestmark = pytest.mark.django_db

NAMES = (Kind.PHOTO, Kind.FIRST_NAME, Kind.FULL_NAME)


def everywhere() -> list[Platform]:
    return list(Platform.objects.all())


def permitted(trust: Trusty, child: Child) -> None:
    """Shown and named, everywhere."""
    for hold in child.holds.filter(lifted_at=None):
        if hold.kind == "care":
            record_care(child=child, basis="The care ended.", by=trust.dot)
        lift_hold(hold=hold, by=trust.dot)
    for kind in NAMES:
        trust.says(child, "yes", everywhere(), kind=kind)


def refused(trust: Trusty, child: Child) -> None:
    for kind in NAMES:
        trust.says(child, "no", everywhere(), kind=kind)


def unclear(trust: Trusty, child: Child) -> None:
    for kind in NAMES:
        trust.says(child, "unclear", everywhere(), kind=kind)


def expired(trust: Trusty, child: Child) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    for kind in NAMES:
        trust.says(child, "yes", everywhere(), kind=kind, until=yesterday)


def withdrawn(trust: Trusty, child: Child) -> None:
    permitted(trust, child)
    withdraw(child=child, giver=trust.mother(child), by=trust.connie)


def protected(trust: Trusty, child: Child) -> None:
    permitted(trust, child)
    set_hold(child=child, kind="protected", note="The father must not find him", by=trust.dot)


def safeguarded(trust: Trusty, child: Child) -> None:
    permitted(trust, child)
    set_hold(child=child, kind="safeguarding", by=trust.dot)


def in_care(trust: Trusty, child: Child) -> None:
    permitted(trust, child)
    set_hold(child=child, kind="care", by=trust.dot)


State = Callable[[Trusty, Child], None]
STATES: tuple[State, ...] = (refused, unclear, expired, withdrawn, protected, safeguarded, in_care)
EACH_STATE = pytest.mark.parametrize("state", STATES, ids=lambda s: s.__name__)


def plain(answer) -> str:
    """A page without the token of its forms."""
    page = answer.content.decode()
    page = re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", page)
    page = re.sub(r'(name="page" value=")[\w-]+', r"\1", page)
    return re.sub(r'("X-CSRFToken": ")\w+', r"\1", page)


def looked(client, address: str, **query) -> tuple[str, int]:
    """A page, and how many questions it asked the database."""
    client.get(address, query)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address, query)
    return plain(answer), len(asked)


def asked(client, address: str, **query) -> list[str]:
    """The questions a page asks the database, word for word, without the values in them: what is
    asked for one pupil and not for another takes time that a reader could measure."""
    client.get(address, query)
    with CaptureQueriesContext(connection) as captured:
        client.get(address, query)
    # Values, and the numbers that PostgreSQL's cursors are given one after the other.
    return [re.sub(r"'[^']*'|(?<=_)\d+\b|\b\d+\b", "#", one["sql"]) for one in captured]


@pytest.fixture
def robin(trust) -> Child:
    """A pupil whom nobody has asked, at a school whose people are all there to be told."""
    assert all([trust.hana, trust.tessa, trust.dot, trust.connie])
    return trust.child("Robin", "Vale")


@pytest.fixture
def draft(trust, robin):
    """Robin's photo, and his name in the words, for two channels."""
    return trust.draft(
        children=[robin], channels=["news", "facebook"], text="Robin Vale built an aqueduct."
    )


# ── the author ───────────────────────────────────────────────────────────────────────────────────
@EACH_STATE
def test_r_155_the_authors_pages_are_those_of_a_pupil_nobody_asked(
    trust, signed_in, robin, draft, state
):
    client, photo = signed_in(trust.tessa), draft.pictures.get()
    pages = [
        (f"/posts/{draft.pk}/edit/", {}),
        (f"/posts/{draft.pk}/", {}),
        ("/posts/", {}),
        (f"/posts/photos/{photo.pk}/people/", {}),
        (f"/posts/photos/{photo.pk}/people/", {"q": "rob"}),
    ]
    never_asked = [looked(client, address, **query) for address, query in pages]
    assert "Robin V. cannot be shown on News page" in never_asked[0][0]
    state(trust, robin)
    assert [looked(client, address, **query) for address, query in pages] == never_asked


@EACH_STATE
def test_the_same_questions_are_asked_in_the_same_order(trust, signed_in, robin, draft, state):
    client, photo = signed_in(trust.tessa), draft.pictures.get()
    pages = [
        (f"/posts/{draft.pk}/edit/", {}),
        (f"/posts/{draft.pk}/", {}),
        (f"/posts/photos/{photo.pk}/people/", {"q": "rob"}),
    ]
    never_asked = [asked(client, address, **query) for address, query in pages]
    assert all(never_asked)
    state(trust, robin)
    assert [asked(client, address, **query) for address, query in pages] == never_asked


@EACH_STATE
def test_sending_it_to_the_head_is_refused_in_the_same_words(trust, signed_in, robin, draft, state):
    def pressed() -> str:
        form = {"revision": draft.revision, "declared": declared()}
        return plain(
            signed_in(trust.tessa).post(f"/approvals/posts/{draft.pk}/submit/", form, follow=True)
        )

    never_asked = pressed()
    assert "Robin V. cannot be named in full on News page." in never_asked
    state(trust, robin)
    assert pressed() == never_asked


@EACH_STATE
def test_a_pupil_of_every_kind_is_offered_in_the_list_to_pick_from(trust, signed_in, robin, state):
    photo = trust.draft(photos=1).pictures.get()
    address = f"/posts/photos/{photo.pk}/people/"
    before = looked(signed_in(trust.tessa), address, q="robin")
    assert "Robin" in before[0]
    state(trust, robin)
    assert looked(signed_in(trust.tessa), address, q="robin") == before


def test_a_list_of_refusals_is_in_the_order_of_the_alphabet_whatever_the_reasons(trust, signed_in):
    children = [trust.rose, trust.jack, trust.ella, trust.sam, trust.ife]
    post = trust.draft(children=children)
    page = signed_in(trust.tessa).get(f"/posts/{post.pk}/edit/").content.decode()
    expected = "Ella N., Ife A., Jack M., Rose G. and Sam O. cannot be shown on News page."
    assert expected in page


# ── the Head ─────────────────────────────────────────────────────────────────────────────────────
def test_the_heads_pages_are_the_same_for_every_reason(trust, signed_in, robin):
    permitted(trust, robin)
    submission = trust.submitted(
        children=[robin], channels=["news", "facebook"], text="Robin Vale built an aqueduct."
    )
    client, seen = signed_in(trust.hana), set()
    address = f"/approvals/{submission.pk}/"
    for state in STATES:
        state(trust, robin)
        pressed = client.post(address, approve_form(submission), follow=True)
        seen.add((looked(client, "/approvals/"), looked(client, address), plain(pressed)))
        permitted(trust, robin)
    assert len(seen) == 1
    [(_, (page, _), pressed)] = seen
    assert "Robin V. cannot be shown on News page." in page
    assert "Robin V. cannot be shown on News page." in pressed


# ── mails, and what is left on the pages afterwards ──────────────────────────────────────────────
def masked(text: str) -> str:
    """Words without the numbers and digests of things."""
    return re.sub(r"[0-9a-f]{16,}|\d+", "#", text)


def told() -> list[tuple[str, ...]]:
    """Every notice there is: to whom, and the words."""
    rows = Notice.objects.order_by("pk").values_list("user__name", "subject", "body", "path")
    return sorted(tuple(masked(part) for part in row) for row in rows)


def test_a_post_that_is_not_sent_is_told_in_the_same_words_for_every_reason(
    trust, signed_in, robin
):
    seen = {}
    for state in STATES:
        permitted(trust, robin)
        Notice.objects.all().delete()
        post = trust.approved(children=[robin])
        state(trust, robin)
        trust.send_all()
        page = signed_in(trust.tessa).get(f"/publishing/deliveries/{trust.delivery(post).pk}/")
        seen[state.__name__] = (trust.delivery(post).problem, told(), masked(plain(page)))
    assert all(one == seen["refused"] for one in seen.values())
    assert seen["refused"][0] == "Robin V. cannot be shown on News page."


def test_a_package_is_closed_in_the_same_words_for_every_reason(trust, signed_in, robin):
    uma, seen = trust.uma, set()
    for state in STATES:
        permitted(trust, robin)
        post = trust.approved(children=[robin], channels=["facebook"])
        trust.send_all()
        delivery = trust.delivery(post, "facebook")
        assisted.open_package(delivery=delivery, by=uma)
        state(trust, robin)
        page = signed_in(uma).get(f"/publishing/deliveries/{delivery.pk}/")
        seen.add(masked(plain(page)))
    assert len(seen) == 1


def test_a_take_down_tells_nobody_whether_it_was_a_withdrawal_or_a_hold(trust, signed_in, robin):
    seen = {}
    for state in (withdrawn, refused, protected, safeguarded):
        permitted(trust, robin)
        Notice.objects.all().delete()
        post = trust.published(children=[robin])
        Alike.objects.all().delete()  # the same drawing each time, which the pages point out
        state(trust, robin)
        review_live()
        pages = [
            f"/posts/{post.pk}/",
            f"/publishing/deliveries/{trust.delivery(post).pk}/",
            f"/publishing/deliveries/{trust.delivery(post).pk}/why/",
        ]
        assert trust.delivery(post).state == "taken_down"
        client = signed_in(trust.tessa)
        seen[state.__name__] = (told(), [masked(plain(client.get(a))) for a in pages])
    assert all(one == seen["withdrawn"] for one in seen.values())


# ── the office ───────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("who", ["connie", "hana"])
@pytest.mark.parametrize("hold", ["protected", "safeguarding", "care"])
def test_the_offices_pages_do_not_change_with_a_hold(trust, signed_in, robin, who, hold):
    permitted(trust, robin)
    client = signed_in(getattr(trust, who))
    pages = [
        (f"/children/{robin.pk}/", {}),
        ("/children/class/", {"class": "4B"}),
        ("/children/", {"q": "Robin"}),
    ]
    before = [looked(client, address, **query) for address, query in pages]
    set_hold(child=robin, kind=hold, note="Not for others", by=trust.dot)
    assert [looked(client, address, **query) for address, query in pages] == before


def test_only_the_safeguarding_lead_finds_the_page_of_holds(trust, signed_in, robin):
    set_hold(child=robin, kind="protected", by=trust.dot)
    assert "Robin" in signed_in(trust.dot).get("/children/holds/").content.decode()
    for who in (trust.connie, trust.hana, trust.tessa, trust.uma, trust.edith):
        assert signed_in(who).get("/children/holds/").status_code == 404
        assert signed_in(who).post(f"/children/holds/{robin.pk}/set/").status_code == 404


def test_a_hold_is_told_to_nobody(trust, robin):
    trust.hana.roles.get()
    Notice.objects.all().delete()
    set_hold(child=robin, kind="protected", note="Not for others", by=trust.dot)
    assert not Notice.objects.exists()


def test_asking_the_parents_reads_the_same_for_a_protected_pupil(trust, signed_in, robin, draft):
    def asked() -> str:
        page = signed_in(trust.tessa).get(f"/posts/{draft.pk}/edit/").content.decode()
        return re.findall(r'value="(ask_parents[^"]+)"', page)

    never_asked = asked()
    protected(trust, robin)
    assert asked() == never_asked != []


def test_the_reason_is_not_in_any_event_about_the_post(trust, robin):
    permitted(trust, robin)
    post = trust.approved(children=[robin])
    protected(trust, robin)
    trust.send_all()
    facts = " ".join(str(e.facts) for e in Event.objects.about(post))
    assert "protected" not in facts
    assert "hold" not in facts
