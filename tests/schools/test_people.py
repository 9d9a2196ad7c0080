"""Somebody is added, invited, chooses a password and is in; and an account is closed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from audit.models import Event
from schools import mail
from schools.errors import NotAllowed
from schools.models import Notice, StaffRole, User
from schools.people import add_person, close_account, invite_again, open_account
from schools.roles import Permission, Role
from tests.approvals.pages import words
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Nia New",
    "email": "Nia@Demo.example",
    "category": "employee",
    "role": "staff",
}


def added(trust, client, **more) -> User:
    """Cara fills in the page."""
    form = NEW | {"school": trust.oak.pk, "starts": timezone.localdate().isoformat()} | more
    client.post("/staff/people/new/", form)
    return User.objects.get(email="nia@demo.example")


def link() -> str:
    """The address in the newest mail."""
    mail.send_due()
    [path] = re.findall(r"https?://[^/]+(/password/\S+)", outbox.outbox[-1].body)
    return path


def choose(path: str, password: str = "a-brave-new-heron-7"):
    """Open the link and choose a password."""
    client = Client()
    page = client.get(path, follow=True)
    return client.post(
        page.redirect_chain[-1][0] if page.redirect_chain else path,
        {"new_password1": password, "new_password2": password},
        follow=True,
    )


def signs_in(user: User, password: str = "a-brave-new-heron-7") -> bool:
    form = {"username": user.email, "password": password}
    return Client().post("/sign-in/", form).status_code == 302


# ── invited ──────────────────────────────────────────────────────────────────────────────────────
def test_somebody_added_holds_the_role_and_signs_in_by_the_mailed_link(trust, signed_in):
    user = added(trust, signed_in(trust.cara))
    assert user.may(Permission.POST_DRAFT, trust.oak)
    choose(link())
    assert signs_in(user)


def test_without_the_link_nobody_is_in(trust, signed_in):
    assert not signs_in(added(trust, signed_in(trust.cara)), "")


def test_the_link_works_once(trust, signed_in):
    added(trust, signed_in(trust.cara))
    path = link()
    choose(path)
    assert "This link has ended" in words(Client().get(path, follow=True))


def test_the_link_works_for_one_day(trust, signed_in):
    added(trust, signed_in(trust.cara))
    path = link()
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert "This link has ended" in words(Client().get(path, follow=True))


def test_whoever_let_it_go_by_asks_for_another_at_the_door(trust, signed_in):
    user = added(trust, signed_in(trust.cara))
    Client().post("/password/", {"email": "Nia@demo.example"})
    choose(link())
    assert signs_in(user)


def test_a_closed_account_gets_no_link_at_the_door(trust):
    close_account(user=trust.pat, by=trust.cara)
    Client().post("/password/", {"email": trust.pat.email})
    assert outbox.outbox == []


def test_the_link_is_kept_nowhere(trust, signed_in):
    added(trust, signed_in(trust.cara))
    token = link().rstrip("/").rsplit("/", 1)[1]
    kept = " ".join(f"{n.body} {n.path} {n.problem}" for n in Notice.objects.all())
    assert token not in kept
    assert "/password/" not in kept


def test_it_can_be_sent_again_until_a_password_is_chosen(trust, signed_in):
    client = signed_in(trust.cara)
    user = added(trust, client)
    client.post(f"/staff/people/{user.pk}/link/")
    assert user.notices.filter(invites=True).count() == 2
    choose(link())
    with pytest.raises(NotAllowed, match="has chosen a password already"):
        invite_again(user=User.objects.get(pk=user.pk), by=trust.cara)


# ── refused ──────────────────────────────────────────────────────────────────────────────────────
def test_an_address_belongs_to_one_account(trust, signed_in):
    form = NEW | {
        "school": trust.oak.pk,
        "starts": timezone.localdate().isoformat(),
        "email": trust.pat.email.upper(),
    }
    answer = signed_in(trust.cara).post("/staff/people/new/", form)
    assert "There is an account with this address already" in words(answer)


def test_an_outside_person_has_a_last_day_and_so_has_the_account(trust, signed_in):
    client = signed_in(trust.cara)
    form = NEW | {
        "school": trust.oak.pk,
        "starts": timezone.localdate().isoformat(),
        "role": "external",
    }
    assert "has a last day" in words(client.post("/staff/people/new/", form))
    ends = timezone.localdate() + timedelta(days=9)
    assert added(trust, client, role="external", ends=ends.isoformat()).ends_on == ends


def test_a_manager_of_one_school_adds_nobody_elsewhere(trust, signed_in):
    manager = trust.person("Ola Local", Role.CIO, trust.oak)
    for school in (trust.elm.pk, ""):
        form = NEW | {"school": school, "starts": timezone.localdate().isoformat()}
        signed_in(manager).post("/staff/people/new/", form)
    with pytest.raises(NotAllowed):
        add_person(email="n@x.example", name="N", role=Role.STAFF, school=trust.elm, by=manager)
    assert not User.objects.filter(email__in=["nia@demo.example", "n@x.example"]).exists()


@pytest.mark.parametrize("address", ["", "new/"])
def test_whoever_manages_no_staff_finds_no_such_page(trust, signed_in, address):
    assert signed_in(trust.hana).get(f"/staff/people/{address}").status_code == 404


# ── closed ───────────────────────────────────────────────────────────────────────────────────────
def test_a_closed_account_is_signed_out_and_its_roles_end(trust, signed_in):
    client = signed_in(trust.tessa)
    signed_in(trust.cara).post(f"/staff/people/{trust.tessa.pk}/close/")
    assert client.get("/posts/").status_code == 302
    assert not signs_in(trust.tessa, PASSWORD)
    assert not StaffRole.objects.filter(user=trust.tessa, ended_at=None).exists()


def test_it_is_closed_once(trust):
    assert close_account(user=trust.tessa, by=trust.cara)
    assert not close_account(user=trust.tessa, by=trust.cara)
    assert Event.objects.filter(verb="person.closed").count() == 1


def test_a_closed_account_can_be_opened_again_without_its_roles(trust):
    close_account(user=trust.tessa, by=trust.cara)
    assert open_account(user=trust.tessa, by=trust.cara)
    assert signs_in(trust.tessa, PASSWORD)
    assert User.objects.get(pk=trust.tessa.pk).roles_today() == []


def test_nobody_closes_their_own_account(trust):
    trust.person("Nia New", Role.CIO, None)
    with pytest.raises(NotAllowed, match="their own account"):
        close_account(user=trust.cara, by=trust.cara)


def test_a_manager_of_one_school_closes_nobody_who_works_elsewhere_too(trust):
    manager = trust.person("Ola Local", Role.CIO, trust.oak)
    with pytest.raises(NotAllowed, match="everything this person does"):
        close_account(user=trust.edith, by=manager)
    assert close_account(user=trust.tessa, by=manager)


def test_each_step_is_written_down(trust, signed_in):
    client = signed_in(trust.cara)
    user = added(trust, client)
    for step in ("link", "close", "open"):
        client.post(f"/staff/people/{user.pk}/{step}/")
    verbs = Event.objects.filter(actor_id=trust.cara.pk, verb__startswith="person.")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "person.added",
        "person.invited",
        "person.invited",
        "person.closed",
        "person.opened",
    ]


def test_the_page_says_how_the_invitation_stands(trust, signed_in):
    client = signed_in(trust.cara)
    user = added(trust, client)
    assert "The invitation is on its way" in words(client.get(f"/staff/people/{user.pk}/"))
    mail.send_due()
    assert "The invitation left today" in words(client.get(f"/staff/people/{user.pk}/"))
