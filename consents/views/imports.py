"""Files from the school's system: send one, look at what it would do, bring it in, mend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from consents import agreements, asked, listed
from consents.choosing import Choice, whom_next
from consents.errors import NotAllowed
from consents.forms.imports import ReadingForm, UploadForm
from consents.imports import actions, fields, hints, known, mending
from consents.models import Campaign, Child, Import, ImportRow
from consents.views.reach import must_may, school_or_404
from schools.models import School
from schools.reach import me, number
from schools.roles import Permission

A_PAGE = 50
MOST_NAMES = 60
Outcome = ImportRow.Outcome


def import_or_404(request: HttpRequest, pk: int) -> Import:
    visible = Import.objects.visible_to(me(request))
    return get_object_or_404(visible.select_related("school", "uploaded_by", "confirmed_by"), pk=pk)


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """Send a file; what became of earlier ones."""
    user = must_may(request, Permission.CHILD_IMPORT)
    form = UploadForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            source = actions.send_file(
                school=form.cleaned_data["school"], file=file, name=file.name or "", by=user
            )
            return redirect("consents:import", pk=source.pk)
        except NotAllowed as error:
            form.add_error("file", str(error))
    found = Import.objects.visible_to(user).select_related("school", "uploaded_by")
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    return render(request, "consents/import_list.html", {"form": form, "page": page})


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Where this file stands: being read, to look at, being brought in, done."""
    source = import_or_404(request, pk)
    return render(request, "consents/import.html", _page(request, source))


def _page(request: HttpRequest, source: Import) -> dict[str, Any]:
    names = source.rows.filter(name__regex=r"[^\x01-\x7F]").values_list("name", flat=True)
    summary = source.summary
    return {
        "source": source,
        "counts": [(o, summary.get("outcomes", {}).get(o.value, 0)) for o in Outcome],
        "answers": [(label, summary.get("answers", {}).get(key, 0)) for key, label in _ANSWERS],
        "names": list(names.distinct().order_by("name")[:MOST_NAMES]),
        "columns": _columns(source),
        "goes_in": _goes_in(summary) - (undecided := mending.undecided(source).count()),
        "undecided": undecided,
        "left": mending.left_to_do(source),
        "to_mend": mending.left_out(source).exists(),
        "progress_url": progress_url_of(source),
        "leave_url": reverse("consents:import_leave", args=[source.pk]),
    }


_ANSWERS = (
    ("yes", "Yes, newly recorded"),
    ("not_entitled", "of these from somebody who may not decide: kept, not counted"),
    ("no", "No, newly recorded"),
    ("withdrawn", "Withdrawn: a yes that is now a no"),
    ("unclear", "Unclear: permits nothing until a person settles it"),
    ("waits", "Yes in the file, not in the record: waits for a person"),
)


def _goes_in(summary: dict[str, Any]) -> int:
    found = summary.get("outcomes", {})
    return int(found.get("new", 0)) + int(found.get("changed", 0)) + int(found.get("person", 0))


def _columns(source: Import) -> list[dict[str, Any]]:
    platforms = known.platform_names()
    return [c | {"label": fields.label(c["field"], platforms)} for c in source.columns]


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; once the page says something else, the browser is told to fetch it."""
    source = import_or_404(request, pk)
    answer = render(
        request,
        "consents/_import_progress.html",
        {"source": source, "progress_url": progress_url_of(source) if source.is_busy else ""},
    )
    if not source.is_busy or request.GET.get("shows", source.state) != source.state:
        answer["HX-Refresh"] = "true"
    return answer


def progress_url_of(source: Import) -> str:
    """With the state that the page shows around it."""
    address = reverse("consents:import_progress", args=[source.pk])
    return f"{address}?{urlencode({'shows': source.state})}"


@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What each column was taken for; changing it has the file read again."""
    source = import_or_404(request, pk)
    form = ReadingForm(request.POST or None, source=source)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_reading(
                source=source, columns=form.chosen(), options=form.cleaned_data, by=me(request)
            )
            return redirect("consents:import", pk=pk)
        except NotAllowed as error:
            form.add_error(None, str(error))
    return render(request, "consents/import_columns.html", {"source": source, "form": form})


@require_GET
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row with its outcome, one kind at a time or all."""
    source = import_or_404(request, pk)
    chosen = request.GET.get("outcome", "")
    found = source.rows.select_related("child")
    if chosen in Outcome.values:
        found = found.filter(outcome=chosen)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = _lines(source, list(page.object_list))
    asks = source.state == Import.State.READY
    context = {
        "source": source,
        "page": page,
        "lines": lines,
        "chips": _chips(source, chosen),
        "asks": asks,
        "ask_button": asks and any(line["candidates"] or line["may_be_new"] for line in lines),
    }
    return render(request, "consents/import_rows.html", context)


def _chips(source: Import, chosen: str) -> list[dict[str, Any]]:
    outcomes = source.summary.get("outcomes", {})
    every = {"label": "All", "url": "?", "note": sum(outcomes.values()), "current": not chosen}
    return [every] + [
        {
            "label": o.label,
            "url": f"?outcome={o.value}",
            "note": outcomes.get(o.value, 0),
            "current": chosen == o.value,
        }
        for o in Outcome
    ]


def _lines(source: Import, found: list[ImportRow]) -> list[dict[str, Any]]:
    """Rows of one page, with the children they may be, in one query."""
    wanted = {pk for row in found for pk in row.candidates}
    offered = {c.pk: c for c in Child.objects.filter(pk__in=wanted, school=source.school_id)}
    return [
        {
            "row": row,
            "sentence": mending.sentence(row) if row.problems else "",
            "candidates": [offered[pk] for pk in row.candidates if pk in offered],
            "may_be_new": _may_be_new(row),
            "tone": _TONES.get(row.outcome, ""),
            "said": source.resolutions.get(str(row.number), ""),
        }
        for row in found
    ]


def _may_be_new(row: ImportRow) -> bool:
    return row.outcome == Outcome.PERSON and row.child_id is None


_TONES: dict[str, str] = {Outcome.PROBLEM: "no", Outcome.PERSON: "ask"}


@require_POST
def who(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who the pupils of some rows are; the file is compared again."""
    source = import_or_404(request, pk)
    said = {
        row: str(value)
        for name, value in request.POST.items()
        if name.startswith("row_")
        and (row := number(name.removeprefix("row_"))) is not None
        and value
    }
    try:
        if said:
            actions.resolve(source=source, said=said, by=me(request))
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:import", pk=pk)


@require_POST
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring it in as shown."""
    source = import_or_404(request, pk)
    try:
        actions.confirm(source=source, accepted=request.POST.getlist("accept"), by=me(request))
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:import", pk=pk)


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave it: nothing is brought in, and a worker deletes the file."""
    source = import_or_404(request, pk)
    try:
        actions.cancel(source=source, by=me(request))
        messages.success(
            request, "Left. Nothing was brought in, and the file will be deleted in a moment."
        )
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect("consents:imports")


@require_GET
def to_ask(request: HttpRequest) -> HttpResponse:
    """Parents to ask, because a file said something in general and named no platform."""
    school = school_or_404(request, Permission.CONSENT_SEE, request.GET.get("school", ""))
    form = request.GET.get("class", "").strip()
    may_ask = me(request).may(Permission.CONSENT_RECORD, school)
    lines, agreement = hints.to_ask(school, form), agreements.in_force()
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    shown = [line.child.pk for line in page.object_list]
    context = {
        "ask_url": _ask_url(school, form, lines) if may_ask else "",
        "asked": asked.last_asked(shown, agreement, school) if agreement else {},
        "school": school,
        "schools": School.objects.where(me(request), Permission.CONSENT_SEE),
        "class": form,
        "page": page,
    }
    return render(request, "consents/import_hints.html", context)


def _ask_url(school: School, form: str, lines: Sequence[hints.Line]) -> str:
    """Asking the parents of the pupils on this list, of a class or all: those not asked before, or
    those who left questions open; empty where nobody is left to ask."""
    agreement, whom = agreements.in_force(), str(Campaign.Whom.NOT_ASKED)
    if agreement is not None:
        among = tuple(line.child.pk for line in lines)
        whom = whom_next(Choice(school, whom, form=form, among=among), agreement)
    if not whom:
        return ""
    query = {"school": school.slug, "whom": whom, "list": listed.GENERAL}
    query |= {"form": form, "in_class": form} if form else {}
    return f"{reverse('consents:new_campaign')}?{urlencode(query)}"


@require_GET
def to_mend(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rows that did not go in, with the reason; the same columns, to be sent again."""
    source = import_or_404(request, pk)
    answer = StreamingHttpResponse(
        mending.mend_file(source), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="to-mend-{source.pk}.csv"'
    return answer
