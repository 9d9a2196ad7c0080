"""What the Head's queue costs: queries, and CPU in units of a view that reads 25 rows."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from approvals.models import Submission
from policy.models import Channel, Platform, Purpose
from policy.presets import load_preset
from posts.lifecycle import State
from posts.models import Post, Wording
from schools.actions import grant_role
from schools.models import School, User
from schools.roles import Role

FEW, MANY = 25, 2_000
ROUNDS = 40


def pages() -> Iterator[tuple[str, float, str]]:
    """`queue_page_queries` (equal at 25 and 2,000 waiting) and `queue_page_cpu`.

    CPU is this process's own, median of interleaved rounds, at 25 waiting, over a signed-in view
    that reads 25 posts through the ORM and writes their titles.
    """
    head, author, school = _people()
    _waiting(school, author, FEW)
    client = Client(headers={"host": "localhost"})
    client.force_login(head)
    few = _queries(client)
    with override_settings(ROOT_URLCONF="bench.urls"):
        cpu = _cpu(lambda: _get(client, "/approvals/"), lambda: _get(client, "/yardstick/"))
    _waiting(school, author, MANY - FEW)
    many = _queries(client)
    yield "queue_page_queries", float(max(few, many)), "≤ 12"
    yield "queue_page_queries_growth", float(abs(many - few)), "0"
    yield "queue_page_cpu", cpu, "≤ 10"


def _people() -> tuple[User, User, School]:
    load_preset("sovereign")
    school = School.objects.create(name="Bench School", short_name="Bench", slug="bench")
    news = Platform.objects.get(key="news")
    Channel.objects.create(school=school, platform=news, name="Bench news", way="news_page")
    head = User.objects.create_user("head@bench.example", name="Head Bench")
    author = User.objects.create_user("author@bench.example", name="Author Bench")
    grant_role(user=head, role=Role.HEAD, school=school, by=None)
    grant_role(user=author, role=Role.STAFF, school=school, by=None)
    return head, author, school


def _waiting(school: School, author: User, number: int) -> None:
    """Posts before the Head, in bulk: the cost of the page is measured, not that of submitting."""
    purpose = Purpose.objects.filter(is_update=False).first()
    channel = Channel.objects.get(school=school)
    posts = Post.objects.bulk_create(
        [
            Post(
                school=school,
                author=author,
                purpose=purpose,
                title=f"Bench post {n}",
                text="Good news",
                state=State.SUBMITTED,
            )
            for n in range(number)
        ]
    )
    Wording.objects.bulk_create([Wording(post=p, channel=channel) for p in posts])
    content = {"title": "Bench post", "channels": [], "people": [], "named": []}
    if purpose is None:
        return
    Submission.objects.bulk_create(
        [
            Submission(
                post=p,
                number=1,
                revision=1,
                author=author,
                submitted_by=author,
                digest="0" * 64,
                content=content,
                policy_id=purpose.version_id,
                submitted_at=timezone.now(),
            )
            for p in posts
        ]
    )


def _get(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}.")


def _queries(client: Client) -> int:
    _get(client, "/approvals/")
    with CaptureQueriesContext(connection) as captured:
        _get(client, "/approvals/")
    return len(captured)


def _cpu(measured: Callable[[], None], yardstick: Callable[[], None]) -> float:
    ratios = [(_once(measured), _once(yardstick)) for _ in range(ROUNDS)]
    return statistics.median(m for m, _ in ratios) / statistics.median(y for _, y in ratios)


def _once(run: Callable[[], None]) -> float:
    begun = time.process_time()
    run()
    return time.process_time() - begun
