"""At the door or on the phone: a parent says it, and three presses later it is written down.

The first press names who speaks, the second says what, the third writes it down.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consents import agreements
from consents.actions import Said, record_many
from consents.answering import Asked, Square, asked_of
from consents.endings import each_last_day, sentence
from consents.errors import NotAllowed
from consents.forms.scans import ScanForm
from consents.models import Child, Parent, Way
from consents.panels import Withdrawal, follows, on_withdrawal
from consents.scans import keeping
from consents.views.places import chosen_on, places_of
from consents.views.reach import child_or_404
from schools.clock import noun
from schools.models import User
from schools.reach import me
from schools.roles import Permission

_WAYS = {Way.IN_PERSON.value, Way.PHONE.value}
_CHOSEN = {
    "yes": "Yes is chosen where no was not. Nothing is written down yet: press “Write it down”.",
    "no": "No is chosen everywhere. Nothing is written down yet: press “Write it down”.",
}


@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, pk: int, parent: int) -> HttpResponse:
    """Every question about one child as one parent answers it aloud. Nothing is ticked."""
    child = child_or_404(request, pk)
    if not me(request).may(Permission.CONSENT_RECORD, child.school_id):
        raise Http404
    giver = get_object_or_404(Parent.objects.filter(guardianships__child=child), pk=parent)
    agreement = agreements.in_force()
    if agreement is None:
        messages.error(request, "No version of the agreement is in force. Publish one first.")
        return redirect("consents:child", pk=pk)
    asked = asked_of(giver, agreement, [child])
    chosen, proof = chosen_on(request.POST, asked), _proof(request)
    every = request.POST.get("all", "")
    if every in {"yes", "no"}:
        chosen = _every(asked, chosen, every)
        messages.info(request, _CHOSEN[every])
        if request.FILES:
            messages.info(request, "Choose the scan again before you press: the page lost it.")
    elif request.method == "POST":
        try:
            written = _write(request, child, giver, asked, chosen, proof)
            said = f"{written} written down, as {giver.full_name} said. It counts at once."
            messages.success(
                request, f"{said} {_follows(child, giver, asked, me(request))}".strip()
            )
            return redirect("consents:child", pk=pk)
        except NotAllowed as error:
            messages.error(request, str(error))
    wording, today = asked.document.best(""), timezone.localdate()
    about = Withdrawal(children=(child,))
    context = {
        "child": child,
        "by_phone": request.POST.get("way") == Way.PHONE,
        "withdrawal": on_withdrawal.of(about, me(request)) if asked.yeses else [],
        "giver": giver,
        "proof": proof["scan"],
        "agreement": agreement,
        "words": wording.words,
        "ends": [
            sentence(asked.document, wording),
            *each_last_day(asked.document, wording, [(child, child.known_as)], today),
        ],
        "places": places_of(asked, wording, chosen),
        "may_decide": any(row.is_entitled() for row in child.guardianships.filter(parent=giver)),
    }
    return render(request, "consents/agreement_door.html", context)


def _every(asked: Asked, chosen: Mapping[Square, str], word: str) -> dict[Square, str]:
    """Everything chosen at once, to be looked at before it is written down. A no that was ticked
    stays a no, unless every question says no and the whole choice is turned round."""
    wanted = dict.fromkeys(asked.squares(), word)
    noes = {square: said for square, said in chosen.items() if said == "no"}
    return wanted if word == "no" or len(noes) == len(wanted) else wanted | noes


def _write(
    request: HttpRequest,
    child: Child,
    giver: Parent,
    asked: Asked,
    chosen: Mapping[Square, str],
    proof: ScanForm,
) -> str:
    if not chosen:
        raise NotAllowed("Choose at least one answer, then press “Write it down”.")
    if not proof.is_valid():
        raise NotAllowed(f"Nothing is written down yet. {proof.errors['scan'][0]}")
    platforms = {platform.pk: platform for platform in asked.platforms}
    way = request.POST.get("way", "")
    with keeping(proof.cleaned_data["scan"], school=child.school, by=me(request)) as scan:
        made = record_many(
            said=[
                Said(platforms[platform], kind, asked.word((about, platform, kind), word))
                for (about, platform, kind), word in chosen.items()
            ],
            child=child,
            giver=giver,
            way=way if way in _WAYS else Way.IN_PERSON,
            agreement=asked.agreement,
            scan=scan,
            by=me(request),
        )
    return noun(len(made), "answer is", "answers are")


def _proof(request: HttpRequest) -> ScanForm:
    """A form or a note that they handed in while they said it."""
    sent = request.method == "POST" and not request.POST.get("all")
    form = ScanForm(request.POST, request.FILES) if sent else ScanForm()
    form.fields["scan"].label = "A form or note they handed in, if there is one"
    return form


def _follows(child: Child, giver: Parent, before: Asked, user: User) -> str:
    """What becomes of posts that relied on a yes which this parent has just taken back."""
    ended = set(before.yeses) - set(asked_of(giver, before.agreement, [child]).yeses)
    if not ended:
        return ""
    platforms = frozenset(platform for _, platform, _ in ended)
    kinds = frozenset(kind for _, _, kind in ended)
    return follows(Withdrawal((child,), (), platforms, kinds, is_done=True), user)
