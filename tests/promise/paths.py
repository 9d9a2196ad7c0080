"""Every path on which a post can reach the public, each walked with what may not go out.

A path is a function of the trust: it makes what it needs while Amira may be shown, takes that away
(her mother withdraws, or the safeguarding lead holds the post), and then tries to publish in its
own way. It must leave the house empty-handed.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from approvals import actions as approvals
from approvals.models import Submission
from consents.actions import withdraw
from posts.lifecycle import State
from posts.models import Post
from publishing import assisted, looking, sweeping, tasks
from publishing.lifecycle import DeliveryState
from publishing.models import Delivery
from publishing.moves import claim
from publishing.platforms.shape import (
    Capabilities,
    Content,
    Gone,
    NotSent,
    Published,
    Rejected,
    Unclear,
)
from publishing.sending import send
from schools.models import User
from tests.cast import Trusty, declared

# What runs in a shell of the server; `demo` starts a server of its own and is tried in tests/house.
SOMEBODY = ["--name", "Cara Lindqvist", "--email", "cara@oak.example"]
COMMANDS: dict[str, list[str]] = {"verify_audit": [], "setup": ["--no-input", *SOMEBODY]}
Path = Callable[[Trusty, "FarEnd"], None]
PATHS: dict[str, Path] = {}


def path(words: str) -> Callable[[Path], Path]:
    """Names a path for the list."""

    def keep(walk: Path) -> Path:
        PATHS[words] = walk
        return walk

    return keep


def withdraw_amira(trust: Trusty) -> None:
    """Her mother changes her mind."""
    withdraw(child=trust.amira, giver=trust.mother(trust.amira), by=trust.connie)


def hold_every_post(trust: Trusty) -> None:
    """The safeguarding lead holds it (R-043)."""
    for post in Post.objects.all():
        approvals.hold(post=post, by=trust.dot, reason="It needs another look.", note="Not for you")


# What makes it a post that may not go out, by its words; and how a page then says so.
REFUSALS: dict[str, tuple[Callable[[Trusty], None], str]] = {
    "her mother withdrew": (withdraw_amira, "Amira K. cannot be shown on"),
    "the safeguarding lead holds it": (hold_every_post, "Somebody pressed Stop on this post."),
}


def browser(user: User) -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(user)
    return client


class FarEnd:
    """Stands for a platform: keeps what it was given, unless it was told to fail first."""

    capabilities = Capabilities(read_back=False)

    def __init__(self, refusal: str = "her mother withdrew") -> None:
        self._refuse, self.sentence = REFUSALS[refusal]
        self.published: list[Content] = []
        self.error: Exception | None = None

    def refuse(self, trust: Trusty) -> None:
        """From now on it may not go out."""
        self._refuse(trust)

    def publish(self, content: Content, **_: Any) -> Published:
        """Takes it, or fails as told."""
        if self.error is not None:
            raise self.error
        self.published.append(content)
        return Published(content.key, "https://oak.example/1")

    def find(self, content: Content, **_: Any) -> None:
        """It cannot be asked."""

    def take_down(self, remote_id: str, **_: Any) -> Gone:
        """Gone."""
        return Gone()


# ── the pages ────────────────────────────────────────────────────────────────────────────────────
@path("the author's page: “Send to the Head”")
def _submit(trust: Trusty, far_end: FarEnd) -> None:
    post = trust.draft(children=[trust.amira])
    far_end.refuse(trust)
    browser(trust.tessa).post(
        f"/approvals/posts/{post.pk}/submit/", {"revision": post.revision, "declared": declared()}
    )
    assert not Submission.objects.exists()
    trust.send_all()


@path("the Head's page: “Approve”, for all channels")
def _approve_page(trust: Trusty, far_end: FarEnd) -> None:
    submission = trust.submitted(children=[trust.amira])
    far_end.refuse(trust)
    ticks = {f"looked_{p.pk}": "on" for p in submission.post.pictures.all()}
    form = {"digest": submission.digest, "all": "1", **ticks}
    answer = browser(trust.hana).post(f"/approvals/{submission.pk}/", form, follow=True)
    assert far_end.sentence in answer.content.decode()
    trust.send_all()


@path("approved to go out now")
def _approve_now(trust: Trusty, far_end: FarEnd) -> None:
    trust.approved(children=[trust.amira])
    far_end.refuse(trust)
    trust.send_all()


@path("scheduled, and its time comes")
def _scheduled(trust: Trusty, far_end: FarEnd) -> None:
    soon = timezone.now() + timedelta(hours=2)
    trust.approved(children=[trust.amira], goes_out_at=soon)
    far_end.refuse(trust)
    trust.send_all(soon + timedelta(seconds=5))


@path("stopped, and the Head lets it go on")
def _resumed(trust: Trusty, far_end: FarEnd) -> None:
    post = trust.approved(children=[trust.amira])
    stop = approvals.stop(post=post, by=trust.tessa, reason="Wait")
    far_end.refuse(trust)
    browser(trust.hana).post(f"/approvals/stops/{stop.pk}/resume/")
    trust.send_all()


@path("expired, taken up again and put before the Head anew")
def _again_after_expiry(trust: Trusty, far_end: FarEnd) -> None:
    post = trust.approved(children=[trust.amira])
    far_end.refuse(trust)
    trust.send_all()
    post.refresh_from_db()
    if post.state == State.APPROVED:  # what is stopped waits, until somebody takes it up again
        approvals.take_back(post=post, by=trust.tessa)
    assert post.is_editable
    browser(trust.tessa).post(
        f"/approvals/posts/{post.pk}/submit/", {"revision": post.revision, "declared": declared()}
    )
    assert Submission.objects.filter(state=Submission.State.OPEN).count() == 0
    trust.send_all()


@path("posting by hand: opening the package")
def _open_package(trust: Trusty, far_end: FarEnd) -> None:
    post = trust.approved(children=[trust.amira], channels=["facebook"])
    trust.uma  # noqa: B018 (the authorised user is made before she is needed)
    trust.send_all()
    far_end.refuse(trust)
    delivery = trust.delivery(post, "facebook")
    answer = browser(trust.uma).post(f"/publishing/deliveries/{delivery.pk}/open/", follow=True)
    assert "Do not post this." in answer.content.decode()


@path("posting by hand: a package that was opened before")
def _opened_before(trust: Trusty, far_end: FarEnd) -> None:
    post = trust.approved(children=[trust.amira], channels=["facebook"])
    trust.uma  # noqa: B018 (the authorised user is made before she is needed)
    trust.send_all()
    delivery = trust.delivery(post, "facebook")
    assisted.open_package(delivery=delivery, by=trust.uma)
    far_end.refuse(trust)
    page = browser(trust.uma).get(f"/publishing/deliveries/{delivery.pk}/").content.decode()
    assert "We built a working aqueduct." not in page, "the words to post are still offered"
    assert far_end.sentence in page
    assisted.not_posted(delivery=delivery, reason="Not allowed any more", by=trust.uma)


@path("the platform said no, and somebody presses “Send again”")
def _send_again(trust: Trusty, far_end: FarEnd) -> None:
    post = _tried(trust, far_end, Rejected("Wrong password"))
    press_again(trust, post, far_end)


@path("no answer came, a person looks, it is not there, and it is sent again")
def _unknown_then_again(trust: Trusty, far_end: FarEnd) -> None:
    post = _tried(trust, far_end, Unclear("No answer"))
    assert trust.delivery(post).state == DeliveryState.UNKNOWN
    looking.it_is_not_there(delivery=trust.delivery(post), by=trust.uma)
    press_again(trust, post, far_end)


@path("the platform said “not now”, and the machine tries again")
def _machine_retry(trust: Trusty, far_end: FarEnd) -> None:
    _tried(trust, far_end, NotSent("Busy"))
    far_end.refuse(trust)
    trust.send_all(timezone.now() + timedelta(minutes=2))


@path("a worker died before the call, and the sweeper queues it anew")
def _worker_died(trust: Trusty, far_end: FarEnd) -> None:
    post = trust.approved(children=[trust.amira])
    sweeping.make_deliveries()
    claim(trust.delivery(post), DeliveryState.SENDING, at=timezone.now() - timedelta(minutes=30))
    far_end.refuse(trust)
    sweeping.sweep_stuck()
    trust.send_all()


def press_again(trust: Trusty, post: Post, far_end: FarEnd) -> None:
    """Uma presses "Send again" after it was refused."""
    far_end.refuse(trust)
    browser(trust.uma).post(f"/publishing/deliveries/{trust.delivery(post).pk}/again/")
    trust.send_all()


def _tried(trust: Trusty, far_end: FarEnd, error: Exception) -> Post:
    """Approved, and the first try ended in this error."""
    trust.uma  # noqa: B018 (the authorised user is made before she is needed)
    far_end.error = error
    post = trust.published(children=[trust.amira])
    far_end.error = None
    return post


# ── behind the pages ─────────────────────────────────────────────────────────────────────────────
@path("the admin site, by a superuser")
def _admin(trust: Trusty, far_end: FarEnd) -> None:
    trust.approved(children=[trust.amira])
    far_end.refuse(trust)
    root = User.objects.create_superuser("root@demo.example", "x", name="Root")
    client = browser(root)
    index = client.get("/admin/").content.decode()
    for model in ("delivery", "newsitem", "post", "submission", "snapshot"):
        assert f"/{model}/add/" not in index
        for url in (f"/admin/publishing/{model}/add/", f"/admin/posts/{model}/add/"):
            assert client.post(url, {}).status_code in {302, 403, 404}
    trust.send_all()


@path("the management commands of GoLive")
def _commands(trust: Trusty, far_end: FarEnd) -> None:
    trust.approved(children=[trust.amira])
    far_end.refuse(trust)
    for command, said in COMMANDS.items():
        call_command(command, *said, verbosity=0, stdout=io.StringIO())
    trust.send_all()


@path("the worker's task, called by its name for that very row")
def _task(trust: Trusty, far_end: FarEnd) -> None:
    post = trust.approved(children=[trust.amira])
    sweeping.make_deliveries()
    far_end.refuse(trust)
    tasks.send.run(trust.delivery(post).pk)


@path("the sweep's task and its message delivered twice")
def _task_twice(trust: Trusty, far_end: FarEnd) -> None:
    trust.approved(children=[trust.amira])
    far_end.refuse(trust)
    tasks.sweep.run()
    for pk in Delivery.objects.values_list("pk", flat=True):
        tasks.send.run(pk)
        tasks.send.run(pk)


@path("a shell: a delivery made by hand for a post nobody approved")
def _shell_unapproved(trust: Trusty, far_end: FarEnd) -> None:
    submission = trust.submitted(children=[trust.amira])
    delivery = Delivery.objects.create(
        post=submission.post,
        channel=trust.channel("news"),
        submission=submission,
        due_at=timezone.now(),
    )
    send(delivery.pk)


@path("a shell: a post's state set to approved by hand")
def _shell_state(trust: Trusty, far_end: FarEnd) -> None:
    submission = trust.submitted(children=[trust.amira])
    Post.objects.filter(pk=submission.post_id).update(state=State.APPROVED)
    delivery = Delivery.objects.create(
        post=submission.post,
        channel=trust.channel("news"),
        submission=submission,
        due_at=timezone.now(),
    )
    send(delivery.pk)


@path("a shell: a delivery made by hand to a channel the Head did not approve")
def _shell_other_channel(trust: Trusty, far_end: FarEnd) -> None:
    post = trust.approved(children=[trust.amira], channels=["facebook"])
    submission = Submission.objects.get(post=post)
    delivery = Delivery.objects.create(
        post=post, channel=trust.channel("news"), submission=submission, due_at=timezone.now()
    )
    send(delivery.pk)
