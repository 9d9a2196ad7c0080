"""The post itself: complete, fit for each platform, its photos clean, described and looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from policy.findings import Finding, Way
from posts.checks.case import Case
from posts.checks.people import drop_way
from posts.lifecycle import State
from posts.models import Picture
from posts.words.counting import problems
from schools.clock import clock
from schools.roles import Permission

# What begins so is about the words, and other words for that channel mend it.
WORDS_OF = "words:"
_UNDECIDED = frozenset({State.DRAFT, State.RETURNED, State.SUBMITTED})


def something_to_say(case: Case) -> Iterator[Finding]:
    """Words and at least one channel."""
    whole = case.whole
    if not whole.wordings:
        yield case.book.finding(
            "something_to_say", "Choose at least one channel.", subject="channels"
        )
    for wording in whole.wordings:
        if not wording.words().strip():
            yield case.book.finding(
                "something_to_say",
                f"Write what {wording.channel.platform.name} should say.",
                subject=f"words:{wording.channel_id}",
                channels=(wording.channel_id,),
            )


def purpose_chosen(case: Case) -> Iterator[Finding]:
    """Protocol 3; and protocol 4 for updates and reminders, which a Head owns.

    A draft has a purpose of the version in force; what is frozen keeps that of its own.
    """
    post = case.whole.post
    is_old = post.purpose is not None and post.purpose.version_id != case.book.version.pk
    if post.purpose is None or (is_old and post.is_editable):
        yield case.book.finding("purpose", "Choose what this post is for.")
    elif post.is_update and case.book.is_on("reminder_owner") and not _owned_by_a_head(case):
        yield case.book.finding(
            "reminder_owner",
            f"Choose {case.book.called.the} who is responsible for this update.",
        )


def still_to_come(case: Case) -> Iterator[Finding]:
    """A time that has passed cannot be promised. Asked until a Head has approved; what is approved
    and late is another question (`approvals.rules.in_time_to_send`)."""
    post = case.whole.post
    if post.goes_out_at is None or post.goes_out_at > case.at or post.state not in _UNDECIDED:
        return
    after = clock(case.at + timedelta(minutes=1))
    yield case.book.finding("in_time", f"The time has passed. Pick one after {after}.")


def fits_each_platform(case: Case) -> Iterator[Finding]:
    """Length of text, number of photos, whether one is needed."""
    for wording in case.whole.wordings:
        platform, channel = wording.channel.platform, wording.channel
        shown = len(case.whole.shown_on(channel))
        found = [
            f"{platform.name}: {p}." for p in problems(case.whole.text_on(wording), platform.limits)
        ]
        of_words = len(found)
        most = platform.limit("photos", "max", default=20)
        if shown > most:
            found.append(f"{platform.name} takes {most} photos; {shown} are chosen.")
        if shown == 0 and platform.limit("needs_photo", default=False):
            found.append(f"{platform.name} needs a photo.")
        for index, message in enumerate(found):
            yield case.book.finding(
                "fits_platform",
                message,
                subject=f"{WORDS_OF if index < of_words else ''}{channel.pk}:{index}",
                channels=(channel.pk,),
                ways=(drop_way(channel),),
            )


def channels_open(case: Case) -> Iterator[Finding]:
    """The channel is this school's, in use, and its platform still exists."""
    for channel in case.whole.channels:
        ours = channel.school_id == case.whole.post.school_id
        if not (ours and channel.is_active) or channel.platform.is_retired:
            yield case.book.finding(
                "channel_open",
                f"{channel.platform.name} is not in use at {case.whole.post.school.name}.",
                subject=f"{channel.pk}",
                channels=(channel.pk,),
                ways=(drop_way(channel),),
            )


def photos_ready(case: Case) -> Iterator[Finding]:
    """Every photo has its clean copy; "not checked" stops like a finding, never passes."""
    for number, picture in enumerate(case.whole.pictures, 1):
        if picture.state == Picture.State.REFUSED:
            yield case.book.finding(
                "picture_ready",
                f"Photo {number} cannot be used. {picture.problem}",
                subject=f"{picture.pk}",
                picture=picture.pk,
                ways=(
                    Way(
                        f"Take photo {number} out",
                        "remove_picture",
                        "Then add another one",
                        (("picture", str(picture.pk)),),
                    ),
                ),
            )
        elif not picture.is_ready:
            yield case.book.finding(
                "picture_ready",
                f"Photo {number} is still being prepared.",
                subject=f"{picture.pk}",
                picture=picture.pk,
            )


def photos_described(case: Case) -> Iterator[Finding]:
    """Alt text for every photo, or "decorative" said (R-166)."""
    for number, picture in enumerate(case.whole.pictures, 1):
        if not picture.is_decorative and not picture.alt_text.strip():
            yield case.book.finding(
                "alt_text",
                f"Describe photo {number} for people who cannot see it.",
                subject=f"{picture.pk}",
                picture=picture.pk,
                ways=(
                    Way(
                        "It is only decoration",
                        "decorative",
                        "Nothing is read out for it",
                        (("picture", str(picture.pk)),),
                    ),
                ),
            )


def photos_looked_at(case: Case) -> Iterator[Finding]:
    """Protocol 2: the author looked for names and labels in each photo (R-072)."""
    for number, picture in enumerate(case.whole.pictures, 1):
        if not picture.nothing_readable:
            yield case.book.finding(
                "nothing_readable",
                f"Look at photo {number} for names on work, badges, boards and kit, and say that "
                "nothing in it tells who a child is.",
                subject=f"{picture.pk}",
                picture=picture.pk,
            )


def questions_answered(case: Case) -> Iterator[Finding]:
    """Hold and ask: an open question holds the post (R-096)."""
    for question in case.whole.post.questions.all():
        if question.answered_at is None:
            yield case.book.finding(
                "open_question",
                "A question about this post has no answer yet.",
                subject=f"{question.pk}",
            )


def _owned_by_a_head(case: Case) -> bool:
    owner = case.whole.post.owned_by
    return owner is not None and owner.may(Permission.POST_OWN_REMINDER, case.whole.post.school_id)
