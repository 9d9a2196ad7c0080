"""Another policy in force changes what the program asks, with no change of code (issue C)."""

from __future__ import annotations

from datetime import date

import pytest

from approvals import actions as approvals
from approvals.models import ApprovalDecision, Submission
from policy.presets import files
from policy.routes import people
from policy.rulebook import Rulebook
from posts.checks import check
from posts.errors import Refused
from posts.lifecycle import State
from publishing.models import NewsItem
from schools.models import User
from schools.roles import Role
from tests.approvals.pages import words
from tests.cast import declared
from tests.policy.walk import approver, main_job, put_in_force

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("preset", files.keys())


@BOTH
def test_the_main_job_ends_on_the_news_page_under_either_policy(trust, preset):
    put_in_force(trust, preset)
    post = main_job(trust, approver(trust, preset), children=[trust.amira])
    assert post.state == State.CLOSED
    assert NewsItem.objects.get().text == "We built a working aqueduct."


@BOTH
def test_nobody_approves_their_own_post_under_either_policy(trust, preset):
    put_in_force(trust, preset)
    somebody = approver(trust, preset)
    submission = trust.submitted(by=somebody)
    with pytest.raises(Refused, match="Somebody else must decide"):
        approvals.approve(submission=submission, by=somebody)


@BOTH
def test_a_missing_permission_stops_the_post_under_either_policy(trust, preset):
    put_in_force(trust, preset)
    with pytest.raises(Refused, match=r"Rose G\. cannot be shown on News page\."):
        trust.submitted(children=[trust.rose])


def test_r_141_in_champion_a_missing_permission_cites_the_floor(trust):
    put_in_force(trust, "champion")
    with pytest.raises(Refused) as caught:
        trust.submitted(children=[trust.rose])
    assert {f.clause for f in caught.value.findings if f.blocks} == {"Floor R-148, R-152"}


@BOTH
def test_r_116_whatever_stops_a_post_cites_the_policy_in_force_or_the_floor(trust, preset):
    put_in_force(trust, preset)
    post = trust.draft(children=[trust.rose], text="")
    with pytest.raises(Refused) as caught:
        approvals.submit(post=post, by=trust.tessa, declared=declared())
    cited = set(
        Rulebook.in_force().version.rules.filter(on=True).values_list("reference", flat=True)
    )
    assert {f.clause for f in caught.value.findings} <= cited


@BOTH
def test_every_approval_is_stamped_with_the_version_in_force(trust, preset):
    put_in_force(trust, preset)
    main_job(trust, approver(trust, preset))
    assert Submission.objects.get().policy == trust.policy
    assert ApprovalDecision.objects.get().policy == trust.policy


def test_r_123_in_champion_a_head_who_is_no_manager_cannot_confirm(trust):
    put_in_force(trust, "champion")
    with pytest.raises(Refused, match="this school"):
        main_job(trust, trust.hana)


def test_r_123_in_champion_a_manager_of_another_school_cannot_confirm(trust):
    put_in_force(trust, "champion")
    other = trust.person("Ed Elsewhere", Role.MANAGER, trust.elm)
    with pytest.raises(Refused, match="this school"):
        main_job(trust, other)


def test_a_post_that_waits_follows_the_policy_in_force_at_the_decision(trust):
    manager = trust.person("Mo Manager", Role.MANAGER, trust.oak)
    submission = trust.submitted()
    with pytest.raises(Refused):
        approvals.approve(submission=submission, by=manager)
    put_in_force(trust, "champion")
    hana = User.objects.get(pk=trust.hana.pk)
    with pytest.raises(Refused):
        approvals.approve(submission=submission, by=hana)
    made = approvals.approve(submission=submission, by=User.objects.get(pk=manager.pk))
    assert (made.outcome, made.policy) == ("approved", trust.policy)


def test_a_manager_finds_the_queue_where_managers_confirm(trust, signed_in):
    put_in_force(trust, "champion")
    trust.submitted(title="The great aqueduct")
    page = signed_in(approver(trust, "champion")).get("/", follow=True)
    assert "The great aqueduct" in words(page)


def test_a_manager_has_no_queue_where_heads_confirm(trust, signed_in):
    manager = trust.person("Mo Manager", Role.MANAGER, trust.oak)
    assert signed_in(manager).get("/approvals/").status_code == 404


def _of(name: str):
    return lambda book: getattr(book.terms, name)


def _route(name: str):
    return lambda book: getattr(book.terms.routes, name)


def _cited(key: str):
    """Whose rule it is, or that there is none."""
    return lambda book: book.rule(key).source if book.is_on(key) else None


HEADS = (Role.HEAD, Role.EXECUTIVE_HEAD)
TO_HEADS = (("head",), ("executive_head",), ("ceo",))
MANAGER = (("line_manager",), ("manager",))
# requirements.md, section 5: each key, then what it is under Sovereign and under Champion.
DIFFER = {
    "review_months": (lambda book: book.version.review_months, 12, 24),
    "next_review": (lambda book: book.version.next_review, date(2025, 9, 23), date(2022, 11, 1)),
    "change_notice": (_of("change_notice_months"), 1, 0),
    "activation_requires": (
        lambda book: set(book.terms.activation_requires),
        {"sign_off", "board_minute"},
        {"sign_off", "union_consultation"},
    ),
    "covered_people": (lambda book: "volunteer" in book.terms.covered_people, True, False),
    "platforms_named": (
        lambda book: [p.name for p in book.terms.platforms_named if p.status == "retired"],
        [],
        ["Google+", "Skype"],
    ),
    "approver_roles": (_of("approver_roles"), HEADS, (Role.MANAGER,)),
    "account_use_grant": (_of("account_use"), "authorised_users", "manager_consent"),
    "training_gate": (_of("training_gate"), "head_may_require", "off"),
    "device_rule": (_of("device_rule"), "approved_only", "record_only"),
    "positive_only": (_of("positive_only"), True, False),
    "names_need_extra_consent": (_cited("name_permission"), "clause", "floor"),
    "parental_consent_per_platform": (_cited("photo_permission"), "clause", "floor"),
    "adult_permission": (_cited("adult_permission"), "clause", "floor"),
    "logo_permission": (_of("logo_permission"), HEADS, ()),
    "query_route": (_route("query"), (("line_manager", "head", "executive_head"),), MANAGER),
    "policy_question_route": (
        _route("policy_question"),
        (("cio",), ("ceo",)),
        (*MANAGER, ("chro",)),
    ),
    "misuse_route": (
        _route("misuse"),
        (("executive_head", "head", "ceo"), ("chro",)),
        (("manager",), ("chro",)),
    ),
    "harmful_content_route": (_route("harmful_content"), TO_HEADS, (("manager",), ("chro",))),
    "media_enquiry_route": (_route("media_enquiry"), TO_HEADS, (("manager",), ("ceo",))),
    "personal_use_text": (lambda book: "never" in book.terms.personal_use[0], True, False),
    "linkedin_exception": (_of("linkedin_exception"), (Role.CHRO,), ()),
    "monitoring_notice": (lambda book: len(book.terms.monitoring_notice), 5, 2),
    "linked_documents": (lambda book: len(book.terms.linked_documents), 7, 3),
    "removal_clause": (_cited("removal"), "clause", "floor"),
}


def test_each_key_in_which_the_trusts_differ_changes_with_the_preset_alone(trust):
    asked = Rulebook.in_force()
    before = {key: ask(asked) for key, (ask, *_) in DIFFER.items()}
    put_in_force(trust, "champion")
    asked = Rulebook.in_force()
    after = {key: ask(asked) for key, (ask, *_) in DIFFER.items()}
    assert before == {key: sovereign for key, (_, sovereign, _) in DIFFER.items()}
    assert after == {key: champion for key, (_, _, champion) in DIFFER.items()}
    assert [key for key in DIFFER if before[key] == after[key]] == []


def test_r_104_and_r_126_a_question_goes_to_the_headteacher_or_the_manager(trust):
    manager = trust.person("Mo Manager", Role.MANAGER, trust.oak)
    assert people("copyright", trust.oak, asking=trust.tessa) == []
    hana = trust.hana
    assert people("copyright", trust.oak, asking=trust.tessa) == [hana]
    put_in_force(trust, "champion")
    assert people("copyright", trust.oak, asking=trust.tessa) == [manager]


def test_r_076_a_reminder_needs_no_head_where_the_policy_names_none(trust):
    post = trust.draft()
    for preset, asks in (("sovereign", True), ("champion", False)):
        put_in_force(trust, preset)
        purpose = trust.policy.purposes.get(key="reminder")
        type(post).objects.filter(pk=post.pk).update(purpose=purpose, owned_by=None)
        keys = {f.rule for f in check(type(post).objects.get(pk=post.pk)).findings}
        assert ("reminder_owner" in keys) is asks


def test_a_draft_keeps_its_purpose_by_its_key(trust):
    post = trust.draft()
    put_in_force(trust, "champion")
    kept = type(post).objects.get(pk=post.pk)
    assert (kept.purpose.key, kept.purpose.version) == ("children", trust.policy)
    assert kept.revision == post.revision


def test_a_draft_whose_purpose_is_gone_is_asked_again(trust):
    post = trust.draft()
    purpose = trust.policy.purposes.get(key="achievement")
    type(post).objects.filter(pk=post.pk).update(purpose=purpose)
    put_in_force(trust, "champion")
    found = check(type(post).objects.get(pk=post.pk)).findings
    assert "Choose what this post is for." in {f.message for f in found}


def test_what_was_approved_keeps_the_purpose_of_its_own_version_and_goes_out(trust):
    post = trust.approved()
    before = post.purpose
    put_in_force(trust, "champion")
    trust.send_all()
    sent = type(post).objects.get(pk=post.pk)
    assert (sent.state, sent.purpose) == (State.CLOSED, before)
