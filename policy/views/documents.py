"""The policy document itself: read, and for its owner attached, shown and taken off."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from policy import documenting, rules
from policy.forms.documents import DocumentForm
from policy.models import PolicyDocument, PolicyVersion
from policy.views.versions import owner
from schools.errors import NotAllowed
from schools.models import User


@login_not_required
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF of a version, for whoever may read it; for anybody else there is none."""
    found = PolicyDocument.objects.filter(version=pk, removed_at=None).select_related("version")
    one = get_object_or_404(found)
    user = request.user if isinstance(request.user, User) else None
    if not documenting.may_read(user, one):
        raise Http404
    try:
        answer = FileResponse(one.file.open("rb"), content_type="application/pdf")
    except FileNotFoundError as error:
        raise Http404 from error
    answer["Content-Disposition"] = f'attachment; filename="{one.file_name}"'
    answer["Content-Length"] = str(one.size)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_http_methods(["GET", "POST"])
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach the PDF to a version, say whether everybody may read it, or take it off."""
    user = owner(request)
    version = get_object_or_404(PolicyVersion, pk=pk)
    standing = version.documents.filter(removed_at=None).select_related("attached_by").first()
    verb = request.POST.get("verb", "")
    form = DocumentForm(request.POST if verb == "attach" else None, request.FILES or None)
    if request.method == "POST":
        try:
            if verb == "attach" and form.is_valid():
                documenting.attach(version=version, data=form.cleaned_data["file"], by=user)
                messages.success(request, "Attached. It is part of what is signed from now on.")
                return redirect("policy:attach", pk)
            if verb != "attach" and standing is not None:
                messages.success(request, _press(verb, standing, user))
                return redirect("policy:attach", pk)
        except NotAllowed as error:
            form.add_error(None, str(error)) if form.is_bound else messages.error(
                request, str(error)
            )
    context = {
        "version": version,
        "document": standing,
        "form": form,
        "why_not": " ".join(rules.may_attach(user, version)),
        "signed": version.formalities.exists(),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "policy/attach.html", context, status=status)


def _press(verb: str, document: PolicyDocument, user: User) -> str:
    if verb == "remove":
        documenting.remove(document=document, by=user)
        return "It is taken off this version."
    if verb not in {"show", "hide"}:
        raise Http404
    documenting.show(document=document, to_everybody=verb == "show", by=user)
    if verb == "hide":
        return "Only people who sign in can read it now."
    return "Everybody can read it, as soon as the version is in force."
