"""What a parent presses on their page, written down.

A no or a withdrawal is always taken, also about a child who has left or decides alone by now: of
them a picture may still be there. A yes is taken only to what is asked today.

"Every yes to no" is every yes of theirs, also about a child whom the page does not show them: one
in care, or from whom a court order or an end keeps them. Such a yes counts for nothing today and
would count again by itself once that is over (R-146). Neither page nor mail tells of that child;
where they have no other child, the page is this one press and no more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from consents.actions import Said, append
from consents.answering import Asked, Spoken, Square, asked_of
from consents.endings import is_over
from consents.errors import NotAllowed
from consents.models import Agreement, Answer, Child, Parent, ParentLink, ParentMail, Way
from policy.models import Platform

CHANGED = "The questions have changed since you opened this page. Please read them again."
GATHER = timedelta(minutes=2)  # one mail for what is pressed within


@transaction.atomic
def answer(
    *,
    link: ParentLink,
    answers: Mapping[Square, str],
    seen: Agreement,
    current: Agreement,
    language: str,
) -> int:
    """Write down what a parent pressed, about the version they had before them; returns how many
    answers are new. A no counts whichever version they saw; a yes only to what is asked today."""
    asked = asked_of(link.parent, current)
    noes = {square for square, said in answers.items() if said == "no"}
    if set(answers.values()) - {"yes", "no"} or (
        set(answers) - set(asked.squares()) - (noes & {*asked.looked, *asked.before})
    ):
        raise NotAllowed(CHANGED)
    if seen != current and "yes" in answers.values():
        raise NotAllowed(CHANGED)
    new = {square: said for square, said in answers.items() if _is_new(asked, square, said)}
    if "yes" in new.values() and is_over(asked.document, timezone.localdate()):
        raise NotAllowed(asked.document.best(language).say("ends_over"))
    said = {square: asked.word(square, word) for square, word in new.items()}
    _write(asked, said, seen, language)
    if new:
        _summarise(link.parent, asked)
    return len(new)


@transaction.atomic
def withdraw_all(*, link: ParentLink, seen: Agreement, current: Agreement, language: str) -> int:
    """Every yes of this person becomes a no, in one press (R-146); returns how many did."""
    asked = asked_of(link.parent, current)
    # Also what today's version no longer asks about: a yes to it may still stand.
    words = dict.fromkeys(sorted(asked.every_yes), Answer.WITHDRAWN)
    _append(words, seen, language)
    if words and asked.everybody:
        _summarise(link.parent, asked)
    return len(words)


def _write(asked: Asked, words: Mapping[Square, str], seen: Agreement, language: str) -> None:
    """Each child's answers, as those of the entry that may decide for that child."""
    _append(
        {(asked.givers[square[0]].pk, *square): w for square, w in words.items()}, seen, language
    )


def _append(words: Mapping[Spoken, str], seen: Agreement, language: str) -> None:
    """Answers of these entries, by (giver, child, platform, kind)."""
    platforms = Platform.objects.in_bulk({platform for _, _, platform, _ in words})
    children = Child.objects.in_bulk({child for _, child, _, _ in words})
    givers = Parent.objects.in_bulk({giver for giver, _, _, _ in words})
    for giver, child in dict.fromkeys(spoken[:2] for spoken in words):
        append(
            said=[
                Said(platforms[platform], kind, word)
                for (by, about, platform, kind), word in words.items()
                if (by, about) == (giver, child)
            ],
            way=Way.LINK,
            by=None,
            child=children[child],
            giver=givers[giver],
            agreement=seen,
            language=language,
        )


def _is_new(asked: Asked, square: Square, said: str) -> bool:
    """Another word than before, a yes said again before it ends, or what so far only the school's
    records said in their name."""
    before = asked.answers.get(square) or asked.looked.get(square)
    again = square in asked.put_down or (said == "yes" and square in asked.renewable)
    return before != said or again


def _summarise(parent: Parent, asked: Asked) -> None:
    """One mail with the list, for all that is pressed within a little while."""
    waiting = ParentMail.objects.filter(
        parent=parent, kind=ParentMail.Kind.SUMMARY, sent_at=None, given_up_at=None, tries=0
    )
    if parent.email and not waiting.exists():
        # From a school that knows this entry, not from another of the same person's.
        own = [child for child in asked.everybody if asked.givers[child.pk] == parent]
        ParentMail.objects.create(
            parent=parent,
            school_id=(own or asked.everybody)[0].school_id,
            kind=ParentMail.Kind.SUMMARY,
            made_at=timezone.now(),
            next_try_at=timezone.now() + GATHER,
        )
