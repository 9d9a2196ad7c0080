"""Channels: the school's official accounts, their connections, who may release, pause."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from policy.models import Channel, ChannelGrant
from policy.rulebook import Rulebook
from posts.errors import NotPossible
from publishing import connecting, profiles
from publishing.forms import ChannelForm, ConnectionForm, GrantForm, MailboxForm, ProfileForm
from publishing.models import ProfileReview
from schools.models import User
from schools.reach import me, number_or_404
from schools.roles import Permission


@require_http_methods(["GET", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """Every channel of the schools this person looks after, to add one or to pause one; a Head
    pauses those of their school."""
    user = me(request)
    if not user.may_somewhere(Permission.CHANNEL_PAUSE):
        raise Http404
    connects = user.may_somewhere(Permission.CHANNEL_CONNECT)
    form = ChannelForm(request.POST or None, user=user) if connects else None
    if form is not None and request.method == "POST" and form.is_valid():
        made = connecting.add_channel(channel=form.save(commit=False), by=user)
        messages.success(request, f"{made} is added.")
        return redirect("publishing:channel", pk=made.pk)
    found = _pausable(user).select_related("platform", "school", "connection", "paused_by")
    return render(
        request,
        "publishing/channels.html",
        {
            "channels": found.order_by("school__name", "platform__position"),
            "form": form,
            "to_look_at": {one.pk for one in profiles.due(_mine(user))} if connects else set(),
        },
    )


@require_http_methods(["GET", "POST"])
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    """One channel: health, connection, authorised users."""
    found = _channel(request, pk)
    looked = ProfileReview.objects.filter(channel=found).select_related("by").first()
    form = ConnectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = connecting.connect(channel=found, by=me(request), **form.cleaned_data)
        (messages.success if facts.ok else messages.error)(request, facts.sentence)
        if facts.ok:
            return redirect("publishing:channel", pk=pk)
    context = {
        "channel": found,
        "form": form,
        "connection": getattr(found, "connection", None),
        "grants": ChannelGrant.objects.in_force().filter(channel=found).select_related("user"),
        "grant_form": GrantForm(channel=found),
        "mailbox_form": MailboxForm(initial={"mailbox": found.mailbox}),
        "profile_form": ProfileForm() if profiles.is_asked(Rulebook.in_force(), found) else None,
        "looked": looked,
        "look_due": profiles.is_due(looked),
    }
    return render(request, "publishing/channel.html", context)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Disconnect, grant, end a grant, say with which mailbox it is registered, or that somebody
    looked at its profile."""
    found, user = _channel(request, pk), me(request)
    try:
        messages.success(request, _done(request, found, user))
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect("publishing:channel", pk=pk)


@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing goes there until somebody lets it go on; or it goes on."""
    user = me(request)
    found = get_object_or_404(_pausable(user).select_related("platform", "school"), pk=pk)
    try:
        if request.POST.get("verb") == "go_on":
            connecting.go_on(channel=found, by=user)
            messages.success(request, f"{found} goes on.")
        else:
            connecting.pause(channel=found, by=user)
            messages.success(request, f"{found} is paused. Nothing goes there until it goes on.")
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect("publishing:channels")


def _done(request: HttpRequest, found: Channel, user: User) -> str:
    verb = request.POST.get("verb")
    if verb == "disconnect":
        connecting.disconnect(channel=found, by=user)
        return "Disconnected. The password is forgotten here; delete it on the website too."
    if verb == "end_grant":
        ended = get_object_or_404(
            ChannelGrant, channel=found, pk=number_or_404(request.POST.get("grant"))
        )
        connecting.end_grant(grant=ended, by=user)
        return "Ended at once."
    if verb == "register":
        mailbox = MailboxForm(request.POST)
        if not mailbox.is_valid():
            raise NotPossible("Write the whole address, for example news@ and your domain.")
        connecting.register(channel=found, mailbox=mailbox.cleaned_data["mailbox"], by=user)
        return "Kept. Whoever holds that role looks after the account."
    if verb == "profile":
        profile = ProfileForm(request.POST)
        if not profile.is_valid():
            raise NotPossible("Tick each line, and keep the note to 500 letters.")
        profiles.review(channel=found, by=user, **profile.cleaned_data)
        return "Kept. GoLive reminds you in a year."
    form = GrantForm(request.POST, channel=found)
    if not form.is_valid():
        raise NotPossible("Choose somebody who is an authorised user of this school.")
    connecting.grant(channel=found, user=form.cleaned_data["user"], by=user)
    return f"{form.cleaned_data['user'].name} may post to this account."


def _mine(user: User) -> QuerySet[Channel]:
    return Channel.objects.filter(user.school_filter("school", Permission.CHANNEL_CONNECT))


def _pausable(user: User) -> QuerySet[Channel]:
    return Channel.objects.filter(user.school_filter("school", Permission.CHANNEL_PAUSE))


def _channel(request: HttpRequest, pk: int) -> Channel:
    return get_object_or_404(
        _mine(me(request)).select_related("platform", "school", "paused_by"), pk=pk
    )
