"""What took a photo, whether it may be used, and what is still on somebody's own phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from approvals import actions as approvals
from policy import registering
from policy.models import Device
from policy.registering import Described
from posts import picturing
from posts.errors import NotPossible, Refused
from posts.models import Deletion
from posts.origins import deleting, exceptions
from posts.origins.actions import last_device, usable_devices
from schools.models import Notice
from schools.roles import Role
from tests.cast import declared
from tests.posts.origins.saying import file_says, found, photo_of, say, switch, told

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)
GONE = {"from_device": True, "from_backup": True, "from_bin": True}


def with_phone(trust):
    """A photo of Tessa's own approved phone. The phone is approved before the photo is added."""
    phone, post = trust.phone, trust.draft(photos=1)
    say(trust, post, device=phone)
    return post


# ── R-065 ────────────────────────────────────────────────────────────────────────────────────────
def test_r_065_each_photo_we_took_names_its_device(trust):
    post = trust.draft(photos=1)
    say(trust, post, device=None)
    assert told(post, "device_approved") == ["Say what photo 1 was taken with."]


def test_r_065_what_others_made_names_none(trust):
    post = trust.draft(photos=1)
    say(trust, post, rights="licensed", device=None)
    assert found(post, "device_approved") == []


def test_r_065_approved_today_but_taken_last_week_is_refused(trust):
    post = with_phone(trust)
    file_says(photo_of(post), taken=timezone.now() - A_WEEK)
    assert told(post, "device_approved") == [
        "Photo 1 was taken before Tessa Marlow’s phone (Fairphone) was approved."
    ]


def test_r_065_unless_the_cio_records_an_exception(trust):
    post, taken = with_phone(trust), timezone.now() - A_WEEK
    file_says(photo_of(post), taken=taken)
    day = timezone.localdate(taken)
    registering.make_exception(
        device=trust.phone, taken_from=day, taken_until=day, reason="Sports day", by=trust.cara
    )
    assert found(post, "device_approved") == []


def test_r_065_the_author_asks_for_the_exception_with_one_press(trust, signed_in):
    post = with_phone(trust)
    file_says(photo_of(post), taken=timezone.now() - A_WEEK)
    trust.cara  # noqa: B018 (made before she is told)
    press = {"way": f"ask_exception picture={photo_of(post).pk}", "text": post.text}
    signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", press)
    told_her = Notice.objects.get(user=trust.cara, subject__startswith="An exception")
    assert told_her.path == f"/policy/devices/{trust.phone.pk}/"


def test_no_exception_is_asked_for_a_photo_that_needs_none(trust):
    post = trust.draft(photos=1)
    with pytest.raises(NotPossible, match="needs no exception"):
        exceptions.ask(picture=photo_of(post), by=trust.tessa)


def test_r_065_a_photo_added_before_the_approval_is_refused(trust):
    post = trust.draft(photos=1)
    say(trust, post, device=trust.phone)
    assert "was not approved when the photo was added" in told(post, "device_approved")[0]


def test_r_067_ending_an_approval_leaves_earlier_photos_alone(trust):
    post = with_phone(trust)
    registering.end_approval(approval=trust.phone.approvals.get(), by=trust.cara)
    assert found(post, "device_approved") == []


def test_the_file_naming_another_device_is_asked_not_refused(trust):
    post = trust.draft(photos=1)
    file_says(photo_of(post), make="Canon", model="EOS 90D")
    [finding] = found(post, "device_differs")
    assert finding.asks
    assert "The file of photo 1 says Canon EOS 90D" in finding.message


@pytest.mark.parametrize(
    "facts", [{}, {"make": "Apple", "model": "iPad (9th generation)"}, {"make": "APPLE"}]
)
def test_a_file_that_says_the_same_or_nothing_asks_nobody(trust, facts):
    post = trust.draft(photos=1)
    file_says(photo_of(post), **facts)
    assert found(post, "device_differs") == []


def test_a_camera_whose_clock_was_never_set_costs_nothing(trust):
    post = with_phone(trust)
    file_says(photo_of(post), taken_at="0000:00:00 00:00:00")
    assert found(post, "device_approved") == []


def test_what_the_file_says_stands_beside_what_is_said(trust, signed_in):
    post = trust.draft(photos=1)
    file_says(photo_of(post), make="Canon", model="EOS 90D")
    page = signed_in(trust.tessa).get(f"/posts/photos/{photo_of(post).pk}/origin/")
    assert "Canon EOS 90D" in page.content.decode()


def test_a_file_with_another_serial_number_than_the_register_s_is_asked(trust):
    post = trust.draft(photos=1)
    Device.objects.filter(pk=trust.tablet.pk).update(serial="DMPX-123")
    file_says(photo_of(post), make="Apple", model="iPad", serial="dmpx123")
    assert found(post, "device_differs") == []
    file_says(photo_of(post), make="Apple", model="iPad", serial="DMPX1234")
    [finding] = found(post, "device_differs")
    assert "says Apple iPad, number DMPX1234; you said" in finding.message


def origin_page(trust, signed_in, **facts) -> str:
    post = trust.draft(photos=1)
    file_says(photo_of(post), **facts)
    page = signed_in(trust.tessa).get(f"/posts/photos/{photo_of(post).pk}/origin/")
    return page.content.decode()


def test_all_that_the_file_says_is_shown_as_evidence_and_no_proof(trust, signed_in):
    page = origin_page(
        trust,
        signed_in,
        make="Apple",
        model="iPad",
        serial="DMPX1",
        software="Snapseed",
        has_gps=True,
    )
    told = "Apple iPad, number DMPX1, last written by “Snapseed”, with the place where it was taken"
    assert told in page
    assert "so this proves nothing" in page


def test_it_is_compared_with_the_register(trust, signed_in):
    page = origin_page(trust, signed_in, make="Apple", model="iPad")
    assert "Like that in the register: Apple iPad, OAK-017." in page


def test_what_the_register_does_not_have_is_said(trust, signed_in):
    page = origin_page(trust, signed_in, make="Canon", model="EOS 90D")
    assert "No device in the register is like that." in page


def test_a_file_that_says_nothing_is_compared_with_nothing(trust, signed_in):
    page = origin_page(trust, signed_in)
    assert "nothing about device or time" in page
    assert "register" not in page.split("<form")[0]


def test_the_head_reads_both(trust, signed_in):
    submission = trust.submitted(photos=1)
    file_says(photo_of(submission.post), make="Apple", model="iPad")
    page = signed_in(trust.hana).get(f"/approvals/{submission.pk}/").content.decode()
    assert "We made it, with Apple iPad, OAK-017." in page
    assert "The file says: Apple iPad." in page


def test_the_device_named_last_is_offered_first(trust):
    assert last_device(trust.tessa) is None
    trust.draft(photos=1)
    assert last_device(trust.tessa) == trust.tablet.pk


def test_another_schools_device_is_neither_offered_nor_taken(trust):
    elms = registering.register(
        described=Described("camera", trust.elm, asset_tag="ELM-1"), by=trust.cara
    )
    post = trust.draft(photos=1)
    assert elms not in usable_devices(post)
    with pytest.raises(NotPossible, match="another school"):
        say(trust, post, device=elms)


def test_a_phone_that_is_not_approved_is_not_offered(trust):
    said = Described("phone", trust.oak, is_personal=True, owner=trust.tessa)
    phone = registering.register(described=said, by=trust.cara)
    assert phone not in usable_devices(trust.draft())


def test_r_124_where_the_policy_only_records_a_personal_phone_is_accepted(trust, signed_in):
    for rule in ("device_approved", "photo_deleted", "device_differs"):
        switch(trust, rule, on=False)
    post = trust.draft()
    trust.add_photos(post, 1, said=False)
    press = {"then": "took", "took_with": "kind:own", "text": post.text}
    signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", press)
    assert photo_of(post).device_kind == "own"
    assert found(post, "device_approved", "photo_deleted", "rights") == []


# ── R-066 ────────────────────────────────────────────────────────────────────────────────────────
def test_r_066_the_post_waits_until_the_photo_is_gone_from_the_phone(trust):
    post = with_phone(trust)
    with pytest.raises(Refused, match="is to be deleted from Tessa Marlow’s phone"):
        approvals.submit(post=post, by=trust.tessa, declared=declared())
    owed = Deletion.objects.get()
    deleting.confirm(deletions=[owed.pk], by=trust.tessa, **GONE)
    assert approvals.submit(post=post, by=trust.tessa, declared=declared())


def test_r_066_its_owner_is_asked_at_once(trust):
    with_phone(trust)
    assert Notice.objects.filter(user=trust.tessa, subject__startswith="To be deleted").count() == 1


@pytest.mark.parametrize("forgotten", GONE)
def test_r_066_the_cloud_copy_and_the_bin_count_too(trust, forgotten):
    with_phone(trust)
    with pytest.raises(NotPossible, match="all three"):
        deleting.confirm(
            deletions=[Deletion.objects.get().pk], by=trust.tessa, **GONE | {forgotten: False}
        )


def test_r_066_half_a_confirmation_cannot_be_stored(trust):
    with_phone(trust)
    with pytest.raises(IntegrityError, match="deletion_confirmed_whole"):
        Deletion.objects.update(confirmed_at=timezone.now(), from_device=True)


def test_r_066_nobody_confirms_for_the_owner(trust):
    with_phone(trust)
    done = deleting.confirm(deletions=[Deletion.objects.get().pk], by=trust.hana, **GONE)
    assert done == 0
    assert Deletion.objects.open().count() == 1


def test_r_066_after_a_day_the_owner_is_reminded_and_the_heads_are_told_once(trust):
    trust.hana  # noqa: B018 (made before she is told)
    with_phone(trust)
    later = timezone.now() + timedelta(hours=25)
    assert deleting.chase(at=timezone.now() + timedelta(hours=23)) == 0
    assert deleting.chase(at=later) == 1
    assert deleting.chase(at=later) == 0
    assert Notice.objects.filter(user=trust.tessa, subject__startswith="Still to be").count() == 1
    assert Notice.objects.filter(user=trust.hana, subject__startswith="Not confirmed").count() == 1


def test_r_066_the_head_sees_who_has_not_confirmed(trust, signed_in):
    with_phone(trust)
    Deletion.objects.update(asked_at=timezone.now() - timedelta(days=2))
    page = signed_in(trust.hana).get("/posts/deletions/").content.decode()
    assert "Tessa Marlow" in page.split("Not confirmed for a day or more")[1]


def test_r_066_another_schools_head_does_not(trust, signed_in):
    with_phone(trust)
    Deletion.objects.update(asked_at=timezone.now() - timedelta(days=2))
    page = signed_in(trust.owen).get("/posts/deletions/").content.decode()
    assert "Tessa Marlow" not in page


def test_r_066_taking_the_photo_out_of_the_draft_does_not_delete_it_from_the_phone(trust):
    post = with_phone(trust)
    picturing.remove(picture=photo_of(post), by=trust.tessa)
    assert Deletion.objects.open().get().owner == trust.tessa


def test_r_066_a_phone_named_by_mistake_is_asked_no_longer(trust):
    post = with_phone(trust)
    say(trust, post, device=trust.tablet)
    assert not Deletion.objects.exists()


def test_r_066_a_confirmation_is_no_word_about_another_phone(trust):
    said = Described("phone", trust.oak, is_personal=True, owner=trust.hana)
    other = registering.register(described=said, by=trust.cara)
    registering.approve(device=other, by=trust.cara)
    post = with_phone(trust)
    deleting.confirm(deletions=[Deletion.objects.get().pk], by=trust.tessa, **GONE)
    say(trust, post, device=other)
    assert told(post, "photo_deleted") != []
    assert Deletion.objects.exclude(confirmed_at=None).get().owner == trust.tessa


def test_r_066_the_trusts_own_device_owes_nothing(trust):
    trust.draft(photos=1)
    assert not Deletion.objects.exists()


def test_r_066_the_page_confirms_with_three_ticks(trust, signed_in):
    with_phone(trust)
    press = {"photo": [Deletion.objects.get().pk]} | dict.fromkeys(GONE, "on")
    page = signed_in(trust.tessa).post("/posts/deletions/", press, follow=True).content.decode()
    assert "Kept: 1 photo is gone." in page


def test_a_colleague_of_the_owner_may_use_the_photo_but_not_confirm(trust, signed_in):
    with_phone(trust)
    colleague = trust.person("Bilal Aziz", Role.STAFF, trust.oak)
    press = {"photo": [Deletion.objects.get().pk]} | dict.fromkeys(GONE, "on")
    signed_in(colleague).post("/posts/deletions/", press)
    assert Deletion.objects.open().count() == 1
