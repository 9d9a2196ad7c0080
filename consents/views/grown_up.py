"""A grown-up's own page: no account, no script, and fetching it changes nothing.

As on a parent's page (`views.parents`), the secret in the address is the key.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consents import adult_wording, asking_adults, links
from consents.asking_adults import Question
from consents.errors import NotAllowed
from consents.models import ADULT_KINDS, AdultLink, AdultWording
from consents.views.letting_in import not_there, too_many
from consents.wording import Wording
from schools.reach import number


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, secret: str) -> HttpResponse:
    """The questions with what they last said; one button saves, another takes all back. In the
    language they choose, as a parent's page."""
    link, version = asking_adults.found_by(secret), adult_wording.in_force()
    if link is None or version is None:
        return not_there(request)
    if links.is_often_used(f"adult {link.pk}"):
        return too_many(request)
    wording = adult_wording.document(version).best(request.GET.get("lang", ""))
    if request.method != "POST":
        return _page(request, link, version, wording, {})
    chosen = _chosen(request.POST)
    try:
        done = _write(request, link, wording, chosen)
    except NotAllowed as error:
        return _page(request, link, version, wording, chosen, wrong=str(error))
    if not done:
        nothing = wording.say("nothing_new")
        return _page(request, link, version, wording, chosen, wrong=nothing)
    done_so = "all_no" if request.POST.get("stop") else "saved"
    return redirect(f"{request.path}?lang={wording.code}&done={done_so}")


def _write(
    request: HttpRequest, link: AdultLink, wording: Wording, chosen: dict[Question, str]
) -> int:
    # The version they read, which may be an older one by now.
    read = number(request.POST.get("version")) or 0
    seen = AdultWording.objects.filter(pk=read).first()
    if request.POST.get("stop"):
        return asking_adults.withdraw_all(link=link, seen=seen, language=wording.code)
    return asking_adults.answer(link=link, answers=chosen, seen=seen, language=wording.code)


def _chosen(sent: QueryDict) -> dict[Question, str]:
    """ "3:photo" → "yes" or "no"; whatever else was sent is no answer."""
    found = {}
    for name, word in sent.items():
        place, _, kind = name.partition(":")
        pk = number(place)
        if pk is not None and kind in ADULT_KINDS and word in {"yes", "no"}:
            found[pk, kind] = str(word)
    return found


def _page(
    request: HttpRequest,
    link: AdultLink,
    version: AdultWording,
    wording: Wording,
    chosen: dict[Question, str],
    *,
    wrong: str = "",
) -> HttpResponse:
    places = asking_adults.platforms()
    said = asking_adults.stands(link.adult, [place.pk for place in places])
    context = {
        "adult": link.adult,
        "version": version,
        "document": adult_wording.document(version),
        "wording": wording,
        "words": wording.words,
        "for": wording.say("for_name", name=link.adult.name),
        "version_said": wording.say("version", number=version.number),
        "parts": adult_wording.parts(wording),
        "has_left": link.adult.has_left(),
        "places": [
            (
                place,
                wording.places.get(place.key) or place.what_it_is,
                [
                    (
                        kind,
                        wording.say(f"q_{kind}"),
                        chosen.get((place.pk, kind), said[place.pk, kind].word),
                        said[place.pk, kind].ends_soon,
                    )
                    for kind in ADULT_KINDS
                ],
            )
            for place in places
        ],
        "stands": any(one.word == "yes" for one in said.values()),
        "done": request.GET.get("done", ""),
        "wrong": wrong,
    }
    return render(request, "parents/adult.html", context)
