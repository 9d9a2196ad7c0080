"""The office asks parents: choose, look, send, watch; letters for whom no mail reaches."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consents import agreements, letters, listed
from consents import campaigns as asking
from consents.choosing import left_open, look
from consents.endings import sentence
from consents.errors import NotAllowed
from consents.forms.campaigns import ChoiceForm, ScheduleForm, SendForm, written
from consents.mailing import REFUSED
from consents.models import Campaign, Parent, ParentMail
from consents.views.reach import child_or_404, must_may
from consents.wording import Document
from schools.models import Trust, User
from schools.reach import me
from schools.roles import Permission

A_PAGE = 40
LETTERS_AT_ONCE = 60


@require_http_methods(["GET", "POST"])
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign of the person's schools, newest first; and the trust's reminders."""
    user, trust = me(request), Trust.load()
    may_see = user.may_somewhere(Permission.CONSENT_SEE)
    may_set = user.may_for_trust(Permission.AGREEMENT_EDIT)
    if not (may_see or may_set):
        raise Http404
    now = {"remind_after": written(trust.remind_after), "mails_an_hour": trust.mails_an_hour}
    schedule = ScheduleForm(request.POST or None, initial=now)
    if request.method == "POST" and may_set and schedule.is_valid():
        try:
            asking.set_schedule(by=user, **schedule.cleaned_data)
            messages.success(request, "Kept. Campaigns that begin from now on use it.")
            return redirect("consents:campaigns")
        except NotAllowed as error:
            schedule.add_error(None, str(error))
    rows = Campaign.objects.visible_to(user).select_related("school", "agreement", "made_by")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_send": user.may_somewhere(Permission.CONSENT_RECORD),
        "agreement": agreements.in_force(),
        "trust": trust,
        "back": (reverse("consents:children"), "Permissions")
        if may_see
        else (reverse("consents:agreements"), "The agreement"),
        "schedule": schedule if may_set else None,
    }
    return render(request, "consents/campaigns.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose whom; look who gets what; send."""
    user = must_may(request, Permission.CONSENT_RECORD)
    agreement = agreements.in_force()
    named = request.GET.dict()  # a list of pupils leads here with what it shows
    if "list" in named and listed.read(named) is None:
        raise Http404
    form = ChoiceForm(named if "school" in named else None, user=user, initial=named)
    sending = SendForm(
        request.POST or None, initial={"remind_after": written(Trust.load().remind_after)}
    )
    chosen = form.choice() if form.is_valid() else None
    if request.method == "POST" and chosen is not None and sending.is_valid():
        try:
            made = asking.send(choice=chosen, by=user, **sending.cleaned_data)
            return redirect("consents:campaign", pk=made.pk)
        except NotAllowed as error:
            sending.add_error(None, str(error))
    preview = look(chosen, agreement) if chosen and agreement else None
    document = Document.read(agreement.content) if agreement else Document()
    context = {
        "form": form,
        "chosen": chosen,
        "everybody_url": _without_the_list(named),
        "sending": sending,
        "preview": preview,
        "agreement": agreement,
        "rule": sentence(document, document.best("")),
        "asks_again": chosen is not None and chosen.whom == Campaign.Whom.ENDING,
        "weeks": document.ends.weeks,
    }
    return render(request, "consents/campaign_new.html", context)


def _without_the_list(named: dict[str, str]) -> str:
    """The same page for every pupil of the school, class or year."""
    query = {name: value for name, value in named.items() if name not in listed.NAMES}
    return f"{reverse('consents:new_campaign')}?{urlencode(query)}"


@require_GET
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """How one campaign stands: sent, failed, answered, letters."""
    user, found = _mine(request, pk)
    mails = ParentMail.objects.filter(invitation__campaign=found).select_related("parent")
    given_up = mails.exclude(given_up_at=None)
    rows = found.invitations.with_answered().select_related("parent").prefetch_related("children")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    today = agreements.in_force()
    context = {
        "campaign": found,
        "progress": asking.progress(found),
        "left_open": left_open(list(page), today) if today else set(),
        "refused": given_up.filter(problem=REFUSED),
        "failed": given_up.exclude(problem=REFUSED),
        "page": page,
        "may_send": user.may(Permission.CONSENT_RECORD, found.school_id),
        "languages": Document.read(found.agreement.content).wordings,
    }
    return render(request, "consents/campaign.html", context)


@require_GET
def campaign_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar alone, asked again while mails leave."""
    _, found = _mine(request, pk)
    state = asking.progress(found)
    context = {"campaign": found, "progress": state}
    answer = render(request, "consents/_campaign_progress.html", context)
    if not state.waiting:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """No more mail and no more reminders from this campaign."""
    user, found = _mine(request, pk)
    try:
        asking.stop(campaign=found, by=user)
        messages.success(request, "Stopped. Links that went out keep working.")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:campaign", pk=pk)


@require_POST
def campaign_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Letters to print, not yet printed ones first. Each carries a new link, so it is a press."""
    user, found = _mine(request, pk)
    rows = found.invitations.filter(by_letter=True).select_related("parent")
    if not request.POST.get("again"):
        rows = rows.filter(printed_at=None)
    language = request.POST.get("lang", "")
    try:
        made = letters.of_invitations(
            invitations=rows[:LETTERS_AT_ONCE], school=found.school, language=language, by=user
        )
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("consents:campaign", pk=pk)
    back = reverse("consents:campaign", args=[pk])
    return render(request, "consents/campaign_letters.html", {"letters": made, "back": back})


@require_POST
def letter(request: HttpRequest, pk: int, parent: int) -> HttpResponse:
    """One letter, for a parent of this child."""
    child = child_or_404(request, pk)
    if not me(request).may(Permission.CONSENT_RECORD, child.school_id):
        raise Http404
    found = get_object_or_404(Parent.objects.filter(guardianships__child=child), pk=parent)
    try:
        made = letters.of_parent(
            parent=found, child=child, language=request.POST.get("lang", ""), by=me(request)
        )
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("consents:parents", pk=pk)
    back = reverse("consents:parents", args=[pk])
    return render(request, "consents/campaign_letters.html", {"letters": [made], "back": back})


def _mine(request: HttpRequest, pk: int) -> tuple[User, Campaign]:
    user = must_may(request, Permission.CONSENT_SEE)
    rows = Campaign.objects.visible_to(user).select_related("school", "agreement", "made_by")
    return user, get_object_or_404(rows, pk=pk)
