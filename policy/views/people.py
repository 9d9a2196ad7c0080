"""The people of a school: who has not read the policy, trainings, and what a Head lays down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from policy import guiding, restricting, training
from policy.forms.people import RestrictionForm, TrainingForm
from policy.models import Restriction, Training, TrainingRequirement
from policy.reminding import remind
from policy.rulebook import Rulebook
from policy.standing import Standing, standings
from schools.clock import noun
from schools.errors import NotAllowed
from schools.models import School, StaffRole, User
from schools.reach import me, number_or_404
from schools.roles import Permission

A_PAGE = 50
MOST = 1000  # people of one list; more than the staff of a large trust's school


@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Everybody at the schools this person looks after, those with something missing first (R-029).
    The number of queries is the same for three people and for hundreds."""
    user, book = _guide(request), Rulebook.in_force()
    schools = School.objects.where(user, Permission.STAFF_GUIDE)
    chosen = schools.filter(slug=request.GET.get("school", "")).first()
    found = _with_roles(guiding.people_of(user), chosen)
    every = standings(list(found.order_by("name", "pk")[:MOST]), book, seen_by=user)
    missing = [s for s in every if not s.is_well]
    if request.method == "POST":
        return _list_verb(request, user, missing)
    only = request.GET.get("show") == "missing"
    shown = missing if only else sorted(every, key=lambda s: s.is_well)
    context = {
        "page": Paginator(shown, A_PAGE).get_page(request.GET.get("page")),
        "missing": len(missing),
        "unread": sum(1 for s in every if not s.has_read),
        "number": len(every),
        "schools": schools,
        "chosen": chosen,
        "chips": _chips(chosen, only, len(every), len(missing)),
        "asked": _asked_of_schools(user, book),
        "version": book.version,
        "answers_linkedin": guiding.answers_linkedin(user, book),
    }
    return render(request, "policy/people.html", context)


def _chips(chosen: School | None, only: bool, every: int, missing: int) -> list[dict[str, Any]]:
    where = f"&school={chosen.slug}" if chosen else ""
    return [
        {"label": "Everybody", "url": f"?show=all{where}", "note": every, "current": not only},
        {
            "label": "Something missing",
            "url": f"?show=missing{where}",
            "note": missing,
            "current": only,
        },
    ]


def _asked_of_schools(
    user: User, book: Rulebook
) -> list[tuple[School, TrainingRequirement | None]]:
    """The schools for which this person can ask for training first, each with what is asked now."""
    if book.terms.training_gate == "off":
        return []
    asked = TrainingRequirement.objects.filter(user=None, ended_at=None).select_related("set_by")
    by_school = {one.school_id: one for one in asked}
    return [(s, by_school.get(s.pk)) for s in School.objects.where(user, Permission.STAFF_RESTRICT)]


def _list_verb(request: HttpRequest, user: User, missing: list[Standing]) -> HttpResponse:
    verb = request.POST.get("verb")
    if verb == "remind":
        told = remind(standings=missing, by=user)
        messages.success(request, f"{noun(told, 'person has', 'people have')} been reminded.")
        return redirect("policy:people")
    school = get_object_or_404(
        School.objects.where(user, Permission.STAFF_RESTRICT),
        pk=number_or_404(request.POST.get("school")),
    )
    if verb == "require":
        training.require_training(school=school, user=None, by=user)
        messages.success(request, f"From now on nobody drafts for {school.name} untrained.")
    elif verb == "no_longer_require":
        asked = get_object_or_404(TrainingRequirement, school=school, user=None, ended_at=None)
        training.no_longer_require(requirement=asked, by=user)
        messages.success(request, f"At {school.name} training is no longer asked for first.")
    else:
        raise Http404
    return redirect("policy:people")


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: read, trained, restricted; recording a training, laying something down."""
    user = _guide(request)
    found = get_object_or_404(_with_roles(guiding.people_of(user), None), pk=pk)
    if request.method != "POST":
        return _page(request, found, TrainingForm(), {})
    verb = _VERBS.get(request.POST.get("verb", ""))
    if verb is None:
        raise Http404
    try:
        return verb(request, found, user)
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("policy:person", pk=found.pk)


def _page(
    request: HttpRequest,
    found: User,
    form: TrainingForm,
    restrictions: dict[int, RestrictionForm],
) -> HttpResponse:
    user, book = me(request), Rulebook.in_force()
    places = _restrictable(user, found)
    now = {
        r.school_id: r
        for r in Restriction.objects.filter(
            user=found, school__in=places, lifted_at=None
        ).select_related("extra_approver", "set_by")
    }
    asked = TrainingRequirement.objects.filter(user=found, school__in=places, ended_at=None)
    required = {one.school_id: one for one in asked}
    forms = [
        (
            place,
            now.get(place.pk),
            required.get(place.pk),
            restrictions.get(place.pk) or _restriction_form(place, found, user, book, now),
        )
        for place in places
    ]
    context = {
        "person": found,
        "standing": standings([found], book, seen_by=user)[0],
        "version": book.version,
        "trainings": Training.objects.filter(user=found).select_related("recorded_by", "struck_by"),
        "form": form,
        "may_train": not guiding.may_record_training(user, found),
        "places": forms,
        "gate": book.terms.training_gate != "off",
        "may_look": user.may_for_trust(Permission.ACTIVITY_READ) and user != found,
    }
    bad = form.errors or any(f.errors for f in restrictions.values())
    return render(request, "policy/person.html", context, status=422 if bad else 200)


def _restriction_form(
    place: School,
    found: User,
    user: User,
    book: Rulebook,
    now: dict[int, Restriction],
    data: Any = None,
) -> RestrictionForm:
    return RestrictionForm(
        data,
        school=place,
        user=found,
        by=user,
        book=book,
        now=now.get(place.pk),
        prefix=f"s{place.pk}",
    )


def _restrictable(user: User, found: User) -> list[School]:
    """Schools where `user` can lay something down for this person."""
    places = School.objects.where(user, Permission.STAFF_RESTRICT)
    held = {role.school_id for role in found.roles_now}  # type: ignore[attr-defined]
    return [s for s in places if s.pk in held] if user != found else []


def _place(request: HttpRequest, user: User, found: User) -> School:
    asked = number_or_404(request.POST.get("school"))
    place = next((s for s in _restrictable(user, found) if s.pk == asked), None)
    if place is None:
        raise Http404
    return place


def _train(request: HttpRequest, found: User, user: User) -> HttpResponse:
    form = TrainingForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, {})
    made = training.record_training(user=found, by=user, **form.cleaned_data)
    Training.objects.get(pk=made.pk)
    messages.success(request, f"Recorded: {made.get_kind_display()}.")
    return redirect("policy:person", pk=found.pk)


def _strike(request: HttpRequest, found: User, user: User) -> HttpResponse:
    mistaken = get_object_or_404(
        Training, user=found, pk=number_or_404(request.POST.get("training"))
    )
    training.strike_out(training=mistaken, by=user)
    messages.success(request, "Struck out. It counts no longer.")
    return redirect("policy:person", pk=found.pk)


def _require(request: HttpRequest, found: User, user: User) -> HttpResponse:
    place = _place(request, user, found)
    training.require_training(school=place, user=found, by=user)
    messages.success(request, f"{found.name} drafts for {place.short_name} once trained.")
    return redirect("policy:person", pk=found.pk)


def _no_longer(request: HttpRequest, found: User, user: User) -> HttpResponse:
    place = _place(request, user, found)
    asked = get_object_or_404(TrainingRequirement, school=place, user=found, ended_at=None)
    training.no_longer_require(requirement=asked, by=user)
    messages.success(request, "Training is no longer asked of them first.")
    return redirect("policy:person", pk=found.pk)


def _restrict(request: HttpRequest, found: User, user: User) -> HttpResponse:
    place, book = _place(request, user, found), Rulebook.in_force()
    form = _restriction_form(place, found, user, book, {}, request.POST)
    if form.is_valid():
        try:
            restricting.restrict(user=found, school=place, by=user, **form.laid_down())
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"It counts from now on, and {found.name} has been told.")
            return redirect("policy:person", pk=found.pk)
    return _page(request, found, TrainingForm(), {place.pk: form})


def _lift(request: HttpRequest, found: User, user: User) -> HttpResponse:
    place = _place(request, user, found)
    standing = get_object_or_404(
        Restriction.objects.select_related("school", "user"),
        user=found,
        school=place,
        lifted_at=None,
    )
    restricting.lift(restriction=standing, by=user)
    messages.success(request, "Lifted. Everything is open again.")
    return redirect("policy:person", pk=found.pk)


_VERBS: dict[str, Callable[[HttpRequest, User, User], HttpResponse]] = {
    "train": _train,
    "strike": _strike,
    "require": _require,
    "no_longer_require": _no_longer,
    "restrict": _restrict,
    "lift": _lift,
}


def _guide(request: HttpRequest) -> User:
    """Who asks, if they look after the people of any school; else there is nothing here."""
    user = me(request)
    if not user.may_somewhere(Permission.STAFF_GUIDE):
        raise Http404
    return user


def _with_roles(found: QuerySet[User], school: School | None) -> QuerySet[User]:
    roles = StaffRole.objects.standing().select_related("school").order_by("pk")
    if school is not None:
        found = found.filter(pk__in=roles.filter(school=school).values("user"))
    return found.prefetch_related(Prefetch("roles", roles, to_attr="roles_now"))
