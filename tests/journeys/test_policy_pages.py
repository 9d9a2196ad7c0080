"""Every page of the policy as its owner and as anybody reads it: on a phone, on a desk, in light
and in dark; and what a safeguarding lead and a Head read of a post that is held."""

from __future__ import annotations

import re

import pytest

from approvals import actions as approvals
from policy import writing
from policy.models import PolicyVersion
from posts.models import Post
from schools.roles import Role
from tests.journeys.walking import in_light_and_dark, press, sign_in, sign_out
from tests.policy.walk import approver, put_in_force

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WRITING = (
    "next/document/",
    "next/terms/",
    "next/routes/",
    "next/words/",
    "next/rules/",
    "next/rules/purpose/",
    "next/rules/photo_permission/",
    "next/clause/",
    "next/formality/",
    "next/announce/",
    "next/tables/purposes/",
    "next/tables/linked_documents/",
    "next/tables/checklist/",
    "next/tables/audiences/",
)
LOOKING_AFTER = (
    "desk/",
    "platforms/",
    "platforms/facebook/",
    "people/",
    "devices/",
    "faces/",
)


def name_of(address: str) -> str:
    return f"policy-{address.strip('/').replace('/', '-') or 'ours'}"


def walk(page, *addresses: str) -> None:
    for address in addresses:
        answer = page.goto(f"/policy/{address}")
        assert answer.status == 200, address
        in_light_and_dark(page, name_of(address))


def test_the_owner_writes_the_next_version_on_any_screen(request, trust):
    page = request.getfixturevalue("phone")
    draft = writing.start(by=trust.cara)
    writing.change(version=draft, by=trust.cara, notes="Shorter, and said more plainly.")
    [first, *rest] = draft.terms["guidance"]
    writing.change_terms(version=draft, by=trust.cara, guidance=[*rest, first, "Ask when unsure."])
    sign_in(page, trust.cara)
    walk(page, "next/", *WRITING, f"versions/{draft.pk}/document/change/")


def test_a_line_is_moved_by_keyboard_and_stands_where_it_went(request, trust):
    page = request.getfixturevalue("phone")
    draft = writing.start(by=trust.cara)
    sign_in(page, trust.cara)
    page.goto("/policy/next/tables/linked_documents/")
    second = page.locator("#id_line-1-title").input_value()
    page.get_by_role("button", name=re.compile("^Up.*line 2")).focus()
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    assert page.locator("#id_line-0-title").input_value() == second
    assert page.url.endswith("#line-1")
    draft.refresh_from_db()
    assert draft.terms["linked_documents"][0]["title"] == second


def test_whoever_looks_after_the_policy_reads_its_pages_on_any_screen(request, trust):
    page = request.getfixturevalue("phone")
    trust.tessa, trust.tablet, trust.phone  # noqa: B018 (made before they are looked at)
    present = PolicyVersion.objects.get(in_force=True)
    sign_in(page, trust.cara)
    walk(page, *LOOKING_AFTER, f"devices/{trust.phone.pk}/", f"people/{trust.tessa.pk}/")
    walk(page, f"versions/{present.pk}/record/")


def test_who_permits_linkedin_reads_who_asks_on_any_screen(request, trust):
    page = request.getfixturevalue("phone")
    sign_in(page, trust.person("Cho Rourke", Role.CHRO, None))
    walk(page, "people/linkedin/")


def test_anybody_reads_the_policy_on_any_screen(request, trust):
    page = request.getfixturevalue("phone")
    walk(page, "", f"versions/{PolicyVersion.objects.get(in_force=True).pk}/")


def test_staff_read_what_the_policy_asks_of_them_on_any_screen(request, trust):
    page = request.getfixturevalue("phone")
    sign_in(page, trust.tessa)
    walk(page, "you/", "you/read/", "you/told/", "you/record/", "you/linkedin/")
    page.goto("/posts/checks/")
    in_light_and_dark(page, "checks")


def test_r_112_whom_posts_are_for_is_chosen_and_counted_on_any_screen(request, trust):
    page = request.getfixturevalue("phone")
    put_in_force(trust, "champion")
    manager, post = approver(trust, "champion"), trust.draft(children=[trust.amira])
    sign_in(page, trust.tessa)
    page.goto(f"/posts/{post.pk}/edit/")
    page.get_by_label("Whom it is for, if you like").select_option("partners")
    in_light_and_dark(page, "audience-chosen")
    press(page.get_by_role("button", name="Save and leave"))
    assert Post.objects.get(pk=post.pk).audience == "partners"
    sign_out(page)
    sign_in(page, manager)
    page.goto("/posts/school/")
    in_light_and_dark(page, "audiences-counted")


def test_r_043_the_lead_holds_a_post_and_lets_it_go_on(request, trust):
    page = request.getfixturevalue("phone")
    post = trust.approved(children=[trust.amira])
    sign_in(page, trust.dot)
    page.goto(f"/posts/{post.pk}/")
    page.get_by_label("Something is wrong with it").fill("It needs another look.")
    page.get_by_label("Why, for safeguarding leads alone").fill("A call from the social worker")
    in_light_and_dark(page, "hold-a-post")
    press(page.get_by_role("button", name="Hold it"))
    page.goto("/children/holds/")
    in_light_and_dark(page, "held-posts")
    press(page.get_by_role("button", name="Let it go on"))
    page.get_by_text("It may go on.").wait_for()


def test_r_043_a_head_reads_whom_to_ask_of_a_held_post(request, trust):
    page = request.getfixturevalue("phone")
    submission = trust.submitted(children=[trust.amira])
    approvals.hold(post=submission.post, by=trust.dot, reason="Another look.", note="Not here")
    sign_in(page, trust.hana)
    for address, name in (("/approvals/", "queue"), (f"/approvals/{submission.pk}/", "decide")):
        page.goto(address)
        in_light_and_dark(page, f"held-{name}")
        assert page.get_by_text("The safeguarding lead decides").first.is_visible()


def test_what_is_overdue_stands_on_the_desk_on_any_screen(request, trust):
    page = request.getfixturevalue("phone")
    PolicyVersion.objects.update(next_review="2025-09-23")
    sign_in(page, trust.cara)
    walk(page, "desk/")
    assert page.get_by_text("Review overdue").is_visible()
