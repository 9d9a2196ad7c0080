"""Who has an account, and who holds which role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schools import actions, rules
from schools import people as accounts
from schools.clock import day
from schools.errors import NotAllowed
from schools.forms import AboutForm, PersonForm, RoleForm
from schools.models import Notice, StaffRole, User
from schools.panels import on_person
from schools.reach import me
from schools.roles import Permission

A_PAGE = 50


@require_http_methods(["GET", "POST"])
def staff(request: HttpRequest) -> HttpResponse:
    """Roles of today and to come, and granting one with dates (R-027)."""
    user = manager(request)
    form = RoleForm(request.POST or None, manager=user)
    if request.method == "POST" and form.is_valid():
        _given(request, form, user)
        return redirect("schools:staff")
    roles = (
        StaffRole.objects.standing()
        .filter(user.school_filter("school", Permission.STAFF_MANAGE))
        .select_related("user", "school", "granted_by")
        .order_by("user__name", "pk")
    )
    page = Paginator(roles, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "runs_trust": not rules.may_run_trust(user)}
    return render(request, "schools/staff.html", context)


def _given(request: HttpRequest, form: RoleForm, by: User) -> None:
    """Give the role, and say from when until when it counts."""
    try:
        role = actions.grant_role(by=by, **form.cleaned_data)
    except NotAllowed as error:
        messages.error(request, str(error))
        return
    name, until = role.user.name, f", until {day(role.ends)}" if role.ends else ""
    said = f"{name} is now" if role.has_begun() else f"From {day(role.starts)} {name} is"
    messages.success(request, f"{said} {role.line()}{until}.")


@require_POST
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role away, at once."""
    user = manager(request)
    mine = StaffRole.objects.filter(user.school_filter("school", Permission.STAFF_MANAGE))
    role = get_object_or_404(mine.select_related("user", "school"), pk=pk)
    _said(
        request,
        lambda: actions.end_role(role=role, by=user),
        f"{role.user.name} is no longer {role.line()}.",
        "That role had ended already.",
    )
    return redirect("schools:staff")


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account whom this person manages."""
    found = _mine(manager(request)).order_by("name", "pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "schools/people.html", {"page": page})


@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Add somebody and invite them."""
    user = manager(request)
    form = PersonForm(request.POST or None, manager=user)
    if request.method == "POST" and form.is_valid():
        added = accounts.add_person(by=user, **form.cleaned_data)
        messages.success(request, f"{added.name} is added. The invitation goes to {added.email}.")
        return redirect("schools:person", pk=added.pk)
    return render(request, "schools/new_person.html", {"form": form})


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: has the invitation arrived, which roles, what is kept of them, close it."""
    user = manager(request)
    found = get_object_or_404(_mine(user), pk=pk)
    may_change = not rules.may_look_after(user, found)
    about = AboutForm(request.POST or None, user=found, by=user) if may_change else None
    if request.method == "POST":
        if about is None:
            raise Http404
        if about.is_valid():
            changed = accounts.change_person(user=found, by=user, **about.cleaned_data)
            messages.success(request, "Kept." if changed else "Nothing was changed.")
            return redirect("schools:person", pk=found.pk)
    context = {
        "person": found,
        "about": about,
        "panels": on_person.of(found, user),
        "invitation": Notice.objects.filter(user=found, invites=True).first(),
        "may_invite": not rules.may_invite(user, found),
        "may_close": found.is_active and not rules.may_close(user, found),
        "may_open": not found.is_active and not rules.may_look_after(user, found),
    }
    return render(request, "schools/person.html", context)


@require_POST
def send_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation once more."""

    def again(found: User, by: User) -> bool:
        accounts.invite_again(user=found, by=by)
        return True

    return _act(request, pk, again, "The invitation goes to {0.email} once more.", "")


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account and end its roles."""
    return _act(
        request,
        pk,
        lambda found, by: accounts.close_account(user=found, by=by),
        "The account of {0.name} is closed, and every role of theirs has ended.",
        "The account of {0.name} was closed already.",
    )


@require_POST
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    return _act(
        request,
        pk,
        lambda found, by: accounts.open_account(user=found, by=by),
        "{0.name} can sign in again. Give them their roles anew.",
        "The account of {0.name} was open already.",
    )


def manager(request: HttpRequest) -> User:
    """Who asks, if they manage the staff of any school; else there is nothing here."""
    user = me(request)
    if not user.may_somewhere(Permission.STAFF_MANAGE):
        raise Http404
    return user


def _mine(user: User) -> QuerySet[User]:
    """Accounts with a role, now or once, at a school whose staff this person manages."""
    roles = StaffRole.objects.standing().select_related("school", "granted_by").order_by("pk")
    found = User.objects.prefetch_related(Prefetch("roles", roles, to_attr="roles_now"))
    if user.may_for_trust(Permission.STAFF_MANAGE):
        return found
    there = StaffRole.objects.filter(user.school_filter("school", Permission.STAFF_MANAGE))
    return found.filter(pk__in=there.values("user"))


def _act(
    request: HttpRequest, pk: int, act: Callable[[User, User], bool], done: str, already: str
) -> HttpResponse:
    user = manager(request)
    found = get_object_or_404(_mine(user), pk=pk)
    _said(request, lambda: act(found, user), done.format(found), already.format(found))
    return redirect("schools:person", pk=pk)


def _said(request: HttpRequest, act: Callable[[], Any], done: str, already: str) -> None:
    """Do it and say what came of it."""
    try:
        happened = act()
    except NotAllowed as error:
        messages.error(request, str(error))
        return
    if happened:
        messages.success(request, done)
    else:
        messages.info(request, already)
