"""What staff ask of a Head: reminders for parents, and written permissions for single photos."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from policy.confirming import said
from policy.rulebook import Rulebook
from posts.errors import NotPossible
from posts.forms import ReminderForm
from posts.models import ReminderRequest
from posts.origins import permitting, requesting
from schools.reach import me
from schools.roles import Permission

A_PAGE = 25
MOST = 100


@require_http_methods(["GET", "POST"])
def requests(request: HttpRequest) -> HttpResponse:
    """Ask for a reminder; read what became of mine; for a Head, what waits for an answer."""
    user = me(request)
    drafts = user.may_somewhere(Permission.POST_DRAFT)
    book = Rulebook.in_force()
    if not (drafts or permitting.permits_anything(user, book)):
        raise Http404
    form = ReminderForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        asked = requesting.ask_for_reminder(by=user, **form.cleaned_data)
        # Said only of what is stored (failure 14).
        ReminderRequest.objects.get(pk=asked.pk)
        messages.success(request, said("Asked. The {many} have it in their queue and get a mail."))
        return redirect("posts:requests")
    people = "asked_by", "answered_by", "school"
    open_ones = ReminderRequest.objects.open().of_heads(user)
    mine = ReminderRequest.objects.filter(asked_by=user)
    permissions = permitting.put_to(user, book)
    context = {
        "heading": said("Asked of {the}"),
        "note": said(
            "A reminder or update for parents is issued by {a}. Ask here; the {many} get it by "
            "mail and in their queue."
        ),
        "form": form,
        "waiting": open_ones.select_related(*people)[:MOST],
        "permissions": permissions.select_related("asked_by", "picture__post__school")[:MOST],
        "page": Paginator(mine.select_related(*people), A_PAGE).get_page(request.GET.get("page")),
    }
    status = 422 if form.errors else 200
    return render(request, "posts/requests.html", context, status=status)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A Head issues a reminder as a post, or declines with words."""
    user = me(request)
    asked = get_object_or_404(
        ReminderRequest.objects.of_heads(user).select_related("school", "asked_by"), pk=pk
    )
    if "issue" in request.POST:
        name = asked.asked_by.get_short_name()
        return _press(
            request,
            lambda: requesting.issue(asked=asked, by=user),
            f"It is a draft of {name} now, and you are responsible for it. You decide on it when "
            f"{name} sends it.",
        )
    words = request.POST.get("words", "")
    return _press(
        request,
        lambda: requesting.decline(asked=asked, words=words, by=user),
        f"Declined. {asked.asked_by.name} reads why.",
    )


@require_POST
def answer_permission(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever the policy names permits in writing what one photo shows, or does not."""
    user = me(request)
    asked = get_object_or_404(
        permitting.answered_by(user, Rulebook.in_force()).select_related(
            "picture__post__school", "asked_by"
        ),
        pk=pk,
    )
    permit, words = "permit" in request.POST, request.POST.get("words", "")
    said = "Permitted, with your words and today’s date." if permit else "Not permitted."
    return _press(
        request,
        lambda: requesting.answer_permission(asked=asked, permit=permit, words=words, by=user),
        f"{said} {asked.asked_by.name} has been told.",
    )


def _press(request: HttpRequest, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("posts:requests")
