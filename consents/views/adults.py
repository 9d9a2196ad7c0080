"""Adults who may be pictured: who they are, and what they answered about themselves."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from consents import adult_wording
from consents import adults as verbs
from consents.errors import NotAllowed
from consents.forms.people import AdultForm, NewAdultForm
from consents.forms.records import AdultAnswerForm
from consents.models import ADULT_KINDS, Adult, ConsentDecision, Kind, Way
from consents.panels import Withdrawal, follows, on_withdrawal
from consents.scans import may_open
from consents.states import Cell, Key, Standing, adult_standings
from consents.views.reach import asked_platforms, must_may
from consents.views.timeline import together
from consents.views.writing_down import write_down
from policy.models import Platform
from schools.models import School
from schools.reach import me, number_or_404
from schools.roles import Permission

A_PAGE = 40
LEFT = "left"  # as the list's address says it


@require_http_methods(["GET", "POST"])
def adults(request: HttpRequest) -> HttpResponse:
    """Everybody grown up who may be pictured, and somebody new."""
    user = must_may(request, Permission.CONSENT_SEE)
    may_record = School.objects.where(user, Permission.CONSENT_RECORD).exists()
    form = NewAdultForm(request.POST or None, user=user)
    if request.method == "POST" and may_record and form.is_valid():
        try:
            made = verbs.add_adult(by=user, **form.cleaned_data)
            messages.success(request, f"{made.name} is added. Ask them, or write down an answer.")
            return redirect("consents:adult", pk=made.pk)
        except NotAllowed as error:
            form.add_error(None, str(error))
    kind = request.GET.get("kind", "")
    kind = kind if kind in ADULT_KINDS else Kind.PHOTO.value
    show = request.GET.get("show", "")
    mine, here = Adult.objects.visible_to(user), Adult.objects.here()
    listed = mine.exclude(pk__in=here.values("pk")) if show == LEFT else mine.filter(pk__in=here)
    page = Paginator(listed.select_related("school", "user").order_by("name", "pk"), A_PAGE)
    people = page.get_page(request.GET.get("page"))
    platforms = asked_platforms()
    cells = adult_standings(list(people), [p.pk for p in platforms])
    context = {
        "page": people,
        "platforms": platforms,
        "rows": [(a, [(p, cells[a.pk, p.pk, kind]) for p in platforms]) for a in people],
        "kinds": [
            {"label": label, "url": f"?kind={key}", "current": key == kind and show != LEFT}
            for key, label in ADULT_KINDS.items()
        ]
        + [{"label": "Who has left", "url": f"?show={LEFT}", "current": show == LEFT}],
        "about": ADULT_KINDS[kind],
        "has_left": show == LEFT,
        "form": form,
        "may_record": may_record,
    }
    return render(request, "consents/adults.html", context)


@require_http_methods(["GET", "POST"])
def adult(request: HttpRequest, pk: int) -> HttpResponse:
    """One adult: what they answered, a new answer, asking them, when they leave."""
    found = adult_or_404(request, pk)
    may_record = me(request).may(Permission.CONSENT_RECORD, found.school_id)
    initial = {"given_on": timezone.localdate(), "way": Way.IN_PERSON}
    form = AdultAnswerForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and may_record and form.is_valid():
        try:
            words = adult_wording.on(form.cleaned_data["given_on"])
            write_down(request, found, form, adult_wording=words)
            return redirect("consents:adult", pk=pk)
        except NotAllowed as error:
            form.add_error(None, str(error))
    return _page(request, found, form, AdultForm(adult=found))


@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Where mail reaches them, and when they leave."""
    found = _mine(request, pk)
    form = AdultForm(request.POST, adult=found)
    if not form.is_valid():
        return _page(request, found, AdultAnswerForm(), form)
    try:
        verbs.keep_address(adult=found, email=form.cleaned_data["email"], by=me(request))
        day = form.cleaned_data["left_on"]
        if day is not None and day != found.left_on:
            verbs.leaves(adult=found, on=day, by=me(request))
        elif day is None and found.left_on is not None:
            verbs.returns(adult=found, by=me(request))
        messages.success(request, f"Kept for {found.name}.")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:adult", pk=pk)


@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody who had left is here again."""
    found = _mine(request, pk)
    try:
        verbs.returns(adult=found, by=me(request))
        messages.success(request, f"{found.name} is back. Ask again: what was said has ended.")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:adult", pk=pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: a platform, one kind on it, or everything."""
    found = adult_or_404(request, pk)
    platform, kind = request.POST.get("platform"), request.POST.get("kind")
    # No platform named means every platform; one that is none is not found.
    where = None if platform is None else [get_object_or_404(Platform, pk=number_or_404(platform))]
    if kind is not None and (kind not in ADULT_KINDS or where is None):
        raise Http404
    try:
        made = verbs.withdraw_adult(
            adult=found, by=me(request), platforms=where, kinds=None if kind is None else [kind]
        )
        names = ", ".join(dict.fromkeys(d.platform.name for d in made))
        done = Withdrawal(
            adults=(found,),
            platforms=frozenset(d.platform_id for d in made),
            kinds=frozenset(d.kind for d in made),
            is_done=True,
        )
        said = f"Withdrawn at once for {names}. {follows(done, me(request))}"
        messages.success(request, said.strip())
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:adult", pk=pk)


def adult_or_404(request: HttpRequest, pk: int) -> Adult:
    """An adult whose record this person may open."""
    mine = Adult.objects.visible_to(me(request)).select_related("school", "user")
    return get_object_or_404(mine, pk=pk)


def _mine(request: HttpRequest, pk: int) -> Adult:
    found = adult_or_404(request, pk)
    if not me(request).may(Permission.CONSENT_RECORD, found.school_id):
        raise Http404
    return found


def _page(
    request: HttpRequest, found: Adult, form: AdultAnswerForm, about: AdultForm
) -> HttpResponse:
    user, platforms = me(request), asked_platforms()
    may_record = user.may(Permission.CONSENT_RECORD, found.school_id)
    cells = adult_standings([found], [p.pk for p in platforms])
    yeses = _yeses(found, platforms, cells) if may_record else []
    context = {
        "adult": found,
        "has_left": found.has_left(),
        "kinds": ADULT_KINDS,
        "rows": [
            (p, [(k, label, cells[found.pk, p.pk, k]) for k, label in ADULT_KINDS.items()])
            for p in platforms
        ],
        "decisions": (lines := _lines(found, request.GET.get("page"))),
        "said": together(lines),
        "form": form,
        "about": about,
        "may_record": may_record,
        "yeses": yeses,
        "may_open": may_open(user, found.school),
        "wording": (wording := adult_wording.in_force()),
        "wordings": adult_wording.document(wording).wordings,
        "asked": found.mails.filter(reminds=None).annotate(reminded=Count("reminders")).first(),
        "links": found.links.working().count(),
        "withdrawal": on_withdrawal.of(Withdrawal(adults=(found,)), user) if yeses else [],
    }
    return render(request, "consents/adult.html", context)


def _lines(found: Adult, page: str | None) -> Page[ConsentDecision]:
    said = found.decisions.select_related("platform", "recorded_by")
    return Paginator(said.order_by("-recorded_at", "-pk"), A_PAGE).get_page(page)


def _yeses(
    found: Adult, platforms: list[Platform], cells: dict[Key, Cell]
) -> list[tuple[Platform, list[tuple[str, str]]]]:
    """What can be withdrawn: platforms with the kinds whose yes stands there."""

    def stands(platform: Platform, kind: str) -> bool:
        return cells[found.pk, platform.pk, kind].standing is Standing.YES

    said = [(p, [(k, n) for k, n in ADULT_KINDS.items() if stands(p, k)]) for p in platforms]
    return [(p, kinds) for p, kinds in said if kinds]
