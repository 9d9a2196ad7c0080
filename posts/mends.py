"""Ways out that one press applies. A finding offers them by verb; here the verb is done."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from consents.asking import ask_parents
from consents.errors import NotAllowed
from consents.models import Kind
from consents.words import joined
from policy.confirming import said
from policy.findings import Finding, Way
from policy.models import Channel, Platform
from posts import actions, picturing, shaping
from posts.checks import check
from posts.checks.cutting import mark_of
from posts.checks.grown import subject_of
from posts.cutting import take_out
from posts.errors import NotPossible
from posts.models import Picture, Post
from posts.origins import exceptions, requesting
from posts.settling import look_again
from posts.shortening import first_names_only
from schools.models import User
from schools.reach import number

Fields = dict[str, list[str]]
GONE = "That way out no longer fits. Here is the post as it is now."


def encoded(way: Way) -> str:
    """A way as the value of a button: "leave_out picture=3 channel=7"."""
    return " ".join([way.verb, *(f"{name}={value}" for name, value in way.fields)])


def apply(value: str, *, post: Post, by: User) -> str:
    """Do what a pressed way says; return what was done, in words.

    It may name several channels: all of it is done, or nothing. Everything it names must belong to
    the post; anything else is `NotPossible`.
    """
    verb, *pairs = value.split(" ")
    fields: Fields = {}
    for pair in pairs:
        name, _, found = pair.partition("=")
        fields.setdefault(name, []).append(found)
    mend = MENDS.get(verb)
    if mend is None:
        raise NotPossible(GONE)
    try:
        with transaction.atomic():
            return mend(post, by, fields)
    except NotAllowed as error:
        raise NotPossible(str(error)) from error


def _leave_out(post: Post, by: User, fields: Fields) -> str:
    picture, channels = _picture(post, fields), _channels(post, fields)
    for channel in channels:
        picturing.leave_out(picture=picture, channel=channel, by=by)
    return f"That photo is left out on {_named(channels)}."


def _put_back(post: Post, by: User, fields: Fields) -> str:
    picture, channels = _picture(post, fields), _channels(post, fields)
    for channel in channels:
        picturing.put_back(picture=picture, channel=channel, by=by)
    return f"That photo is shown on {_named(channels)} again."


def _drop_channel(post: Post, by: User, fields: Fields) -> str:
    channels = _channels(post, fields)
    for channel in channels:
        actions.drop_channel(post=post, channel=channel, by=by)
    is_or_are = "is" if len(channels) == 1 else "are"
    return f"{_named(channels)} {is_or_are} dropped. The other channels stay."


def _cover_everyone(post: Post, by: User, fields: Fields) -> str:
    picture, channels = _picture(post, fields), _channels(post, fields)
    shaping.cover_everyone(picture=picture, channels=channels, by=by)
    return f"Everyone in that photo is covered on {_named(channels)}."


def _border(post: Post, by: User, fields: Fields) -> str:
    picture, channels = _picture(post, fields), _channels(post, fields)
    shaping.border(picture=picture, channels=channels, by=by)
    return f"That photo gets a plain border on {_named(channels)}; all of it is shown."


def _no_time(post: Post, by: User, fields: Fields) -> str:
    actions.without_time(post=post, by=by)
    return "It goes out as soon as it is approved."


def _remove_picture(post: Post, by: User, fields: Fields) -> str:
    picturing.remove(picture=_picture(post, fields), by=by)
    return "The photo is taken out. Add another one below."


def _look_again(post: Post, by: User, fields: Fields) -> str:
    look_again(picture=_picture(post, fields), by=by)
    return "GoLive looks at the photo again. That takes a few seconds."


def _decorative(post: Post, by: User, fields: Fields) -> str:
    picture = _picture(post, fields)
    picturing.describe(picture=picture, alt_text="", is_decorative=True, by=by)
    return "That photo only decorates; nothing is read out for it."


def _mention(post: Post, by: User, fields: Fields) -> str:
    child = picturing.pickable(post, by=by).filter(pk=_number(fields, "child")).first()
    if child is None:
        raise NotPossible(GONE)
    picturing.mention(post=post, child=child, by=by)
    return f"{child.short_name} counts as named in this post."


def _unmention(post: Post, by: User, fields: Fields) -> str:
    picturing.unmention(post=post, child_id=_number(fields, "child"), by=by)
    return "That pupil no longer counts as named."


def _first_names(post: Post, by: User, fields: Fields) -> str:
    channels = _channels(post, fields)
    if not first_names_only(post=post, channels=channels, by=by):
        raise NotPossible(GONE)
    return f"Only the first name is written on {_named(channels)}. Please read it once more."


def _not_in_photo(post: Post, by: User, fields: Fields) -> str:
    """The pupil that a photo's file seems to be named after: said in one press, kept as the answer
    that the Head reads."""
    picture = _picture(post, fields)
    asked = [f for f in check(post).findings if is_of_file(f) and f.picture == picture.pk]
    if not asked:
        raise NotPossible(GONE)
    for finding in asked:
        words = "The pupil with the name of this file is not in the photo."
        actions.answer_warning(
            post=post, rule=finding.rule, subject=finding.subject, words=words, by=by
        )
    return said("Kept: that pupil is not in the photo. {The} reads it.")


def is_of_file(finding: Finding) -> bool:
    """Does it ask about the name of a photo's file? It never goes out; it can tell who was
    overlooked (R-073, R-157)."""
    return finding.asks and finding.subject.startswith("file:")


def _ask_permission(post: Post, by: User, fields: Fields) -> str:
    picture = _picture(post, fields)
    matter = next(iter(fields.get("matter", [])), "")
    requesting.ask_for_permission(picture=picture, matter=matter, by=by)
    return "The Head has been asked. This draft waits; nothing is lost."


def _ask_exception(post: Post, by: User, fields: Fields) -> str:
    exceptions.ask(picture=_picture(post, fields), by=by)
    return "The Chief Information Officer has been asked. This draft waits; nothing is lost."


def _ask_parents(post: Post, by: User, fields: Fields) -> str:
    wanted = _numbers(fields, "child")
    children = list(picturing.pickable(post, by=by).filter(pk__in=wanted))
    platforms = Platform.objects.filter(pk__in=_numbers(fields, "platform"))
    kind = next(iter(fields.get("kind", [])), "")
    if not children or not platforms or kind not in Kind.values:
        raise NotPossible(GONE)
    for platform in platforms:
        ask_parents(
            children=children,
            platform=platform,
            kind=kind,
            purpose=post.purpose.key if post.purpose else "",
            by=by,
        )
    return "The office has been asked to ask the parents. This draft waits; nothing is lost."


def _another_adult(post: Post, by: User, fields: Fields) -> str:
    """It is not the colleague who is so called: kept as the answer that the Head reads."""
    actions.say_somebody_else(post=post, subject=subject_of(_signed(fields, "adult")), by=by)
    return said("Kept: somebody else is meant. {The} reads it, and says so too.")


def _take_out(post: Post, by: User, fields: Fields) -> str:
    was = next(iter(fields.get("was", [])), "")
    gone = take_out(post=post, spots=fields.get("spot", []), was=was, by=by)
    return f"Taken out: “{gone}”. If it should stay after all, write it again."


def _somebody_else(post: Post, by: User, fields: Fields) -> str:
    """The word is no pupil's name here: kept as the answer that the Head reads."""
    asked = set(fields.get("word", []))
    for finding in check(post).findings:
        if finding.asks and finding.rule == "name_maybe" and mark_of(finding.subject) in asked:
            words = "No pupil or colleague is meant."
            actions.answer_warning(
                post=post, rule=finding.rule, subject=finding.subject, words=words, by=by
            )
            return "Kept: nobody of the school is meant. The Head reads it."
    raise NotPossible(GONE)


MENDS: dict[str, Callable[[Post, User, Fields], str]] = {
    "leave_out": _leave_out,
    "put_back": _put_back,
    "cover_everyone": _cover_everyone,
    "border": _border,
    "drop_channel": _drop_channel,
    "remove_picture": _remove_picture,
    "look_again": _look_again,
    "no_time": _no_time,
    "decorative": _decorative,
    "mention": _mention,
    "unmention": _unmention,
    "not_in_photo": _not_in_photo,
    "another_adult": _another_adult,
    "first_names": _first_names,
    "take_out": _take_out,
    "somebody_else": _somebody_else,
    "ask_parents": _ask_parents,
    "ask_permission": _ask_permission,
    "ask_exception": _ask_exception,
}


def _number(fields: Fields, name: str) -> int:
    found = number(next(iter(fields.get(name, [])), ""))
    if found is None:
        raise NotPossible(GONE)
    return found


def _numbers(fields: Fields, name: str) -> set[int]:
    return {pk for said in fields.get(name, []) if (pk := number(said)) is not None}


def _signed(fields: Fields, name: str) -> set[int]:
    """Keys of grown-ups: those of users are negative."""
    found = set()
    for one in fields.get(name, []):
        pk = number(one.removeprefix("-"))
        if pk is None:
            raise NotPossible(GONE)
        found.add(-pk if one.startswith("-") else pk)
    return found


def _picture(post: Post, fields: Fields) -> Picture:
    picture = Picture.objects.filter(post=post, pk=_number(fields, "picture")).first()
    if picture is None:
        raise NotPossible(GONE)
    return picture


def _channels(post: Post, fields: Fields) -> list[Channel]:
    wanted = _numbers(fields, "channel")
    wordings = post.wordings.select_related("channel__platform").filter(channel__in=wanted)
    found = [wording.channel for wording in wordings]
    if not wanted or len(found) != len(wanted):
        raise NotPossible(GONE)
    return found


def _named(channels: list[Channel]) -> str:
    return joined([channel.platform.name for channel in channels])
