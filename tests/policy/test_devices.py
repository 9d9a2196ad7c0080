"""The register of devices: who keeps it, when an approval counts, what ends with it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError
from django.db.models import Model
from django.utils import timezone

from audit.models import Event
from policy import registering
from policy.devices import Trouble, trouble
from policy.models import Device, DeviceApproval
from policy.registering import Described
from schools.errors import NotAllowed
from schools.roles import Role

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)


def fresh(device: Device) -> Device:
    return Device.objects.get(pk=device.pk)


def found(device: Device, *, taken: datetime | None = None, added: datetime | None = None):
    return trouble(fresh(device), uploaded_at=added or timezone.now(), taken_at=taken)


def own_phone(trust) -> Device:
    said = Described("phone", trust.oak, is_personal=True, owner=trust.tessa)
    return registering.register(described=said, by=trust.cara)


# ── what the database refuses ────────────────────────────────────────────────────────────────────
def refused(row: Model, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        row.save()


def test_somebodys_own_device_has_an_owner(trust):
    row = Device(kind="phone", is_personal=True, added_by=trust.cara)
    refused(row, "device_personal_has_owner")


def test_the_trusts_own_device_has_an_asset_tag(trust):
    refused(Device(kind="phone", added_by=trust.cara), "device_trusts_has_tag")


def test_an_approval_from_before_it_was_written_down_says_where_it_stands(trust):
    before = timezone.now() - A_WEEK
    row = DeviceApproval(device=own_phone(trust), starts_at=before, approved_by=trust.cara)
    refused(row, "approval_beforehand")


# ── R-067: the register ──────────────────────────────────────────────────────────────────────────
def test_r_067_the_cio_lists_every_approved_personal_device(trust, signed_in):
    trust.phone  # noqa: B018 (made when first asked for)
    page = signed_in(trust.cara).get("/policy/devices/", {"show": "own"}).content.decode()
    assert "Tessa Marlow’s phone (Fairphone)" in page
    assert "approved since" in page


def test_r_067_ending_an_approval_on_the_page_blocks_later_photos_only(trust, signed_in):
    approval = trust.phone.approvals.get()
    press = {"verb": "end", "approval": approval.pk}
    signed_in(trust.cara).post(f"/policy/devices/{trust.phone.pk}/", press)
    assert found(trust.phone, added=approval.starts_at) is None
    assert found(trust.phone) == Trouble.NOT_APPROVED


def test_r_067_who_approved_and_who_ended_it_is_kept(trust):
    approval = trust.phone.approvals.get()
    registering.end_approval(approval=approval, by=trust.cara)
    approval.refresh_from_db()
    assert (approval.approved_by, approval.ended_by) == (trust.cara, trust.cara)


def test_r_067_every_verb_is_in_history(trust):
    device = trust.phone
    registering.end_approval(approval=device.approvals.get(), by=trust.cara)
    registering.retire(device=device, by=trust.cara)
    verbs = Event.objects.about(device).values_list("verb", flat=True)
    assert list(verbs) == [
        "device.registered",
        "device.approved",
        "device.approval_ended",
        "device.retired",
    ]


@pytest.mark.parametrize("who", ["tessa", "hana", "owen", "uma"])
def test_r_067_nobody_else_finds_the_register(trust, signed_in, who):
    assert signed_in(getattr(trust, who)).get("/policy/devices/").status_code == 404


def test_r_067_nobody_else_can_approve_a_device(trust):
    with pytest.raises(NotAllowed):
        registering.approve(device=own_phone(trust), by=trust.hana)


def test_the_keeper_of_one_schools_register_enters_none_for_the_whole_trust(trust):
    elms = trust.person("Ed Elm", Role.CIO, trust.elm)
    with pytest.raises(NotAllowed):
        registering.register(described=Described("camera", None, asset_tag="T-1"), by=elms)


def test_an_asset_tag_is_entered_once_and_the_page_says_so(trust, signed_in):
    form = {"kind": "camera", "whose": "trust", "asset_tag": trust.tablet.asset_tag}
    answer = signed_in(trust.cara).post("/policy/devices/", form)
    assert "in the register already" in answer.content.decode()
    assert Device.objects.count() == 1


def test_the_list_asks_a_fixed_number_of_queries(trust, signed_in, django_assert_max_num_queries):
    client = signed_in(trust.cara)
    for number in range(12):
        said = Described("phone", trust.oak, is_personal=True, owner=trust.tessa)
        device = registering.register(described=said, by=trust.cara)
        if number % 2:
            registering.approve(device=device, by=trust.cara)
    with django_assert_max_num_queries(16):
        client.get("/policy/devices/")


# ── R-065: may a photo of it be used? ────────────────────────────────────────────────────────────
def test_r_065_a_photo_of_the_trusts_own_device_can_be_used(trust):
    assert found(trust.tablet, taken=timezone.now() - A_WEEK) is None


def test_r_065_a_personal_device_without_approval_cannot_be_used(trust):
    assert found(own_phone(trust)) == Trouble.NOT_APPROVED


def test_r_065_a_photo_taken_before_the_approval_cannot_be_used(trust):
    assert found(trust.phone, taken=timezone.now() - A_WEEK) == Trouble.TAKEN_BEFORE


def test_r_065_a_photo_taken_after_the_approval_can_be_used(trust):
    later = timezone.now() + timedelta(minutes=1)
    assert found(trust.phone, taken=later, added=later) is None


def test_r_065_an_exception_for_those_days_lets_it_be_used(trust):
    taken = timezone.now() - A_WEEK
    day = timezone.localdate(taken)
    registering.make_exception(
        device=trust.phone, taken_from=day, taken_until=day, reason="Sports day", by=trust.cara
    )
    assert found(trust.phone, taken=taken) is None
    assert found(trust.phone, taken=taken - A_WEEK) == Trouble.TAKEN_BEFORE


def test_r_065_an_approval_from_paper_counts_from_its_own_day(trust):
    device, day = own_phone(trust), timezone.localdate() - timedelta(days=30)
    with pytest.raises(NotAllowed, match="where it stands"):
        registering.approve(device=device, starts=day, by=trust.cara)
    registering.approve(device=device, starts=day, evidence="Form of 3 May", by=trust.cara)
    assert found(device, taken=timezone.now() - A_WEEK) is None


def test_a_retired_device_takes_no_photos_any_more(trust):
    before = timezone.now()
    registering.retire(device=trust.tablet, by=trust.cara)
    assert found(trust.tablet) == Trouble.RETIRED
    assert found(trust.tablet, added=before) is None


@pytest.mark.parametrize(
    ("press", "said"),
    [
        ({"verb": "approve"}, "Photos taken and added from then on can be used."),
        (
            {"verb": "approve", "starts": "2020-01-01"},
            "For an earlier one say where it stands.",
        ),
        (
            {
                "verb": "except",
                "taken_from": "2026-01-05",
                "taken_until": "2026-01-01",
                "reason": "x",
            },
            "The last day is before the first.",
        ),
        ({"verb": "retire"}, "Photos added from now on cannot be of it."),
    ],
)
def test_what_a_press_did_or_why_not_is_said(trust, signed_in, press, said):
    address = f"/policy/devices/{own_phone(trust).pk}/"
    assert said in signed_in(trust.cara).post(address, press, follow=True).content.decode()
