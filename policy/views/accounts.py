"""Who may use which account of a school: who allowed it, from when, until when (R-079, R-122)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from policy import granting
from policy.forms.people import AccountUseForm
from policy.guiding import accounts_of
from policy.models import ChannelGrant
from policy.rulebook import Rulebook
from schools.errors import NotAllowed
from schools.models import User
from schools.reach import me, number_or_404


@require_http_methods(["GET", "POST"])
def accounts(request: HttpRequest) -> HttpResponse:
    """What is allowed now at the accounts this person answers for, and allowing it."""
    user, book = me(request), Rulebook.in_force()
    channels = accounts_of(user, book)
    if not channels.exists():
        raise Http404
    grants = ChannelGrant.objects.in_force().filter(channel__in=channels.order_by())
    if request.method == "POST" and "grant" in request.POST:
        return _end(
            request, get_object_or_404(grants, pk=number_or_404(request.POST["grant"])), user
        )
    form = AccountUseForm(request.POST or None, by=user, channels=channels)
    if request.method == "POST" and form.is_valid():
        try:
            made = granting.consent_to_use(by=user, **form.cleaned_data)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{made.user.name} may use {made.channel.name}.")
            return redirect("policy:accounts")
    context = {
        "grants": grants.select_related(
            "user", "granted_by", "channel__school", "channel__platform"
        ).order_by("channel__school__name", "channel__platform__position", "user__name"),
        "form": form,
        "asks_consent": book.terms.account_use == "manager_consent",
    }
    return render(request, "policy/accounts.html", context, status=422 if form.errors else 200)


def _end(request: HttpRequest, grant: ChannelGrant, user: User) -> HttpResponse:
    try:
        granting.end_use(grant=grant, by=user)
        messages.success(request, "Ended at once.")
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("policy:accounts")
