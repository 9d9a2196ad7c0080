"""Nobody drafts, submits or decides before they read the version in force (R-030)."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from approvals import actions as approvals
from audit.models import Event
from policy.acknowledging import acknowledge, show_notice
from policy.asked import asked_of, digest
from policy.models import Acknowledgement, NoticeShown, PolicyVersion, Rule
from policy.rulebook import Rulebook
from posts import actions as drafting
from posts.errors import NotPossible, Refused
from posts.lifecycle import State
from posts.models import Post
from schools.actions import grant_role
from schools.errors import NotAllowed
from schools.models import User
from schools.roles import Role
from tests.approvals.pages import words
from tests.cast import PASSWORD, declared
from tests.policy.walk import put_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def nia(trust):
    """Somebody new at Oak, who has seen nothing yet."""
    user = User.objects.create_user("nia@demo.example", PASSWORD, name="Nia New")
    grant_role(user=user, role=Role.STAFF, school=trust.oak, by=None)
    return user


def another_version() -> None:
    """The trust's next version comes into force; its rules are those of the last."""
    old = PolicyVersion.objects.get(in_force=True)
    rules = list(old.rules.all())
    PolicyVersion.objects.update(in_force=False)
    new = PolicyVersion.objects.get(pk=old.pk)
    new.pk, new.number, new.in_force = None, "6.0", True
    new.in_force_since = timezone.now()
    new.save()
    for rule in rules:
        rule.pk, rule.version = None, new
    Rule.objects.bulk_create(rules)


def reads(user: User) -> Acknowledgement:
    return acknowledge(by=user, seen=asked_of(user, Rulebook.in_force()).digest)


# ── the table ────────────────────────────────────────────────────────────────────────────────────
def test_r_030_a_version_is_acknowledged_once(trust, nia):
    said = reads(nia)
    with pytest.raises(IntegrityError), transaction.atomic():
        Acknowledgement.objects.create(
            user=nia, version=said.version, covers=said.covers, text=said.text
        )


def test_r_030_what_was_acknowledged_cannot_be_changed(trust, nia):
    said = reads(nia)
    with pytest.raises(DatabaseError), transaction.atomic():
        Acknowledgement.objects.filter(pk=said.pk).update(at=timezone.now())


# ── drafting ─────────────────────────────────────────────────────────────────────────────────────
def test_r_030_whoever_has_not_read_it_starts_no_draft(trust, nia):
    with pytest.raises(Refused) as caught:
        drafting.start(school=trust.oak, by=nia)
    [finding] = caught.value.findings
    assert (finding.rule, finding.clause) == ("acknowledged", "Personnel, para 4, 1")
    assert finding.blocks


def test_r_030_whoever_has_read_it_does(trust, nia):
    reads(nia)
    assert drafting.start(school=trust.oak, by=nia).state == State.DRAFT


def test_r_030_reading_the_last_version_is_not_reading_this_one(trust, nia):
    reads(nia)
    drafting.start(school=trust.oak, by=nia)
    another_version()
    with pytest.raises(Refused, match=r"Sovereign policy 6\.0"):
        drafting.start(school=trust.oak, by=nia)


def test_r_030_without_it_a_draft_can_be_read_and_not_written(trust, signed_in):
    post = trust.draft(title="An aqueduct")
    another_version()
    client = signed_in(trust.tessa)
    answer = client.get(f"/posts/{post.pk}/edit/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/posts/{post.pk}/"
    assert "You have not said yet that you read Sovereign policy 6.0" in words(answer)
    assert f"/policy/you/read/?next=/posts/{post.pk}/" in answer.content.decode()


def test_r_030_and_is_not_saved_by_sending_the_form_all_the_same(trust, signed_in):
    post = trust.draft(title="An aqueduct")
    another_version()
    signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", {"title": "Other", "text": "Other"})
    assert Post.objects.get(pk=post.pk).title == "An aqueduct"


def test_r_030_nor_put_before_the_head(trust):
    post = trust.draft()
    another_version()
    with pytest.raises(NotPossible, match="not said yet"):
        approvals.submit(post=post, by=trust.tessa, declared=declared())


def test_r_030_a_colleague_who_has_read_it_cannot_submit_for_one_who_has_not(trust):
    post = trust.draft()
    another_version()
    reads(trust.uma)
    with pytest.raises(Refused, match="Tessa Marlow has not said yet"):
        approvals.submit(post=post, by=trust.uma, declared=declared())


def test_r_030_the_page_for_a_new_post_says_what_to_do_first(trust, nia, signed_in):
    page = signed_in(nia).get("/posts/new/")
    assert "Read it now" in words(page)
    assert "Start a draft" not in words(page)


# ── deciding ─────────────────────────────────────────────────────────────────────────────────────
def test_r_030_a_head_who_has_not_read_it_approves_nothing(trust):
    submission = trust.submitted()
    assert trust.hana.pk
    another_version()
    reads(trust.tessa)
    with pytest.raises(Refused) as caught:
        approvals.approve(submission=submission, by=trust.hana)
    assert {f.rule for f in caught.value.findings} >= {"acknowledged"}


def test_r_030_the_heads_page_leads_to_reading_it(trust, signed_in):
    submission, hana = trust.submitted(), trust.hana
    another_version()
    page = signed_in(hana).get(f"/approvals/{submission.pk}/")
    assert f"/policy/you/read/?next=/approvals/{submission.pk}/" in page.content.decode()


def test_r_030_what_a_head_approved_goes_out_though_a_new_version_came_meanwhile(trust):
    post = trust.approved()
    another_version()
    trust.send_all()
    assert Post.objects.get(pk=post.pk).state == State.CLOSED


# ── the page ─────────────────────────────────────────────────────────────────────────────────────
def test_r_030_pressing_keeps_version_time_and_the_exact_words(trust, nia, signed_in):
    client = signed_in(nia)
    seen = client.get("/policy/you/read/").context["asked"]
    client.post("/policy/you/read/", {"seen": seen.digest, "next": "/posts/"})
    said = Acknowledgement.objects.get(user=nia)
    assert (said.version, said.covers) == (trust.policy, "policy")
    assert said.text.words == seen.words
    assert said.text.digest == digest(said.text.words) == seen.digest
    [event] = Event.objects.about(said)
    assert (event.verb, event.actor_id) == ("policy.acknowledged", nia.pk)


def test_r_030_other_words_than_those_in_force_are_not_acknowledged(trust, nia):
    with pytest.raises(NotAllowed, match="changed since"):
        acknowledge(by=nia, seen=digest("Something else"))
    assert not Acknowledgement.objects.filter(user=nia).exists()


def test_after_it_one_goes_on_where_one_was_and_nowhere_else(trust, nia, signed_in):
    seen = asked_of(nia, Rulebook.in_force()).digest
    client = signed_in(nia)
    there = client.post("/policy/you/read/", {"seen": seen, "next": "/posts/"})
    away = client.post("/policy/you/read/", {"seen": seen, "next": "https://elsewhere.example/"})
    assert (there.url, away.url) == ("/posts/", "/")


def test_r_007_the_page_lists_every_linked_document_of_the_policy_in_force(trust, nia, signed_in):
    for preset in ("sovereign", "champion"):
        put_in_force(trust, preset)
        documents = Rulebook.in_force().terms.linked_documents
        page = words(signed_in(nia).get("/policy/you/read/"))
        assert documents
        assert [d.title for d in documents if d.title not in page] == []


def test_r_051_the_page_says_you_have_been_told_and_offers_no_box_to_agree(trust, nia, signed_in):
    page = signed_in(nia).get("/policy/you/read/")
    assert "You have been told" in words(page)
    assert 'type="checkbox"' not in page.content.decode()


# ── who is covered ───────────────────────────────────────────────────────────────────────────────
def test_r_006_agency_staff_are_asked_exactly_like_employees(trust, nia):
    book = Rulebook.in_force()
    as_employee = asked_of(nia, book)
    nia.category = User.Category.AGENCY
    assert asked_of(nia, book).words == as_employee.words


def test_r_117_under_champion_a_volunteer_is_asked_for_the_terms_and_an_employee_for_the_policy(
    trust, nia
):
    put_in_force(trust, "champion")
    employee = reads(nia)
    User.objects.filter(pk=nia.pk).update(category=User.Category.VOLUNTEER)
    volunteer = reads(User.objects.get(pk=nia.pk))
    assert (employee.covers, volunteer.covers) == ("policy", "terms")
    assert volunteer.text.words
    assert employee.text != volunteer.text


def test_r_117_who_accepted_the_terms_and_becomes_an_employee_reads_the_policy(trust, nia):
    put_in_force(trust, "champion")
    User.objects.filter(pk=nia.pk).update(category=User.Category.VOLUNTEER)
    reads(User.objects.get(pk=nia.pk))
    User.objects.filter(pk=nia.pk).update(category=User.Category.EMPLOYEE)
    with pytest.raises(Refused):
        drafting.start(school=trust.oak, by=User.objects.get(pk=nia.pk))


# ── told ─────────────────────────────────────────────────────────────────────────────────────────
def test_r_049_the_first_sign_in_shows_the_notice_and_keeps_when(trust, nia):
    client = Client()
    form = {"username": nia.email, "password": PASSWORD}
    answer = client.post("/sign-in/?next=/posts/", form | {"next": "/posts/"})
    assert answer.url == "/policy/you/told/?next=%2Fposts%2F"
    before = timezone.now()
    page = client.get(answer.url)
    shown = NoticeShown.objects.get(user=nia)
    assert before <= shown.at <= timezone.now()
    for line in Rulebook.in_force().terms.monitoring_notice:
        assert line in words(page)
    assert 'href="/posts/"' in page.content.decode()


def test_r_049_the_second_sign_in_goes_straight_on(trust, nia):
    show_notice(to=nia)
    answer = Client().post("/sign-in/", {"username": nia.email, "password": PASSWORD})
    assert answer.url == "/"


def test_r_049_the_time_of_the_first_showing_stays(trust, nia, signed_in):
    first = show_notice(to=nia)
    signed_in(nia).get("/policy/you/told/")
    assert NoticeShown.objects.get(user=nia).at == first.at


def test_r_049_another_version_has_a_notice_of_its_own(trust, nia):
    show_notice(to=nia)
    put_in_force(trust, "champion")
    answer = Client().post("/sign-in/", {"username": nia.email, "password": PASSWORD})
    assert answer.url.startswith("/policy/you/told/")


# ── the rule card ────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("preset", ["sovereign", "champion"])
def test_r_064_and_r_115_the_card_beside_the_editor_is_that_of_the_policy_in_force(
    trust, signed_in, preset
):
    put_in_force(trust, preset)
    page = words(signed_in(trust.tessa).get(f"/posts/{trust.draft().pk}/edit/"))
    book = Rulebook.in_force()
    assert book.shown("card")
    wanted = [rule.text for rule in book.shown("card")] + list(book.terms.guidance)
    assert [line for line in wanted if line not in page] == []
