"""Walks each story to its fate through the real verbs, hour by hour on the demo's own clock.

A life yields the moment at which it wants to go on; `play` lets the earliest go first, so that the
whole history is in the order in which it happened.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.utils import timezone

from approvals import actions as approvals
from approvals.models import Submission
from config.demo.captions import STORIES, Fate, Story
from config.demo.clock import Clock
from config.demo.drafting import Desk
from config.demo.trust import DemoTrust
from consents.actions import withdraw
from consents.models import Guardianship, Kind
from policy.models import Channel
from policy.rulebook import Rulebook
from posts import actions as drafting
from posts import asking
from posts.declaring import checklist
from posts.models import Post
from publishing import assisted, sweeping, taking_down
from publishing.models import Delivery
from publishing.sending import send
from schools.models import School, User
from schools.roles import Role

Life = Iterator[datetime]

_LINKS = {
    "facebook": "https://www.facebook.com/{0}.demo/posts/{1}",
    "instagram": "https://www.instagram.com/p/Demo{1}/",
    "x": "https://x.com/{0}_demo/status/{1}",
    "linkedin": "https://www.linkedin.com/feed/update/urn:li:share:{1}/",
    "tiktok": "https://www.tiktok.com/@{0}.demo/photo/{1}",
    "whatsapp": "https://www.whatsapp.com/channel/{0}demo/{1}",
    "website": "https://www.{0}-three-trees.example/news/{1}",
}
_IN_THE_PAST = {
    Fate.SENT,
    Fate.EXPIRED,
    Fate.REFUSED,
    Fate.FAILED,
    Fate.UNKNOWN,
    Fate.TAKEN_DOWN,
    Fate.CANNOT,
}
_AHEAD = {Fate.SUBMITTED, Fate.SCHEDULED, Fate.STOPPED}


class Lives:
    """The posts of the demo."""

    def __init__(self, trust: DemoTrust, desk: Desk, clock: Clock, now: datetime) -> None:
        self.trust, self.desk, self.clock, self.now = trust, desk, clock, now

    def play(self) -> None:
        """All stories, each step at its hour."""
        lives = [
            self.life(number, self.trust.schools[slug], story)
            for slug, stories in STORIES.items()
            for number, story in enumerate(stories)
        ]
        waiting = [(next(life), number, life) for number, life in enumerate(lives)]
        heapq.heapify(waiting)
        while waiting:
            at, number, life = heapq.heappop(waiting)
            self.clock.at = max(self.clock.at, min(at, self.now))
            following = next(life, None)
            if following is not None:
                heapq.heappush(waiting, (following, number, life))

    def life(self, number: int, school: School, story: Story) -> Life:
        """One story from the empty draft on."""
        begun = self._begun(story, number)
        yield begun
        author = self.trust.people[story.author]
        post = self.desk.start(school, story, author, self._due(story, begun))
        yield begun + timedelta(minutes=6)
        self.desk.finish(post, story, author)
        if story.fate == Fate.DRAFT:
            if story.said:
                head = self.trust.who(Role.HEAD, school.slug)
                asking.ask(post=post, of=head, text=story.said, by=author)
            return
        yield begun + timedelta(minutes=19)
        if story.fate == Fate.WITHDRAWN:
            drafting.withdraw(post=post, by=author)
            return
        submission = self._submit(post, author)
        if story.fate == Fate.EXPIRED:
            yield self._due(story, begun) or begun
            approvals.expire_overdue(at=self.clock.at + timedelta(minutes=1))
        elif story.fate != Fate.SUBMITTED:
            wait = timedelta(minutes=50 + 7 * (number % 5))
            # What a person posts by hand was approved within the hour, so that it is still news.
            yield self.now - wait if story.fate == Fate.BY_HAND else begun + wait
            yield from self._decided(story, submission, begun)

    def _decided(self, story: Story, submission: Submission, begun: datetime) -> Life:
        post = submission.post
        head = self._head(post)
        if story.fate == Fate.RETURNED:
            approvals.return_to_author(submission=submission, by=head, reason=story.said)
        elif story.fate == Fate.DECLINED:
            approvals.decline(submission=submission, by=head, reason=story.said)
        else:
            looked = list(post.pictures.values_list("pk", flat=True))
            approvals.approve(submission=submission, by=head, looked_at=looked, at=self.clock.at)
            self._tick()
            if story.fate == Fate.STOPPED:
                yield self.clock.at + timedelta(minutes=25)
                by = self.trust.people["Mabel Ng"]
                approvals.stop(post=post, by=by, reason=story.said)
            elif story.fate in _IN_THE_PAST:
                yield from self._goes_out(story, post, begun)

    def _goes_out(self, story: Story, post: Post, begun: datetime) -> Life:
        if story.fate == Fate.REFUSED:
            yield self.clock.at + timedelta(hours=2)
            self._change_of_mind(post)
        yield self._due(story, begun) or begun
        self._tick()
        yield self.clock.at + timedelta(minutes=35)
        for delivery in _by_hand(post):
            self._by_hand(story, delivery)
        if story.fate == Fate.UNKNOWN:
            yield self.clock.at + timedelta(hours=25)
            sweeping.sweep_stuck(at=self.clock.at)
        elif story.fate in {Fate.TAKEN_DOWN, Fate.CANNOT}:
            yield self.clock.at + timedelta(hours=20)
            self._take_down(story, post)

    def _by_hand(self, story: Story, delivery: Delivery) -> None:
        """The authorised user opens the package, and says what became of it; or forgets to."""
        by = self.trust.who(Role.AUTHORISED_USER, delivery.post.school.slug)
        assisted.open_package(delivery=delivery, by=by, at=self.clock.at)
        if story.fate == Fate.FAILED:
            reason = "The account asked for a new password."
            assisted.not_posted(delivery=delivery, reason=reason, by=by)
        elif story.fate != Fate.UNKNOWN:
            link = _LINKS[delivery.channel.platform.key]
            number = 7_400_000_000 + delivery.pk * 7_919
            url = link.format(delivery.post.school.slug, number)
            assisted.posted(delivery=delivery, url=url, by=by)

    def _take_down(self, story: Story, post: Post) -> None:
        head = self._head(post)
        live = Delivery.objects.filter(post=post, state="sent").select_related(
            "channel__platform", "post__school", "post__author", "submission"
        )
        for delivery in live:
            taking_down.take_down(delivery=delivery, by=head, reason="A family asked for it.")
            if delivery.channel.way == Channel.Way.ASSISTED and story.fate == Fate.TAKEN_DOWN:
                taking_down.confirm_gone(delivery=delivery, by=head)

    def _change_of_mind(self, post: Post) -> None:
        """A parent withdraws what the approved post relies on."""
        appearance = post.pictures.all()[0].appearances.exclude(child=None).first()
        if appearance is None or appearance.child is None:
            return
        guardian = Guardianship.objects.filter(
            child=appearance.child, has_responsibility=True, court_order=False
        ).first()
        if guardian is None:
            return
        withdraw(
            child=appearance.child,
            giver=guardian.parent,
            kinds=[Kind.PHOTO],
            by=self.trust.who(Role.CONSENT_ADMIN, post.school.slug),
        )

    def _submit(self, post: Post, author: User) -> Submission:
        self.desk.answer_warnings(post, author)
        ticked = [line.key for line in checklist(Rulebook.in_force())]
        return approvals.submit(post=post, by=author, declared=ticked)

    def _tick(self) -> None:
        """What beat and the workers do all the time."""
        for delivery in sweeping.sweep(at=self.clock.at):
            send(delivery, at=self.clock.at)

    def _head(self, post: Post) -> User:
        """The Head, or the Executive Headteacher for what the Head wrote."""
        head = self.trust.who(Role.HEAD, post.school.slug)
        if post.author_id != head.pk:
            return head
        return self.trust.who(Role.EXECUTIVE_HEAD, "oak")

    def _begun(self, story: Story, number: int) -> datetime:
        """In the last hours, or in the morning of a school day."""
        if story.ago == 0:
            return self.now - timedelta(minutes=100 + 9 * (number % 7))
        day = timezone.localdate(self.now)
        for _ in range(story.ago):
            day -= timedelta(days=1)
            while day.weekday() >= 5:
                day -= timedelta(days=1)
        morning = time(8 + number % 3, (number * 17) % 60)
        return timezone.make_aware(datetime.combine(day, morning))

    def _due(self, story: Story, begun: datetime) -> datetime | None:
        """When it goes out: a quarter of an hour on the clock, or as soon as it is approved."""
        if story.due is None or story.fate == Fate.BY_HAND:
            return None
        start = self.now if story.fate in _AHEAD else begun + timedelta(hours=2)
        due = timezone.localtime(start + timedelta(hours=story.due))
        quarter = due.replace(minute=due.minute // 15 * 15, second=0, microsecond=0)
        if 8 <= due.hour < 18:
            return quarter
        return (quarter + timedelta(hours=(8 - due.hour) % 24)).replace(minute=15)


def _by_hand(post: Post) -> list[Delivery]:
    return list(
        Delivery.objects.filter(post=post, state="queued", channel__way=Channel.Way.ASSISTED)
        .select_related("channel__platform", "post__school", "post__author", "submission")
        .order_by("pk")
    )
