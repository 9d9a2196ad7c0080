"""Ghost jobs and wrong versions (failures 17 to 20)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from approvals import actions as approvals
from approvals.models import Submission
from policy.rulebook import Rulebook
from posts import actions as drafting
from posts.actions import Words
from posts.errors import NotPossible
from posts.forms import DraftForm
from posts.models import Post
from posts.whole import WholePost
from publishing import sweeping
from publishing.models import Delivery
from publishing.sending import send
from schools.models import User
from tests.cast import declared
from tests.together import at_once

pytestmark = pytest.mark.django_db

THREE, FOUR = "We built a bridge.", "We built a bridge, and it fell down."


def fresh(post: Post) -> Post:
    return Post.objects.get(pk=post.pk)


def save(trust, post: Post, **other) -> bool:
    """Tessa saves the draft as it is, but for this."""
    words = {
        "title": post.title,
        "text": post.text,
        "purpose": post.purpose,
        "owned_by": post.owned_by,
        "goes_out_at": post.goes_out_at,
        "channels": [w.channel for w in post.wordings.select_related("channel")],
    }
    return drafting.save(post=post, words=Words(**words | other), by=trust.tessa)


def decide_anew(trust, post: Post) -> Submission:
    """Before the Head once more, and approved."""
    submission = approvals.submit(post=fresh(post), by=trust.tessa, declared=declared())
    approvals.approve(submission=submission, by=trust.hana)
    return submission


def throw_away(*, post: Post, by: User) -> None:
    """Taken back, and then thrown away."""
    approvals.take_back(post=post, by=by)
    drafting.withdraw(post=post, by=by)


# ── 17 ───────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.failure(17)
@pytest.mark.parametrize("verb", [approvals.take_back, throw_away], ids=["back", "away"])
def test_what_is_deleted_while_a_worker_holds_its_number_is_not_sent(trust, p, verb):
    soon = timezone.now() + timedelta(hours=2)
    post = trust.approved(children=[trust.amira], goes_out_at=soon)
    [number] = sweeping.sweep(at=soon)
    verb(post=fresh(post), by=trust.tessa)
    assert send(number, at=soon) == "refused"
    assert p.creates == []


@pytest.mark.failure(17)
def test_what_was_moved_goes_out_at_its_new_time_and_not_at_the_old(trust, p):
    soon = timezone.now() + timedelta(hours=2)
    post = trust.approved(children=[trust.amira], goes_out_at=soon)
    sweeping.sweep()
    number = trust.delivery(post).pk
    approvals.take_back(post=post, by=trust.tessa)
    save(trust, fresh(post), goes_out_at=soon + timedelta(days=1))
    decide_anew(trust, post)
    sweeping.sweep(at=soon)
    assert send(number, at=soon) == "not due"
    assert trust.send_all(at=soon + timedelta(days=1)) == ["sent"]
    assert len(p.creates) == 1


@pytest.mark.failure(17)
def test_what_was_taken_back_and_is_with_the_head_again_is_not_sent_meanwhile(trust, p):
    soon = timezone.now() + timedelta(hours=2)
    post = trust.approved(goes_out_at=soon)
    [number] = sweeping.sweep(at=soon)
    approvals.take_back(post=fresh(post), by=trust.tessa)
    approvals.submit(post=fresh(post), by=trust.tessa, declared=declared())
    assert send(number, at=soon) == "refused"
    assert p.creates == []


# ── 18 ───────────────────────────────────────────────────────────────────────────────────────────
def save_another(trust) -> None:
    """Tessa takes it back, changes it and puts it before the Head again."""
    post = Post.objects.get()
    approvals.take_back(post=post, by=trust.tessa)
    save(trust, fresh(post), text=FOUR)
    approvals.submit(post=fresh(post), by=trust.tessa, declared=declared())


@pytest.mark.failure(18)
def test_an_approval_that_comes_after_the_next_version_publishes_neither(trust, p):
    looked_at = trust.submitted(text=THREE)
    save_another(trust)
    with pytest.raises(NotPossible):
        approvals.approve(submission=looked_at, by=trust.hana)
    trust.send_all()
    assert p.creates == []


@pytest.mark.failure(18)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_", range(4))
def test_approving_one_version_while_another_is_saved_publishes_that_one_or_none(trust, p, _):
    submission, hana = trust.submitted(text=THREE), trust.hana
    came = at_once(
        lambda: approvals.approve(submission=Submission.objects.get(pk=submission.pk), by=hana),
        lambda: save_another(trust),
    )
    trust.send_all()
    assert "done" in came
    assert [content.text for content in p.creates] in ([], [THREE])
    if came[1] == "done":
        assert p.creates == [], "the author was told that it is a draft again"


# ── 19 ───────────────────────────────────────────────────────────────────────────────────────────
def as_the_page_has_it(post: Post) -> dict[str, object]:
    """The composer's form, filled in as it stands."""
    form = DraftForm(whole=WholePost.load(post), book=Rulebook.in_force())
    filled = form.initial | {"purpose": post.purpose_id}
    return {name: value for name, value in filled.items() if value not in (None, False)}


@pytest.mark.failure(19)
def test_saving_a_draft_as_it_is_keeps_its_fingerprint(trust, signed_in):
    first = trust.submitted(children=[trust.amira])
    approvals.take_back(post=first.post, by=trust.tessa)
    post = fresh(first.post)
    answer = signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", as_the_page_has_it(post))
    assert answer.status_code == 302
    assert fresh(post).revision == post.revision
    assert (
        approvals.submit(post=fresh(post), by=trust.tessa, declared=declared()).digest
        == first.digest
    )


@pytest.mark.failure(19)
def test_saving_an_approved_post_in_a_forgotten_tab_keeps_the_approval(trust, p, signed_in):
    post = trust.approved(children=[trust.amira])
    signed_in(trust.tessa).post(f"/posts/{post.pk}/edit/", as_the_page_has_it(post))
    assert trust.send_all() == ["sent"]
    assert Delivery.objects.get(post=post).submission.decision.by == trust.hana
