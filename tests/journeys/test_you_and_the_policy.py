"""What the policy asks of people, where they meet it: before the first draft, at the accounts, and
where somebody must say yes as well."""

from __future__ import annotations

import re

import pytest

from policy.models import Channel
from policy.restricting import restrict
from tests.journeys.walking import in_light_and_dark, look, press, sign_in
from tests.policy.walk import approver, put_in_force

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_r_030_a_newcomer_is_led_to_the_policy_from_my_posts(request, trust):
    page = request.getfixturevalue("phone")
    sign_in(page, trust.newcomer())
    page.goto("/posts/")
    in_light_and_dark(page, "mine-newcomer")
    press(page.get_by_role("link", name="Read it now").first)
    page.get_by_role("heading", name=re.compile("policy", re.I)).first.wait_for()


def test_r_122_a_manager_lets_somebody_use_an_account(request, trust):
    page = request.getfixturevalue("phone")
    trust.uma, trust.tessa  # noqa: B018 (made before the browser looks for them)
    put_in_force(trust, "champion")
    sign_in(page, approver(trust, "champion"))
    page.goto("/policy/people/accounts/")
    in_light_and_dark(page, "accounts")
    page.goto("/policy/you/")
    in_light_and_dark(page, "you-manager")
    assert page.get_by_role("heading", name="Need advice?").is_visible()


def test_r_057_who_must_say_yes_as_well_finds_where(request, trust):
    page = request.getfixturevalue("phone")
    restrict(
        user=trust.tessa,
        school=trust.oak,
        by=trust.hana,
        reason="New to the job",
        extra_approver=trust.edith,
    )
    submission = trust.submitted(children=[trust.amira])
    sign_in(page, trust.edith)
    page.goto(f"/posts/{submission.post_id}/")
    in_light_and_dark(page, "yes-as-well")
    press(page.get_by_role("button", name=re.compile("yes", re.I)).first)
    page.get_by_text("Your yes is kept.").wait_for()


def test_r_046_an_account_says_with_which_mailbox_it_is_registered(request, trust):
    page = request.getfixturevalue("phone")
    sign_in(page, trust.cara)
    page.goto("/publishing/channels/")
    in_light_and_dark(page, "channels")
    page.goto(f"/publishing/channels/{trust.channel('facebook').pk}/")
    page.get_by_label("Mailbox it is registered with").fill("news@oak.example")
    press(page.get_by_role("button", name="Keep this mailbox"))
    in_light_and_dark(page, "channel")
    assert Channel.objects.get(pk=trust.channel("facebook").pk).mailbox == "news@oak.example"


def test_what_was_found_is_taken_out_at_one_press(request, trust):
    page = request.getfixturevalue("phone")
    trust.tom  # noqa: B018 (on the roll)
    post = trust.draft(text="Well done Tom! Ring us on 0114 496 0123.")
    sign_in(page, trust.tessa)
    page.goto(f"/posts/{post.pk}/edit/")
    in_light_and_dark(page, "take-out")
    press(page.get_by_role("button", name="Take out “0114 496 0123”"))
    page.get_by_text("Taken out: “0114 496 0123”.").wait_for()
    look(page, "taken-out")
    assert page.get_by_label("For every channel").input_value() == "Well done Tom! Ring us on."
