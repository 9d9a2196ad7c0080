"""Fills the demo trust: invented people, their permissions, and posts in every state."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from config.demo import people, wrongs
from config.demo import trust as trusts
from config.demo.casting import Casting
from config.demo.clock import Clock
from config.demo.drafting import Desk
from config.demo.equipment import ask_the_heads, equip
from config.demo.lives import Lives
from config.demo.roll import Roll
from config.demo.seeing import Remembered
from publishing.reviewing import review_live
from schools.models import Notice, School

SEED = 2026
TERM = timedelta(days=92)  # how long ago the demo's term began
CHANGES = timedelta(days=44)  # and how long ago some families changed their minds


def seed(*, fresh: bool, look_again: bool = False) -> None:
    """Make the demo trust, unless a school is there already; all of it or nothing.

    `fresh`: the caller has thrown the old one away, so an old school is an error. `look_again`:
    every photo is looked at, and what is found is kept with the demo's own code.
    """
    if School.objects.exists():
        if fresh:
            raise RuntimeError("The old demo trust is still there.")
        return
    now = timezone.now().replace(second=0, microsecond=0)
    clock, dice = Clock(now - TERM), Random(SEED)
    eyes = Remembered({}) if look_again else Remembered.read()
    with clock.running(), transaction.atomic():
        trust = trusts.build()
        people.first_morning(trust)
        equip(trust)
        roll = Roll(trust, dice, clock.at)
        roll.fill(timezone.localdate(now))
        clock.at = now - CHANGES
        roll.change_minds()
        roll.ask_some()
        desk = Desk(trust, Casting(trust, roll, dice, timezone.localdate(now)), dice, eyes)
        Lives(trust, desk, clock, now).play()
        clock.at = now
        review_live()
        people.lately(trust)
        roll.write_to_a_class()
        ask_the_heads(trust)
        wrongs.tell(trust)
        _old_news_is_read(now)
    eyes.close()
    if look_again:
        eyes.write()


def _old_news_is_read(now: datetime) -> None:
    """What people were told before today went out by mail then, and most of it was read."""
    old = Notice.objects.filter(made_at__lt=now - timedelta(hours=12))
    old.update(sent_at=F("made_at"), read_at=F("made_at") + timedelta(hours=5))
