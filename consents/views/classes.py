"""A class at a time: what was answered, and a pile of answers written down in one press."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consents.class_lists import Heard, record_class
from consents.errors import NotAllowed
from consents.forms.records import HeardForm
from consents.models import Answer, Child, Guardianship, Kind, Way
from consents.panels import Withdrawal, follows, on_withdrawal
from consents.states import standings
from consents.unversioned import afterwards
from consents.views.reach import asked_platforms, classes_of, school_or_404
from consents.words import joined
from policy.models import Platform
from schools.clock import noun
from schools.models import School, User
from schools.panels import Panel
from schools.reach import me, number, number_or_404
from schools.roles import Permission

A_PAGE = 60
# What a person can say. A file is undone with the file.
_SAID = frozenset(Answer.values) - {Answer.UNDONE.value}


@dataclass(frozen=True)
class Asked:
    """What the address names. `platform`: the one being written down, or none to look at all."""

    school: School
    classes: list[str]
    form: str
    kind: str
    platforms: list[Platform]
    platform: Platform | None
    page: Page[Child]

    def address(self, **other: str) -> str:
        """This page, or the same with something else."""
        query = {"school": self.school.slug, "class": self.form, "kind": self.kind}
        query |= {"platform": str(self.platform.pk)} if self.platform else {}
        query |= {"page": str(self.page.number)} if self.page.number > 1 else {}
        return f"{reverse('consents:class')}?{urlencode(query | other)}"

    @property
    def shown(self) -> list[Platform]:
        """The platforms that have a column."""
        return [self.platform] if self.platform else self.platforms


@dataclass(frozen=True)
class Whose:
    """Who may answer about a pupil, and who of them was chosen. Nobody is chosen beforehand where
    several may. `is_unnamed`: an answer was chosen, and not whose."""

    pupil: Child
    speakers: list[Guardianship]
    giver: Guardianship | None
    is_unnamed: bool


@require_http_methods(["GET", "POST"])
def class_grid(request: HttpRequest) -> HttpResponse:
    """A class × platforms for one kind to look at; for one platform, to write down. Nothing is
    pre-filled; only what was chosen is written."""
    asked = _asked(request)
    initial = {"given_on": timezone.localdate(), "way": Way.PAPER}
    data = request.POST if request.method == "POST" else None
    heard = HeardForm(data, initial=initial)
    if request.method == "POST" and heard.is_valid() and _saved(request, asked, heard):
        return redirect(asked.address())
    cells = standings(list(asked.page), [p.pk for p in asked.shown], [asked.kind], show_holds=False)
    chosen = request.POST.get
    may_record = me(request).may(Permission.CONSENT_RECORD, asked.school)
    context = {
        "asked": asked,
        "schools": School.objects.where(me(request), Permission.CONSENT_SEE),
        "kinds": Kind.choices,
        "answers": [(value, label) for value, label in Answer.choices if value in _SAID],
        "columns": [(p, asked.address(platform=str(p.pk))) for p in asked.shown],
        "grid": [
            (
                _whose(request, asked, c),
                [(p, cells[c.pk, p.pk, asked.kind], chosen(_field(c, p))) for p in asked.shown],
            )
            for c in asked.page
        ],
        "heard": heard,
        "may_record": may_record,
        "withdrawal": _beforehand(asked, me(request)) if may_record else [],
        "unknown": bool(asked.form) and asked.form not in asked.classes,
    }
    status = 404 if context["unknown"] else 200
    return render(request, "consents/class.html", context, status=status)


def _asked(request: HttpRequest) -> Asked:
    school = school_or_404(request, Permission.CONSENT_SEE, request.GET.get("school", ""))
    classes = classes_of(school)
    form = request.GET.get("class") or (classes[0] if classes else "")
    kind = request.GET.get("kind", Kind.PHOTO)
    pupils = (
        Child.objects.filter(school=school, form=form)
        .on_roll()
        .order_by("surname", "first_name", "pk")
        .prefetch_related("guardianships__parent")
    )
    platforms = asked_platforms()
    return Asked(
        school,
        classes,
        form,
        kind if kind in Kind.values else Kind.PHOTO.value,
        platforms,
        _one_of(platforms, request.GET.get("platform", "")),
        Paginator(pupils, A_PAGE).get_page(request.GET.get("page")),
    )


def _one_of(platforms: list[Platform], named: str) -> Platform | None:
    if not named:
        return None
    wanted = number_or_404(named)
    found = next((p for p in platforms if p.pk == wanted), None)
    if found is None:
        raise Http404
    return found


def _saved(request: HttpRequest, asked: Asked, form: HeardForm) -> bool:
    if moved := _moved(request, asked):
        messages.error(
            request,
            f"Nothing is written down yet. {joined(moved)} stood on this page when you opened it "
            f"and {'does' if len(moved) == 1 else 'do'} not any more: write that answer down on "
            "the pupil’s own page. What you chose for the others is still chosen below.",
        )
        return False
    rows = [_whose(request, asked, pupil) for pupil in asked.page]
    if unnamed := [row.pupil.full_name for row in rows if row.is_unnamed]:
        messages.error(
            request,
            f"Nothing is written down yet. Say whose answer it is for {joined(unnamed)}, and press "
            "again. What you chose is still chosen below.",
        )
        return False
    heard = [
        Heard(row.pupil, platform, answer, row.giver.parent if row.giver else None)
        for row in rows
        for platform, answer in _answers(request, asked, row.pupil)
    ]
    if not heard:
        messages.info(request, "Nothing was chosen, so nothing is written down.")
        return True
    try:
        made = record_class(
            school=asked.school, kind=asked.kind, heard=heard, by=me(request), **form.heard()
        )
    except NotAllowed as error:
        messages.error(request, str(error))
        return False
    written = f"{noun(len(made), 'answer is', 'answers are')} written down."
    then = [_follows(asked, heard, me(request)), afterwards(form.heard()["agreement"])]
    messages.success(request, " ".join(filter(None, [written, *then])))
    return True


def _moved(request: HttpRequest, asked: Asked) -> list[str]:
    """Pupils for whom something was chosen and who are not on the page any more, as somebody has
    changed class meanwhile: an answer is never dropped in silence."""
    here = {_field(pupil, platform) for pupil in asked.page for platform in asked.shown}
    sent = {name for name, said in request.POST.items() if name.startswith("a_") and said in _SAID}
    if not sent - here:
        return []
    ids = {number(name.split("_")[1]) or 0 for name in sent - here}
    known = Child.objects.visible_to(me(request)).filter(pk__in=ids)
    return [_now(child) for child in known] or ["A pupil"]


def _now(child: Child) -> str:
    where = "has left" if child.has_left() else f"now {child.form or 'in no class'}"
    return f"{child.full_name} ({where})"


def _follows(asked: Asked, heard: list[Heard], user: User) -> str:
    """What becomes of posts with the pupils for whom a yes may have ended."""
    ended = {h.child.pk: h.child for h in heard if h.answer != Answer.YES}
    if not ended:
        return ""
    platforms = frozenset(p.pk for p in asked.shown)
    done = Withdrawal(tuple(ended.values()), (), platforms, frozenset({asked.kind}), is_done=True)
    return follows(done, user)


def _beforehand(asked: Asked, user: User) -> list[Panel]:
    """What a no or a withdrawal here would stop and list."""
    if asked.platform is None:
        return []
    platforms = frozenset({asked.platform.pk})
    about = Withdrawal(tuple(asked.page), (), platforms, frozenset({asked.kind}))
    return on_withdrawal.of(about, user)


def _field(pupil: Child, platform: Platform) -> str:
    return f"a_{pupil.pk}_{platform.pk}"


def _giver_field(pupil: Child) -> str:
    return f"g_{pupil.pk}"


def _answers(request: HttpRequest, asked: Asked, pupil: Child) -> list[tuple[Platform, str]]:
    """What was chosen for a pupil."""
    sent = [(p, request.POST.get(_field(pupil, p), "")) for p in asked.shown]
    return [(p, answer) for p, answer in sent if answer in _SAID]


def _whose(request: HttpRequest, asked: Asked, pupil: Child) -> Whose:
    """A single one who may decide need not be chosen, only not be another than the page said."""
    speakers = [g for g in pupil.guardianships.all() if g.is_entitled()]
    sent = request.POST.get(_giver_field(pupil), "")
    giver = next((g for g in speakers if str(g.parent_id) == sent), None)
    if giver is None and not sent and len(speakers) == 1:
        giver = speakers[0]
    is_known = giver is not None or not (speakers or sent)
    return Whose(pupil, speakers, giver, not is_known and bool(_answers(request, asked, pupil)))
