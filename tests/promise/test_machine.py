"""The promise under random lives: consent × edit × approve × withdraw × stop × sweep × crash.

The machine keeps its own plain account of what was permitted, approved and stopped. A platform that
records every call compares each with that account at the very moment of the call (P1 to P5), and
after every look at what is live nothing may show a child whose permission went (P6).
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from approvals import actions as approvals
from approvals.models import Submission
from audit.models import Event
from consents.actions import lift_hold, set_hold
from consents.models import Hold
from policy.models import Channel
from posts import actions as drafting
from posts.actions import Words
from posts.errors import NotPossible
from posts.lifecycle import State
from posts.models import Post
from publishing import platforms, reviewing, sending, sweeping
from publishing.lifecycle import DeliveryState
from publishing.models import Delivery
from publishing.moves import LEASE
from publishing.platforms.shape import Capabilities, Gone, NotSent, Published, Unclear
from tests.cast import build, declared, drawn
from tests.promise.pictures import ready

pytestmark = pytest.mark.django_db

# More in CI; each example is a whole life on a real database.
EXAMPLES = 30 if os.environ.get("CI") else 8
KEYS = ("news", "website")
CHILDREN = ("amira", "tom")
TEXTS = ("We planted beans.", "We built a bridge.", "We sang in the hall.")


class Killed(BaseException):
    """The worker's process dies here."""


class Witness:
    """A platform that takes everything, remembers it, and can be told how to misbehave."""

    capabilities = Capabilities()

    def __init__(self, machine: PromiseMachine) -> None:
        self.machine, self.live, self.mood = machine, {}, "well"

    def publish(self, content: Any, *, account: Any, remember: Any, remembered: Any) -> Published:
        if self.mood == "dies before":
            raise Killed
        if self.mood == "not now":
            raise NotSent("later")
        delivery = Delivery.objects.select_related("channel__platform").get(key=content.key)
        key = delivery.channel.platform.key
        # Whatever an adapter raises is caught as "unknown"; the verdict is kept for the invariant.
        try:
            assert content.key not in self.live, "published twice"
            self.machine.judge(key, content)
        except AssertionError as error:
            self.machine.broken.append(str(error))
        self.live[content.key] = key
        if self.mood == "dies after":
            raise Killed
        if self.mood == "silent":
            raise Unclear("no answer")
        return Published(content.key, "https://example.org/1")

    def find(self, content: Any, *, account: Any, remembered: Any) -> Published | None:
        if content.key in self.live:
            return Published(content.key, "https://example.org/1")
        return None

    def take_down(self, remote_id: str, *, account: Any, remembered: Any) -> Gone:
        self.live[remote_id] = "gone"
        return Gone()


class PromiseMachine(RuleBasedStateMachine):
    """One post of Tessa's with one photo of two children, on two automatic channels."""

    @initialize(ready=st.sampled_from([True, True, True, False]))
    def begin(self, ready: bool) -> None:
        """Mostly from an approved post on, where the interesting lives begin."""
        self._set_up()
        if ready:
            self.the_main_job()

    def _set_up(self) -> None:
        self.open = transaction.atomic()
        self.open.__enter__()
        self.trust = build()
        oak = self.trust.oak
        Channel.objects.create(
            school=oak,
            platform=self.trust.platform("website"),
            name="Oak site",
            way=Channel.Way.NEWS_PAGE,
        )
        self.witness = Witness(self)
        self.saved = platforms.PLATFORMS[Channel.Way.NEWS_PAGE]
        platforms.PLATFORMS[Channel.Way.NEWS_PAGE] = self.witness
        self.people = {
            "amira": self.trust.child("Amira", "Khan"),
            "tom": self.trust.child("Tom", "Rees"),
        }
        self.permitted = {(c, k): False for c in CHILDREN for k in KEYS}
        self.held = dict.fromkeys(CHILDREN, False)
        self.approved: dict[str, Any] | None = None
        self.stops, self.paused, self.sent_to = [], set(), []
        self.broken: list[str] = []
        self.now = timezone.now()
        self.post = self.trust.draft(channels=list(KEYS), text=TEXTS[0])
        self._photo()

    def _photo(self) -> None:
        """A ready photo without the background worker: this test is about the promise."""
        children, tablet = list(self.people.values()), self.trust.tablet
        self.picture = ready(self.post, self.trust.tessa, drawn(1), children, tablet)

    def teardown(self) -> None:
        if hasattr(self, "open"):
            platforms.PLATFORMS[Channel.Way.NEWS_PAGE] = self.saved
            transaction.set_rollback(True)
            self.open.__exit__(None, None, None)

    # ── what people do ──────────────────────────────────────────────────────────────────────────
    @rule(
        child=st.sampled_from(CHILDREN),
        key=st.sampled_from(KEYS),
        answer=st.sampled_from(["yes", "yes", "yes", "no", "unclear", "withdrawn"]),
    )
    def says(self, child: str, key: str, answer: str) -> None:
        self.trust.says(self.people[child], answer, [self.trust.platform(key)])
        self.permitted[child, key] = answer == "yes"

    @rule()
    def everyone_says_yes(self) -> None:
        for child in CHILDREN:
            for key in KEYS:
                self.says(child, key, "yes")

    @rule(child=st.sampled_from(CHILDREN))
    def hold(self, child: str) -> None:
        if self.held[child]:
            standing = Hold.objects.get(child=self.people[child], lifted_at=None)
            lift_hold(hold=standing, by=self.trust.dot)
        else:
            set_hold(child=self.people[child], kind=Hold.Kind.PROTECTED, by=self.trust.dot)
        self.held[child] = not self.held[child]

    @precondition(lambda self: self._is(State.DRAFT, State.RETURNED))
    @rule(text=st.sampled_from(TEXTS), keys=st.sampled_from([KEYS, ("news",), ("website",)]))
    def edit(self, text: str, keys: tuple[str, ...]) -> None:
        self._refresh()
        words = Words(
            title="Good news",
            text=text,
            purpose=self.trust.achievement,
            owned_by=None,
            goes_out_at=None,
            channels=[self.trust.channel(k) for k in keys],
        )
        self._try(lambda: drafting.save(post=self.post, words=words, by=self.trust.tessa))

    @rule(text=st.sampled_from(TEXTS))
    def edit_behind_everybodys_back(self, text: str) -> None:
        Post.objects.filter(pk=self.post.pk).update(text=text)

    @precondition(lambda self: self._is(State.DRAFT, State.RETURNED))
    @rule()
    def submit(self) -> None:
        self._refresh()
        self._try(
            lambda: approvals.submit(post=self.post, by=self.trust.tessa, declared=declared())
        )

    @precondition(lambda self: self._is(State.SUBMITTED))
    @rule(
        who=st.sampled_from(["hana", "hana", "hana", "tessa", "owen", "connie"]),
        some=st.sampled_from([KEYS, ("news",)]),
    )
    def approve(self, who: str, some: tuple[str, ...]) -> None:
        submission = Submission.objects.filter(post=self.post, state="open").first()
        if submission is None:
            return
        channels = [self.trust.channel(k) for k in some]
        done = self._try(
            lambda: approvals.approve(
                submission=submission, by=getattr(self.trust, who), channels=channels
            )
        )
        if done:
            assert who == "hana", f"{who} approved"
            self.approved = {"content": submission.content, "keys": set(some)}

    @precondition(lambda self: self._is(State.DRAFT, State.RETURNED))
    @rule()
    def the_main_job(self) -> None:
        """Often enough everything goes well; otherwise chance would rarely reach sending."""
        self.everyone_says_yes()
        self.submit()
        self.approve("hana", KEYS)

    @precondition(lambda self: self._is(State.SUBMITTED))
    @rule()
    def hana_returns_it(self) -> None:
        submission = Submission.objects.filter(post=self.post, state="open").first()
        if submission is not None:
            self._try(
                lambda: approvals.return_to_author(
                    submission=submission, by=self.trust.hana, reason="Mend it"
                )
            )

    @precondition(lambda self: self._is(State.SUBMITTED, State.APPROVED))
    @rule()
    def take_back(self) -> None:
        self._refresh()
        if self._try(lambda: approvals.take_back(post=self.post, by=self.trust.tessa)):
            self.approved = None

    @rule()
    def stop_or_resume(self) -> None:
        if self.stops:
            approvals.resume(stop=self.stops.pop(), by=self.trust.hana)
        else:
            self._refresh()
            self.stops.append(approvals.stop(post=self.post, by=self.trust.tessa, reason="Wait"))

    @rule(key=st.sampled_from(KEYS))
    def pause_or_not(self, key: str) -> None:
        channel = Channel.objects.filter(pk=self.trust.channel(key).pk)
        if key in self.paused:
            channel.update(paused_at=None, paused_by=None)
            self.paused.discard(key)
        else:
            channel.update(paused_at=timezone.now(), paused_by=self.trust.hana)
            self.paused.add(key)

    # ── what machines do ────────────────────────────────────────────────────────────────────────
    @rule(
        mood=st.sampled_from(
            ["well", "well", "well", "dies before", "dies after", "silent", "not now"]
        )
    )
    def sweep(self, mood: str) -> None:
        self.witness.mood = mood
        self.now += timedelta(seconds=61)
        for pk in sweeping.sweep(at=self.now):
            try:
                with transaction.atomic():
                    sending.send(pk, at=self.now)
            except Killed:
                # What was committed before the death stays; the savepoint above would undo it.
                self._die(pk)

    @precondition(lambda self: self._is(State.APPROVED))
    @rule(child=st.sampled_from(CHILDREN), key=st.sampled_from(KEYS))
    def a_parent_withdraws_one_second_before(self, child: str, key: str) -> None:
        """The life the gate exists for; chance alone would rarely walk it."""
        self.says(child, key, "withdrawn")
        self.sweep("well")

    @precondition(lambda self: self._is(State.APPROVED))
    @rule(child=st.sampled_from(CHILDREN), key=st.sampled_from(KEYS))
    def a_parent_withdraws_before_anybody_knows(self, child: str, key: str) -> None:
        """The answer was lost on its way back: it is live, and nobody was told."""
        self.sweep("silent")
        self.says(child, key, "withdrawn")
        self.look_at_what_is_live()

    @precondition(lambda self: self._is(State.CLOSED) and not self.stops)
    @rule()
    def somebody_stops_what_is_live(self) -> None:
        """P6: a Stop reaches what is out already."""
        self.stop_or_resume()
        self.look_at_what_is_live()

    @precondition(lambda self: self._is(State.APPROVED) and not self.stops)
    @rule()
    def somebody_stops_before_anybody_knows(self) -> None:
        """The same for a Stop."""
        self.sweep("silent")
        self.stop_or_resume()
        self.look_at_what_is_live()

    def _die(self, pk: int) -> None:
        """Redo what a real process had committed before it died: claim, snapshot, and the call."""
        delivery = Delivery.objects.due(self.now).filter(pk=pk).first()
        if delivery is None:
            return
        mood, self.witness.mood = self.witness.mood, "dies before"
        try:
            sending.send(pk, at=self.now)
        except Killed:
            self.witness.mood = mood

    @rule()
    def the_lease_runs_out(self) -> None:
        self.now += LEASE + timedelta(seconds=1)
        sweeping.sweep_stuck(at=self.now)

    @rule()
    def look_at_what_is_live(self) -> None:
        """P6: afterwards nothing is live that shows whom it may not, or that was stopped. What was
        unknown is found out."""
        reviewing.review_live()
        for key, where in self.witness.live.items():
            if where == "gone" or Delivery.objects.get(key=key).state == DeliveryState.SENDING:
                continue
            assert not self.stops, f"it was stopped and is live on {where}"
            for child in CHILDREN:
                assert self._may(child, where), f"{child} is still live on {where}"

    @rule()
    def three_days_pass(self) -> None:
        """P5: nothing waits for ever, and nothing is approved with nowhere to go."""
        for _ in range(3):
            self.now += timedelta(days=1)
            sweeping.sweep(at=self.now)
            sweeping.sweep_stuck(at=self.now)
        waiting = Delivery.objects.filter(post=self.post, state__in=["queued", "sending"])
        assert not waiting.exists(), "something waits for ever"
        if self._is(State.APPROVED):
            left = Delivery.objects.filter(post=self.post, state__in=["unknown", "failed"])
            assert left.exists(), "approved, with nowhere to go"

    # ── the account ─────────────────────────────────────────────────────────────────────────────
    def judge(self, key: str, content: Any) -> None:
        """At the moment of a call: is this exactly what may go there?"""
        assert self.approved is not None, "nothing is approved"
        assert key in self.approved["keys"], f"{key} was not approved"
        [part] = [p for p in self.approved["content"]["channels"] if p["platform"] == key]
        assert content.text == part["text"], "not the approved words"
        assert [p.sha256 for p in content.photos] == [p["sha256"] for p in part["photos"]]
        assert content.text == Post.objects.get(pk=self.post.pk).text, "the post says otherwise"
        assert not self.stops, "it was stopped"
        assert key not in self.paused, "the channel is paused"
        for child in CHILDREN:
            assert self._may(child, key), f"{child} may not be shown on {key}"
        assert key not in self.sent_to, f"sent to {key} twice"
        self.sent_to.append(key)

    def _may(self, child: str, key: str) -> bool:
        return self.permitted[child, key] and not self.held[child]

    @invariant()
    def nothing_was_sent_that_should_not(self) -> None:
        assert not getattr(self, "broken", []), self.broken

    @invariant()
    def an_approval_is_released_once(self) -> None:
        """History is for ever: a sweep that finds nothing to do writes nothing."""
        if not hasattr(self, "witness"):
            return
        approvals_given = Submission.objects.filter(post=self.post, state="decided").count()
        released = Event.objects.filter(verb="post.queued", subject_id=self.post.pk).count()
        assert released <= approvals_given, f"released {released} times"

    @invariant()
    def every_delivery_tells_the_truth(self) -> None:
        if not hasattr(self, "witness"):
            return
        for delivery in Delivery.objects.filter(post=self.post):
            there = str(delivery.key) in self.witness.live
            if delivery.state == DeliveryState.SENT:
                assert there, "says sent and is not there"
            if delivery.state in {DeliveryState.REFUSED, DeliveryState.FAILED}:
                assert not there, f"says {delivery.state} and is there"

    def _is(self, *states: str) -> bool:
        return Post.objects.filter(pk=self.post.pk, state__in=states).exists()

    def _refresh(self) -> None:
        self.post = Post.objects.get(pk=self.post.pk)

    def _try(self, press: Any) -> bool:
        try:
            with transaction.atomic():
                press()
        except NotPossible:
            return False
        return True


def _settings(examples: int, *phases: Phase) -> settings:
    return settings(
        max_examples=examples,
        phases=phases or tuple(Phase),
        report_multiple_bugs=False,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=False,
    )


def test_no_life_of_a_post_breaks_the_promise(db):
    run_state_machine_as_test(PromiseMachine, settings=_settings(EXAMPLES))


def test_the_machine_notices_a_gate_that_lets_everything_through(db, monkeypatch):
    def open_gate(delivery: Any, *, at: Any, by: Any = None) -> Any:
        answer = real(delivery, at=at, by=by)
        answer.findings.clear()
        return answer

    real = sending.gate
    monkeypatch.setattr(sending, "gate", open_gate)
    with pytest.raises((AssertionError, ExceptionGroup)):
        run_state_machine_as_test(PromiseMachine, settings=_settings(200, Phase.generate))
