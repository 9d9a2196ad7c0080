"""Verbs of what is asked of a Head: a written permission for one photo, a reminder for parents."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from policy.confirming import said
from policy.models import Purpose
from policy.rulebook import Rulebook
from posts.actions import must_be_editable
from posts.errors import NotPossible, SomebodyWasFaster
from posts.models import MaterialRequest, Picture, Post, ReminderRequest
from posts.origins import permitting, rules
from schools.actions import tell
from schools.models import School, User
from schools.roles import Permission

PATH = "/posts/requests/"
Answer = MaterialRequest.Answer


@transaction.atomic
def ask_for_permission(*, picture: Picture, matter: str, by: User) -> MaterialRequest:
    """Ask whom the policy names to permit, in writing, what this photo shows (R-101, R-102)."""
    post = picture.post
    must_be_editable(post, by=by)
    if not rules.shows(picture, matter):
        raise NotPossible("Say first that the photo shows it.")
    if MaterialRequest.objects.filter(
        picture=picture, matter=matter, answer__in=["", Answer.YES]
    ).exists():
        raise NotPossible("That has been asked already.")
    asked = MaterialRequest.objects.create(picture=picture, matter=matter, asked_by=by)
    record("material.asked", asked, by=by, school_id=post.school_id, post=post.pk, matter=matter)
    tell(
        permitting.who_permits(post.school, matter, Rulebook.in_force()),
        subject="Your written permission is asked for",
        body=f"{by.name} asks whether a photo may show {asked.get_matter_display()}.",
        path=PATH,
    )
    return asked


@transaction.atomic
def answer_permission(*, asked: MaterialRequest, permit: bool, words: str, by: User) -> None:
    """The answer of whoever may permit it, in words and dated by this press."""
    post = asked.picture.post
    book = Rulebook.in_force()
    if not permitting.may_permit(by, post.school_id, asked.matter, book):
        raise NotPossible(f"Only {permitting.whoever(asked.matter, book).the} permits this.")
    if not words.strip():
        raise NotPossible("Write what you permit, or why not.")
    answered = MaterialRequest.objects.filter(pk=asked.pk, answer="").update(
        answer=Answer.YES if permit else Answer.NO,
        words=words.strip()[:500],
        answered_by=by,
        answered_at=timezone.now(),
    )
    if not answered:
        raise SomebodyWasFaster("This has been answered already.")
    record(
        "material.answered",
        asked,
        by=by,
        school_id=post.school_id,
        post=post.pk,
        permitted=permit,
    )
    tell(
        [asked.asked_by],
        subject=f"{'Permitted' if permit else 'Not permitted'}: {post.in_mail}",
        body=f"{by.name} answered what you asked about a photo; the words are on the post’s page.",
        path=f"/posts/{post.pk}/edit/",
    )


@transaction.atomic
def ask_for_reminder(*, school: School, title: str, text: str, by: User) -> ReminderRequest:
    """Any member of staff asks for a reminder to be issued; the Heads read it by mail and in their
    queue (protocol 4, R-077)."""
    if not by.may(Permission.POST_DRAFT, school):
        raise NotPossible(f"You have no role at {school.name} that lets you ask for one.")
    if not title.strip() or not text.strip():
        raise NotPossible("Write what parents should be reminded of.")
    asked = ReminderRequest.objects.create(
        school=school, title=title.strip(), text=text.strip(), asked_by=by
    )
    record("reminder.asked", asked, by=by)
    tell(
        list(User.objects.who_may(Permission.POST_OWN_REMINDER, school).exclude(pk=by.pk)),
        subject=f"A reminder is asked for at {school.short_name}",
        body=f"{by.name} asks you to issue a reminder to parents. What it says is on the page.",
        path=PATH,
    )
    return asked


@transaction.atomic
def issue(*, asked: ReminderRequest, by: User) -> Post:
    """The Head takes it on: it becomes a draft of whoever asked, with this Head responsible for
    it. It is checked, completed and confirmed like every other post (P4, R-076)."""
    _must_own(asked, by)
    post = Post.objects.create(
        school=asked.school,
        author=asked.asked_by,
        title=asked.title,
        text=asked.text,
        purpose=_purpose(),
        owned_by=by,
    )
    record("post.started", post, by=by)
    _answer(asked, by, outcome=ReminderRequest.Outcome.ISSUED, post=post)
    record("reminder.issued", asked, by=by, post=post.pk)
    tell(
        [asked.asked_by],
        subject="Your reminder is to be issued",
        body=f"{by.name} is responsible for it. Choose where it goes, look at it once more and "
        + said("send it to {the}."),
        path=f"/posts/{post.pk}/edit/",
    )
    return post


@transaction.atomic
def decline(*, asked: ReminderRequest, words: str, by: User) -> None:
    """Not issued, with the reason in words."""
    _must_own(asked, by)
    if not words.strip():
        raise NotPossible("Say why, so that whoever asked understands.")
    _answer(asked, by, outcome=ReminderRequest.Outcome.DECLINED, words=words.strip()[:500])
    record("reminder.declined", asked, by=by)
    tell(
        [asked.asked_by],
        subject="Your reminder is not issued",
        body=f"{by.name} says why on the page.",
        path=PATH,
    )


def _answer(asked: ReminderRequest, by: User, **fields: object) -> None:
    answered = ReminderRequest.objects.filter(pk=asked.pk, outcome="").update(
        answered_by=by, answered_at=timezone.now(), **fields
    )
    if not answered:
        raise SomebodyWasFaster("This has been answered already.")


def _must_own(asked: ReminderRequest, by: User) -> None:
    if not by.may(Permission.POST_OWN_REMINDER, asked.school_id):
        raise NotPossible(said("Only {a} of this school issues reminders."))


def _purpose() -> Purpose:
    """Reminder, or whichever update the policy in force knows."""
    updates = [p for p in Rulebook.in_force().purposes() if p.is_update]
    named = [p for p in updates if p.key == "reminder"]
    if not updates:
        raise NotPossible("The policy in force knows no reminders. Write an ordinary post.")
    return (named or updates)[0]
