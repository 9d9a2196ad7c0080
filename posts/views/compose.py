"""The composer: one form; every button on the page first keeps what was typed, then does its work.

With JavaScript htmx posts the same form as people write and swaps the findings; without it every
button posts it whole.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from policy import people
from policy.rulebook import Rulebook
from posts import actions, mends, picturing
from posts.catching import remember
from posts.checks import check
from posts.errors import NotPossible, Overtaken, SomebodyWasFaster
from posts.forms import DraftForm, NewPostForm
from posts.models import Caught, Post
from posts.panels import on_photos, on_post
from posts.views.desk import Desk
from posts.views.origins import keep_took, took
from posts.views.reach import draft_or_404, held_back, may_write
from posts.whole import WholePost
from schools.clock import noun
from schools.models import School, User
from schools.reach import me, number, number_or_404
from schools.roles import Permission

_DONE = "done_on_a_draft"


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Start a draft; people of one school are not asked which."""
    user = me(request)
    mine = list(School.objects.where(user, Permission.POST_DRAFT)[:2])
    if request.method == "POST":
        data = {"school": mine[0].pk} if len(mine) == 1 else request.POST
        form = NewPostForm(data, user=user)
        if form.is_valid():
            try:
                post = actions.start(school=form.cleaned_data["school"], by=user)
            except NotPossible as error:
                form.add_error(None, str(error))
            else:
                return redirect("posts:edit", pk=post.pk)
    else:
        form = NewPostForm(user=user)
    only = mine[0] if mine else None
    context = {
        "form": form,
        "only": only,
        "many": len(mine) > 1,
        "held_back": people.may_draft(user, only.pk, to=user) if only else [],
    }
    return render(request, "posts/new.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The composer's page. A post that is no longer a draft shows its own page instead."""
    post = draft_or_404(request, pk)
    if request.method == "POST":
        return _save(request, post)
    if not may_write(request, post) or held_back(request, post):
        return redirect("posts:post", pk=post.pk)
    return _page(request, post, None)


def _save(request: HttpRequest, post: Post) -> HttpResponse:
    form = DraftForm(
        request.POST, request.FILES, whole=WholePost.load(post), book=Rulebook.in_force()
    )
    if not form.is_valid():
        return _page(request, post, form)
    try:
        _keep(request, post, form)
    except NotPossible as error:
        # Nothing typed is lost: the form comes back as it was, beside what is saved now.
        form.add_error(None, str(error))
        return _page(request, post, form, conflict=isinstance(error, SomebodyWasFaster))
    if request.htmx:  # type: ignore[attr-defined]
        return _page(request, post, None)
    return _next(request, post)


def _keep(request: HttpRequest, post: Post, form: DraftForm) -> None:
    user, files = me(request), form.cleaned_data["photos"]
    # Later words of this page are there already; photos and presses of this save still count.
    with suppress(Overtaken):
        _keep_words(post, form, user)
    if files:
        added = picturing.add(post=post, files=files, by=user)
        messages.success(request, _added(len(added), len(files) - len(added)))
    elif arrived := number(request.POST.get("arrived", "")):
        # Sent one by one before (`photos.add`); the page that comes now says so once.
        messages.success(request, _added(arrived, 0))
    if request.POST.get("then") == "took":
        request.session[_DONE] = keep_took(request, post)
    way = request.POST.get("way")
    if way:
        # Said where the focus goes, beside what is left to do.
        request.session[_DONE] = mends.apply(way, post=post, by=user)
    _answer(request, post)


def _keep_words(post: Post, form: DraftForm, user: User) -> None:
    data = form.cleaned_data
    page, turn = data["page"], data["turn"] or 0
    seen = data["over"] or data["revision"]
    actions.save(post=post, words=form.words(), by=user, seen_revision=seen, page=page, turn=turn)
    for picture, alt_text, is_decorative in form.descriptions():
        # The form's own copy of the post carries the revision on.
        picture.post = post
        picturing.describe(
            picture=picture,
            alt_text=alt_text,
            is_decorative=is_decorative,
            by=user,
            page=page,
            turn=turn,
        )


def _answer(request: HttpRequest, post: Post) -> None:
    """ "Keep with this answer": the button names the warning, its neighbour holds the words."""
    rule, _, subject = request.POST.get("answer", "").partition("|")
    if rule:
        words = request.POST.get(f"words_{request.POST.get('answer')}", "")
        actions.answer_warning(post=post, rule=rule, subject=subject, words=words, by=me(request))


def _next(request: HttpRequest, post: Post) -> HttpResponse:
    """Where the pressed button leads after saving."""
    then = request.POST.get("then", "")
    if then == "send":
        # The browser repeats the POST at the address that submits; what was typed is saved.
        return HttpResponseRedirect(
            reverse("approvals:submit", args=[post.pk]), preserve_request=True
        )
    if then.startswith("people:"):
        return redirect("posts:people", pk=number_or_404(then.removeprefix("people:")))
    if then == "ask":
        return redirect(reverse("posts:post", args=[post.pk]) + "#ask")
    if then.startswith("shape:"):
        return redirect("posts:shape", pk=number_or_404(then.removeprefix("shape:")))
    if then.startswith("origin:"):
        return redirect("posts:origin", pk=number_or_404(then.removeprefix("origin:")))
    if then == "later":
        # Said only of what is stored (failure 14).
        Post.objects.get(pk=post.pk, revision__gte=post.revision)
        messages.success(request, "Saved. You find it under My posts.")
        return redirect("posts:mine")
    # A heading that takes the focus: whoever goes by keyboard or ear goes on from there.
    place = "#s-photos" if then in {"stay", "took"} else "#s-way"
    return redirect(reverse("posts:edit", args=[post.pk]) + place)


def _page(
    request: HttpRequest, post: Post, form: DraftForm | None, *, conflict: bool = False
) -> HttpResponse:
    verdict = check(post)
    if request.method == "POST":
        remember(post, verdict.findings, Caught.Moment.DRAFT)
    whole = verdict.case.whole
    fresh = DraftForm(whole=whole, book=verdict.case.book)
    context: dict[str, Any] = {
        "post": whole.post,
        "form": form or fresh,
        "desk": Desk(verdict, form or fresh, me(request)),
        "ticked": request.POST.getlist("declared") or request.GET.getlist("declared"),
        "saved": whole if conflict else None,
    }
    context["partial"] = partial = bool(request.htmx)  # type: ignore[attr-defined]
    if not partial:
        context["panels"] = on_post.of(post, me(request))
        context["of_photos"] = on_photos.of(post, me(request))
        context |= _card(verdict.case.book)
        context["took"] = took(verdict, me(request))
        context["done"] = request.session.pop(_DONE, "")
    template = "posts/_live.html" if partial else "posts/edit.html"
    status = 200 if form is None or form.is_valid() else 422
    return render(request, template, context, status=status)


def _card(book: Rulebook) -> dict[str, Any]:
    """The rules in short beside the editor: all of it from the version in force (R-064, R-115)."""
    return {
        "card": book.shown("card"),
        "guidance": book.terms.guidance,
        "version": book.version.short(),
    }


def _added(new: int, again: int) -> str:
    said = [f"{noun(new, 'photo', 'photos')} added."] if new or not again else []
    if again:
        said.append(f"{noun(again, 'photo is', 'photos are')} here already.")
    return " ".join(said)
