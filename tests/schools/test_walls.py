"""Nobody sees anything of a school their role does not cover: every address, every role (P8)."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.actions import grant_role
from schools.models import User
from schools.roles import Role
from tests.cast import PASSWORD, ready
from tests.schools.world import (
    OAKS_OWN,
    OF_THE_TRUST,
    WITH_AN_ID,
    behind_the_door,
    build,
    plain,
    put_away,
)

pytestmark = pytest.mark.django_db

# Leaving is one's own, and a session is not the school's.
NOT_THE_SCHOOLS = {"schools:sign_out"}
# Asking counts as looking: opened notices are read, who looks at holds or takes a record away is
# written down, and so is when somebody was told what is recorded.
MAY_WRITE_ON_GET = {
    "schools:open_notice",
    "consents:child",
    "consents:hold",
    "consents:care",
    "consents:holds",
    "consents:scan",
    "consents:adult_scan",
    "consents:record_page",
    "consents:record_csv",
    "consents:record_school_page",
    "consents:record_school_csv",
    "policy:told",
}
WRITES = re.compile(r"^(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO) \"?(?!django_session)")


def at_elm(trust, role: Role) -> User:
    """Somebody who holds this role at Elm and nothing at Oak."""
    email = f"{role}@elm.example"
    user = User.objects.create_user(email, PASSWORD, name="Somebody of Elm")
    ends = {"ends": "2099-01-01"} if role == Role.DEPUTY else {}
    grant_role(user=user, role=role, school=trust.elm, by=None, **ends)
    return ready(user)


def everything_at_oak(trust) -> User:
    """Somebody who holds every role at Oak and every account, so that no page is closed."""
    user = User.objects.create_user("all@demo.example", PASSWORD, name="Every Hat")
    for role in Role:
        ends = {"ends": "2099-01-01"} if role == Role.DEPUTY else {}
        grant_role(user=user, role=role, school=trust.oak, by=None, **ends)
    return ready(user)


# No draft is begun here, so the page above them is not there either.
OF_A_DRAFT = {
    "consents:add_language",
    "consents:discard_agreement",
    "consents:publish_agreement",
    "policy:act",
}


def leads_up(answer, address: str) -> bool:
    """Is it a way to a page above this address?"""
    above = answer.headers.get("Location", "")
    return answer.status_code == 302 and above != address and address.startswith(above)


def test_every_address_that_only_takes_a_press_leads_to_the_page_above_it(trust):
    world, client = build(trust), Client()
    client.force_login(everything_at_oak(trust))
    names = [*WITH_AN_ID, *plain()]
    every = {n: world.address(n) if n in WITH_AN_ID else reverse(n) for n in names}
    pressed = {
        name: address
        for name, address in every.items()
        if "GET" not in client.options(address).headers.get("Allow", "GET")
    }
    assert len(pressed) > 40
    found = {name: client.get(address, follow=True) for name, address in pressed.items()}
    assert {n for n, a in found.items() if a.status_code != 200} == OF_A_DRAFT
    assert all(pressed[n].startswith(a.redirect_chain[0][0]) for n, a in found.items())


def test_it_is_the_nearest_page_there_is(trust):
    world, client = build(trust), Client()
    client.force_login(everything_at_oak(trust))
    answer = client.get(world.address("consents:withdraw"), follow=True)
    assert answer.request["PATH_INFO"] == world.address("consents:child")


def test_every_address_with_an_id_is_among_those_walked():
    with_id = {name for name, pattern in behind_the_door().items() if pattern.pattern.converters}
    assert with_id == set(WITH_AN_ID) | OF_THE_TRUST


@pytest.mark.failure(33)
def test_another_schools_thing_is_not_found_at_any_address_for_any_role(trust, signed_in):
    world = build(trust)
    seen = []
    for role in Role:
        client = signed_in(at_elm(trust, role))
        for name in WITH_AN_ID:
            for press in (client.get, client.post):
                answer = press(address := world.address(name))
                # What only takes a press leads up, whether or not there is such a thing.
                if answer.status_code not in {404, 405} and not leads_up(answer, address):
                    seen.append(f"{role}: {press.__name__} {name} is {answer.status_code}")
    assert seen == []


def test_no_list_shows_anything_of_another_school_to_any_role(trust, signed_in):
    build(trust)
    asked = [(reverse(name), {}) for name in plain() if name not in NOT_THE_SCHOOLS]
    asked += [
        ("/posts/school/", {"school": trust.oak.pk}),
        ("/children/class/", {"school": trust.oak.slug, "class": "4B"}),
        ("/children/", {"q": "Quillon"}),
        ("/children/", {"class": "4B"}),
        ("/children/holds/", {"q": "Quillon"}),
    ]
    seen = []
    for role in Role:
        client = signed_in(at_elm(trust, role))
        for address, query in asked:
            page = client.get(address, query).content.decode()
            seen += [f"{role}: {address} {query}: {word}" for word in OAKS_OWN if word in page]
    assert seen == []


def test_the_same_lists_do_show_it_to_oaks_own_people(trust, signed_in):
    build(trust)
    client = signed_in(everything_at_oak(trust))
    pages = " ".join(client.get(reverse(name)).content.decode() for name in plain())
    assert [word for word in OAKS_OWN if word not in pages] == [], "or the walk proves nothing"


@pytest.mark.parametrize("name", ["consents:class", "posts:new"])
def test_a_school_chosen_in_the_address_must_be_ones_own(trust, signed_in, name):
    trust.child("Quillon", "Featherstone")
    answer = signed_in(trust.elm_office).get(reverse(name), {"school": trust.oak.slug})
    assert answer.status_code == 404 or "Featherstone" not in answer.content.decode()


def test_a_draft_cannot_be_begun_at_another_school(trust, signed_in):
    signed_in(trust.tessa).post("/posts/new/", {"school": trust.elm.pk})
    assert not trust.elm.posts.exists()


def test_another_schools_photo_bytes_are_not_found_even_with_the_right_number(trust, signed_in):
    world = build(trust)
    for name in ("posts:photo", "posts:rendition"):
        assert signed_in(trust.owen).get(world.address(name)).status_code == 404


def test_a_teacher_does_not_find_a_colleagues_draft(trust, signed_in):
    post = trust.draft()
    colleague = trust.person("Bilal Aziz", Role.STAFF, trust.oak)
    assert signed_in(colleague).get(f"/posts/{post.pk}/").status_code == 404


def test_not_found_looks_the_same_whether_the_thing_is_there_or_not(trust, signed_in):
    there = trust.draft().pk
    client = signed_in(trust.owen)
    hidden = client.get(f"/posts/{there}/").content
    assert hidden == client.get("/posts/987654321/").content


# ── every change is a press ──────────────────────────────────────────────────────────────────────
def test_looking_at_any_page_changes_nothing(trust, signed_in):
    world = build(trust)
    client = signed_in(everything_at_oak(trust))
    addresses = {name: world.address(name) for name in WITH_AN_ID}
    addresses |= {name: reverse(name) for name in plain()}
    wrote = {}
    for name, address in addresses.items():
        with CaptureQueriesContext(connection) as asked:
            put_away(client.get(address))
        writes = [q["sql"][:80] for q in asked if WRITES.match(q["sql"])]
        if writes and name not in MAY_WRITE_ON_GET:
            wrote[name] = writes
    assert wrote == {}


def test_no_press_counts_without_the_pages_own_token(trust):
    world = build(trust)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(everything_at_oak(trust))
    taken = [
        name
        for name in (*WITH_AN_ID, *plain())
        if strict.post(world.address(name) if name in WITH_AN_ID else reverse(name)).status_code
        not in {403, 405}
    ]
    assert taken == []


def test_signing_in_needs_the_pages_own_token(trust):
    strict = Client(enforce_csrf_checks=True)
    form = {"username": trust.tessa.email, "password": PASSWORD}
    assert strict.post("/sign-in/", form).status_code == 403
