"""A parent's own page: no account, no script, no cookie; fetching it changes nothing.

The secret in the address is what lets somebody answer, so no page of another site can make a
browser press here: it would have to know the address. That is why these pages ask for no second
token, and work where an old phone or a mail program keeps no cookies.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consents import agreements, links
from consents.answering import Asked, Square, asked_of
from consents.endings import each_last_day, sections, sentence, spoken, together
from consents.errors import NotAllowed
from consents.models import Agreement, ParentLink
from consents.pressing import answer, withdraw_all
from consents.rules import whose_yes
from consents.views.carried import said_of_posts
from consents.views.letting_in import not_there, too_many
from consents.views.looking import looking_of
from consents.views.places import chosen_on, names_of, places_of
from consents.wording import Wording
from schools.models import Trust
from schools.reach import number

SAVED = "saved"


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, secret: str) -> HttpResponse:
    """The questions that are open, to be answered with one Save, and the answers given before, each
    to be changed in one press."""
    link, agreement = links.found_by(secret), agreements.in_force()
    asked = asked_of(link.parent, agreement) if link and agreement else None
    if link is None or asked is None or not _opens(asked):
        return not_there(request)
    if links.is_overused(link):
        return too_many(request)
    wording = asked.document.best(request.GET.get("lang", ""))
    if request.method == "POST":
        return _pressed(request, secret, link, asked, wording)
    return _page(request, asked, link, wording, {})


def _opens(asked: Asked) -> bool:
    """Is there anything to ask, to look at or to take back? Where all their children are kept from
    them, what they said yes to is theirs to take back all the same (R-146, and see `pressing`):
    the page then tells of no child and no school, and is the same whatever keeps them apart. Who
    has nothing to take back there is told what a wrong link is told, and whose link has ended tells
    the office, who writes it down at the door."""
    return bool(asked.squares() or asked.looking or asked.every_yes)


def _pressed(
    request: HttpRequest, secret: str, link: ParentLink, asked: Asked, wording: Wording
) -> HttpResponse:
    """What was pressed: one answer, all of a place, every yes to no, or “Save”."""
    place, _, word = request.POST.get("all", "").partition(":")
    chosen = chosen_on(request.POST, asked)
    if place and word in {"yes", "no"}:
        return _all_of_a_place(request, asked, link, wording, chosen, (place, word))
    try:
        done = _write(request, link, asked, wording, chosen)
    except NotAllowed as error:
        return _page(request, asked, link, wording, chosen, wrong=str(error))
    if not done:
        wrong = wording.say("nothing_chosen")
        return _page(request, asked, link, wording, chosen, wrong=wrong)
    asked = asked_of(link.parent, asked.agreement)
    # What is chosen and not saved yet is not lost by changing an answer given before. And what was
    # just done is said, also where the link opens nothing any more.
    if (chosen and done != SAVED) or not _opens(asked):
        return _page(request, asked, link, wording, chosen, done=done)
    address = reverse("parents:page", args=[secret])
    return redirect(f"{address}?lang={wording.code}&done={done}")


def _write(
    request: HttpRequest,
    link: ParentLink,
    asked: Asked,
    wording: Wording,
    chosen: Mapping[Square, str],
) -> str:
    """Write it down; what was done, or nothing when nothing was chosen."""
    given: dict[str, Any] = {
        "link": link,
        "seen": _seen(request, asked),
        "current": asked.agreement,
        "language": wording.code,
    }
    if request.POST.get("stop"):
        withdraw_all(**given)
        return _done(asked, asked.yeses, changed="all_no")
    one = _square(request.POST.get("set", ""), asked)
    if one is not None:
        answer(answers=dict([one]), **given)
        return _done(asked, [one[0]])
    if not chosen:
        return ""
    answer(answers=chosen, **given)
    return SAVED


def _done(asked: Asked, squares: Collection[Square], *, changed: str = "changed") -> str:
    """About pupils who decide alone it is noted; whether it counts is not only theirs to say."""
    noted = bool(squares) and all(child in asked.grown for child, _, _ in squares)
    return "noted" if noted else changed


def _all_of_a_place(
    request: HttpRequest,
    asked: Asked,
    link: ParentLink,
    wording: Wording,
    chosen: dict[Square, str],
    pressed: tuple[str, str],
) -> HttpResponse:
    """ "Yes to all" and "No to all" choose what is open; only “Save” writes down, after a look."""
    key, word = pressed
    places = {platform.pk for platform in asked.platforms if platform.key == key}
    chosen |= {square: word for square in _open(asked, chosen) if square[1] in places}
    return _page(request, asked, link, wording, chosen, pressed=pressed)


def _open(asked: Asked, chosen: Mapping[Square, str]) -> list[Square]:
    """What is asked in the form: whatever has no answer, and what was chosen on a page from before
    it had one, as long as that is another."""
    mine = asked.answers
    return [s for s in asked.squares() if s not in mine or chosen.get(s, mine[s]) != mine[s]]


def _page(
    request: HttpRequest,
    asked: Asked,
    link: ParentLink,
    wording: Wording,
    chosen: Mapping[Square, str],
    *,
    wrong: str = "",
    pressed: tuple[str, str] = ("", ""),
    done: str = "",
) -> HttpResponse:
    still_open = _open(asked, chosen)
    today, trust = timezone.localdate(), Trust.load()
    names, posts = names_of(asked), said_of_posts(asked, wording)
    schools = {child.school_id: child.school for child in asked.everybody}
    context = {
        "asked": asked,
        "agreement": asked.agreement,
        "document": asked.document,
        "wording": wording,
        "words": wording.words,
        "parent": link.parent,
        "from": ", ".join(s.name for s in schools.values()) or trust.name,
        "lead": _lead(asked, wording, link, names),
        "looking": looking_of(asked, wording, today),
        "back": wording.say_newly("look_back"),
        "noted": wording.say_newly("noted"),
        "all_no": wording.say_newly("all_no"),
        "places": places_of(asked, wording, chosen, still_open, pressed),
        "given": places_of(asked, wording, asked.answers, asked.answers.keys()),
        "has_given": bool(asked.answers or posts or asked.every_yes),
        "given_words": wording.say_newly("recorded_title" if _is_put_down(asked) else "given"),
        "hidden": wording.say_newly("hidden"),
        "saved": wording.say_newly("saved"),
        "sections": sections(asked.document, wording),
        "ends": _ends(asked, wording, names),
        "renewable": bool(asked.renewable),
        "posts": posts,
        "deciding": [
            wording.say("decides_too", child=names[child.pk])
            for child in asked.children
            if whose_yes(child, today, trust.own_say_from)[0]
        ],
        "writing": [(s, wording.say("write", school=s.name)) for s in schools.values()],
        "done": done or request.GET.get("done", ""),
        "wrong": wrong,
    }
    template = "parents/questions.html" if still_open else "parents/answers.html"
    return render(request, template, context)


def _lead(
    asked: Asked, wording: Wording, link: ParentLink, names: Mapping[int, str]
) -> dict[str, str]:
    """The sentences at the top and at the end."""
    day = asked.agreement.starts_on
    whom = together([names[child.pk] for child in asked.children], wording)
    return {
        "title": wording.say("title", children=whom) if whom else wording.say_newly("given"),
        "for": wording.say("for_parent", parent=link.parent.full_name),
        "since": wording.say("since", when=spoken(timezone.localdate(asked.since), wording))
        if asked.since
        else "",
        "answers": wording.say_newly("recorded_title")
        if _is_put_down(asked)
        else wording.say("thanks"),
        "recorded": wording.say_newly("recorded_text") if asked.put_down else "",
        "open": wording.say("still_open", number=len(asked.unanswered())),
        "version": wording.say("version", number=asked.agreement.number, day=spoken(day, wording)),
    }


def _is_put_down(asked: Asked) -> bool:
    """Is what stands here the school's records' word alone, and nothing that they said themself?"""
    return bool(asked.put_down) and asked.since is None


def _square(text: str, asked: Asked) -> tuple[Square, str] | None:
    """ "12:3:photo:no", if that is a question of this page."""
    parts = text.split(":")
    if len(parts) != 4 or parts[3] not in {"yes", "no"}:
        return None
    square = (number(parts[0]) or 0, number(parts[1]) or 0, parts[2])
    back = {*asked.looked, *asked.before} if parts[3] == "no" else set()
    mine = back | set(asked.squares())
    return (square, parts[3]) if square in mine else None


def _seen(request: HttpRequest, asked: Asked) -> Agreement:
    """The version on the page that was sent."""
    pk = number(request.POST.get("version")) or 0
    if pk == asked.agreement.pk:
        return asked.agreement
    return Agreement.objects.filter(pk=pk).first() or asked.agreement


def _ends(asked: Asked, wording: Wording, names: Mapping[int, str]) -> list[str]:
    """How long a yes lasts: the rule, and its last day for each child where the rule names none.
    Nothing where nothing is asked."""
    if not asked.children:
        return []
    named = [(child, names[child.pk]) for child in asked.children]
    said = [sentence(asked.document, wording)]
    said += each_last_day(asked.document, wording, named, timezone.localdate())
    return [line for line in said if line]
