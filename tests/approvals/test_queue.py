"""The Head's queue: who sees what, in which order, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from approvals import actions as approvals
from approvals.models import Submission
from consents.actions import withdraw
from consents.models import ConsentDecision
from policy.models import Channel
from posts import actions as drafting
from posts import picturing
from posts.models import Post, WarningAnswer
from schools.actions import beat, grant_role
from schools.models import Heartbeat
from schools.pulse import SWEEP
from schools.roles import Role
from tests.approvals.pages import queries, words
from tests.cast import declared

pytestmark = pytest.mark.django_db

QUEUE = "/approvals/"


def test_a_post_put_before_the_head_is_in_the_queue(trust, signed_in):
    trust.submitted(title="An aqueduct")
    page = words(signed_in(trust.hana).get(QUEUE))
    assert "1 post waits for you" in page
    assert "An aqueduct Tessa Marlow, Year 4 teacher · Oak" in page


def test_the_head_of_another_school_finds_nothing_of_it(trust, signed_in):
    trust.submitted(title="An aqueduct")
    page = words(signed_in(trust.owen).get(QUEUE))
    assert "Nothing waits for you" in page
    assert "aqueduct" not in page


def test_an_executive_head_of_both_schools_finds_it(trust, signed_in):
    trust.submitted(title="An aqueduct")
    assert "An aqueduct" in words(signed_in(trust.edith).get(QUEUE))


def test_ones_own_post_is_not_in_ones_queue(trust, signed_in):
    trust.submitted(title="The Head’s own", by=trust.hana)
    assert "Nothing waits for you" in words(signed_in(trust.hana).get(QUEUE))


def test_it_is_in_the_queue_of_the_other_head(trust, signed_in):
    trust.submitted(title="The Head’s own", by=trust.hana)
    assert "The Head’s own" in words(signed_in(trust.edith).get(QUEUE))


def test_a_teacher_has_no_queue(trust, signed_in):
    assert signed_in(trust.tessa).get(QUEUE).status_code == 404


def test_somebody_without_a_role_has_no_queue(trust, signed_in):
    assert signed_in(trust.pat).get(QUEUE).status_code == 404


def test_a_deputy_finds_the_posts_while_the_dates_last(trust, signed_in):
    trust.submitted(title="An aqueduct")
    deputy = trust.person("Marcus Bell", Role.STAFF, trust.oak)
    today = timezone.localdate()
    grant_role(user=deputy, role=Role.DEPUTY, school=trust.oak, by=None, ends=today)
    assert "An aqueduct" in words(signed_in(deputy).get(QUEUE))


def test_a_deputy_whose_dates_are_over_finds_no_queue(trust, signed_in):
    deputy = trust.person("Marcus Bell", Role.STAFF, trust.oak)
    grant_role(
        user=deputy,
        role=Role.DEPUTY,
        school=trust.oak,
        by=None,
        starts=timezone.localdate() - timedelta(days=9),
        ends=timezone.localdate() - timedelta(days=1),
    )
    assert signed_in(deputy).get(QUEUE).status_code == 404


def test_the_soonest_is_first_and_those_without_a_time_are_last(trust, signed_in):
    now = timezone.now()
    trust.submitted(title="No time")
    trust.submitted(title="Next week", goes_out_at=now + timedelta(days=7))
    trust.submitted(title="Tomorrow", goes_out_at=now + timedelta(days=1))
    page = words(signed_in(trust.hana).get(QUEUE))
    assert page.index("Tomorrow") < page.index("Next week") < page.index("No time")


def test_the_queue_says_for_whom_every_channel_may_show_it(trust, signed_in):
    trust.submitted(children=[trust.amira], channels=["news", "facebook"])
    page = words(signed_in(trust.hana).get(QUEUE))
    assert "News page 1 may be shown" in page
    assert "Facebook 1 may be shown" in page


def test_the_queue_says_when_a_permission_has_gone_meanwhile(trust, signed_in):
    trust.submitted(children=[trust.amira, trust.tom])
    withdraw(child=trust.tom, giver=trust.mother(trust.tom), by=trust.connie)
    assert "News page 1 of 2 cannot be shown" in words(signed_in(trust.hana).get(QUEUE))


def test_the_queue_shows_the_first_photo(trust, signed_in):
    submission = trust.submitted(children=[trust.amira])
    picture = submission.post.pictures.get()
    page = signed_in(trust.hana).get(QUEUE).content.decode()
    assert f'src="{reverse("posts:photo", args=[picture.pk, "thumb"])}"' in page


def test_a_post_sent_again_says_so_and_what_changed(trust, signed_in):
    submission = trust.submitted(text="We built an aqueduct")
    approvals.return_to_author(submission=submission, by=trust.hana, reason="A comma")
    post = Post.objects.get(pk=submission.post_id)
    drafting.save(
        post=post,
        words=drafting.Words(
            title=post.title,
            text="We built an aqueduct, at last",
            purpose=post.purpose,
            owned_by=None,
            goes_out_at=None,
            channels=[trust.channel("news")],
        ),
        by=trust.tessa,
    )
    approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())
    page = words(signed_in(trust.hana).get(QUEUE))
    assert "sent again" in page
    assert "The words changed. The photos, the people, the channels and the time are the" in page


def test_warnings_the_author_answered_are_counted(trust, signed_in):
    submission = trust.submitted()
    WarningAnswer.objects.create(
        post=submission.post, rule="names_of_others", subject="rose", words="A town", by=trust.tessa
    )
    assert "1 warning, answered by the author" in words(signed_in(trust.hana).get(QUEUE))


def test_what_is_due_soon_may_be_late_and_says_why(trust, signed_in):
    trust.submitted(goes_out_at=timezone.now() + timedelta(minutes=40))
    page = words(signed_in(trust.hana).get(QUEUE))
    assert "May be late" in page
    assert "it is not sent late: it goes back" in page


def test_what_is_due_next_week_is_not_said_to_be_late(trust, signed_in):
    trust.submitted(goes_out_at=timezone.now() + timedelta(days=7))
    assert "May be late" not in words(signed_in(trust.hana).get(QUEUE))


def test_a_paused_channel_is_a_reason(trust, signed_in):
    trust.submitted()
    Channel.objects.filter(school=trust.oak, platform__key="news").update(
        paused_at=timezone.now(), paused_by=trust.cara
    )
    assert "News page is paused" in words(signed_in(trust.hana).get(QUEUE))


def test_a_stop_is_a_reason_and_the_head_can_let_it_go_on(trust, signed_in):
    submission = trust.submitted()
    made = approvals.stop(post=submission.post, by=trust.tessa, reason="Wrong photo")
    answer = signed_in(trust.hana).get(QUEUE)
    assert "Tessa Marlow pressed Stop: Wrong photo" in words(answer)
    assert f'action="/approvals/stops/{made.pk}/resume/"' in answer.content.decode()


@pytest.mark.failure(11)
def test_the_queue_says_in_words_that_nothing_is_being_sent(trust, signed_in):
    beat(SWEEP)
    Heartbeat.objects.update(at=timezone.now() - timedelta(minutes=5))
    assert "Nothing is being sent right now" in words(signed_in(trust.hana).get(QUEUE))


def test_while_the_sweep_runs_nothing_is_said_of_it(trust, signed_in):
    beat(SWEEP)
    assert "Nothing is being sent" not in words(signed_in(trust.hana).get(QUEUE))


def test_posts_of_today_can_be_shown_alone(trust, signed_in):
    soon = timezone.localtime().replace(hour=23, minute=59, second=59)
    trust.submitted(title="Today’s", goes_out_at=soon)
    trust.submitted(title="Whenever")
    page = words(signed_in(trust.hana).get(QUEUE, {"show": "today"}))
    assert "Today’s" in page
    assert "Whenever" not in page


def everybody(trust) -> Submission:
    """A post with a photo of a pupil and an adult."""
    adult = trust.author_visit
    ConsentDecision.objects.create(
        adult=adult,
        platform=trust.platform("news"),
        kind="photo",
        answer="yes",
        way="paper",
        recorded_by=trust.connie,
    )
    post = trust.draft(children=[trust.amira])
    picturing.show_adult(picture=post.pictures.get(), adult=adult, by=trust.tessa)
    picturing.declare(
        picture=post.pictures.get(), people_complete=True, nothing_readable=True, by=trust.tessa
    )
    return approvals.submit(post=Post.objects.get(pk=post.pk), by=trust.tessa, declared=declared())


def many(trust, number: int) -> None:
    """Copies of one real submission, in bulk: the page is measured, not submitting."""
    first = Submission.objects.order_by("pk").first() or everybody(trust)
    post = Post.objects.get(pk=first.post_id)
    fields = {"school": post.school, "author": post.author, "purpose": post.purpose}
    posts = Post.objects.bulk_create(
        [Post(**fields, title=f"Copy {n}", text="x", state=post.state) for n in range(number)]
    )
    Submission.objects.bulk_create(
        [
            Submission(
                post=p,
                number=1 + n % 2,
                revision=1,
                author=post.author,
                submitted_by=post.author,
                digest=first.digest,
                content=first.content,
                policy=first.policy,
            )
            for n, p in enumerate(posts)
        ]
    )


def test_the_queue_asks_as_many_queries_for_25_as_for_2000(trust, signed_in):
    many(trust, 25)
    client = signed_in(trust.hana)
    few = queries(client, QUEUE)
    many(trust, 1_975)
    assert queries(client, QUEUE) == few <= 14


def test_page_80_costs_no_more_than_page_1(trust, signed_in):
    many(trust, 2_000)
    client = signed_in(trust.hana)
    assert queries(client, f"{QUEUE}?page=80") == queries(client, QUEUE)
