"""Lists of posts, and one post's own page with its time line."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerField, OuterRef, QuerySet, Subquery, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from audit.models import Event
from policy import people
from policy.confirming import said
from policy.rulebook import Rulebook
from posts import actions, asking, fetching
from posts.audiences import called, counted, of
from posts.checks import check
from posts.errors import NotPossible
from posts.lifecycle import State
from posts.models import Picture, Post, Question
from posts.panels import on_photos, on_post, on_top_of_post
from posts.timeline import lines
from posts.views.reach import draft_or_404, held_back, may_write, post_or_404
from schools.models import School, User
from schools.reach import me, number_or_404
from schools.roles import Permission

A_PAGE = 25
# What needs its author first, under the words it stands below.
_GROUPS = {
    State.RETURNED: "Needs you",
    State.EXPIRED: "Its time passed",
    State.DRAFT: "Drafts",
    State.SUBMITTED: "Waiting for {the}",
    State.APPROVED: "Going out",
}
_OVER = "Finished"


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """My posts, by what they need."""
    rank = Case(
        *[When(state=state, then=place) for place, state in enumerate(_GROUPS)],
        default=9,
        output_field=IntegerField(),
    )
    mine = Post.objects.visible_to(me(request)).filter(author=me(request))
    posts = _for_list(mine).order_by(rank, "-changed_at")
    page = Paginator(posts, A_PAGE).get_page(request.GET.get("page"))
    asked = Question.objects.put_to(me(request)).filter(answered_at=None)
    groups = [
        (said(words), list(some))
        for words, some in groupby(page, lambda p: _GROUPS.get(State(p.state), _OVER))
    ]
    # Where they could draft, if they had read the policy and were trained.
    first = School.objects.where(me(request), Permission.POST_DRAFT).first()
    context = {
        "page": page,
        "groups": groups,
        "held_back": people.may_draft(me(request), first.pk, to=me(request)) if first else [],
        "questions": asked.select_related("post", "asked_by")[:20],
    }
    return render(request, "posts/mine.html", context)


@require_GET
def school(request: HttpRequest) -> HttpResponse:
    """Every post of the schools this person sees, with filters that stay in the address."""
    user = me(request)
    if not user.may_somewhere(Permission.POST_SEE_ALL):
        raise Http404
    schools = School.objects.where(user, Permission.POST_SEE_ALL)
    posts = Post.objects.filter(school__in=schools)
    state, where = request.GET.get("state", ""), request.GET.get("school", "")
    book, whom = Rulebook.in_force(), request.GET.get("audience", "")
    if state in State.values:
        posts = posts.filter(state=state)
    if where:
        posts = posts.filter(school=number_or_404(where))
    audiences = counted(posts, book) if book.audiences else []
    shown = _for_list(of(posts, whom, book) if audiences else posts).order_by("-changed_at")
    context = {
        "page": Paginator(shown, A_PAGE).get_page(request.GET.get("page")),
        "schools": schools,
        "states": State.choices,
        "state": state,
        "where": where,
        "audiences": audiences,
        "whom": whom,
        "says_whom": any(line.number for line in audiences[:-1]),
    }
    return render(request, "posts/school.html", context)


@require_GET
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """One post as it is, and everything that happened to it."""
    found = post_or_404(request, pk)
    verdict = check(found)
    user, held = me(request), held_back(request, found)
    events = list(Event.objects.about(found))
    people = User.objects.in_bulk([e.actor_id for e in events if e.actor_id])
    context = {
        "post": verdict.case.whole.post,
        "whole": verdict.case.whole,
        "people": verdict.people(),
        "channels": verdict.case.whole.channels,
        "findings": verdict.findings if found.state in {State.DRAFT, State.RETURNED} else [],
        "may_write": may_write(request, found) and not held,
        "held_back": held,
        "is_author": found.author_id == user.pk,
        "may_stop": _may_stop(found, user),
        "may_hold": user.may(Permission.HOLD_SET, found.school_id),
        "heads_it": user.may(Permission.POST_APPROVE, found.school_id),
        "timeline": lines(events, people),
        "first": on_top_of_post.of(found, user),
        "panels": on_post.of(found, user),
        "of_photos": on_photos.of(found, user),
        "may_fetch": any(fetching.may_fetch(p, user) for p in verdict.case.whole.pictures[:1]),
        "fetched": found.fetched.select_related("by"),
        "audience": called(verdict.case.book, found),
        "questions": found.questions.select_related("asked_by", "asked_of", "answered_by"),
        "to_ask": asking.everybody_to_ask(post=found, by=user) if may_write(request, found) else [],
    }
    return render(request, "posts/post.html", context)


def _may_stop(post: Post, user: User) -> bool:
    """Whatever is not over, at any stage: so a Stop on a draft tells nothing of who pressed it.
    Whoever can throw their own draft away need not stop it."""
    is_over = post.state in {State.DECLINED, State.WITHDRAWN}
    is_own = post.is_editable and post.author_id == user.pk
    return user.may(Permission.POST_STOP, post.school_id) and not is_over and not is_own


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away a draft, or what came too late."""
    found = draft_or_404(request, pk)
    try:
        actions.withdraw(post=found, by=me(request))
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect("posts:post", pk=pk)
    # Said only of what is stored (failure 14).
    Post.objects.get(pk=found.pk, moved_at__gte=found.moved_at)
    messages.success(request, "Withdrawn. Nothing more of it goes out.")
    return redirect("posts:mine")


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold and ask whoever the policy names for it: "copyright-12" is the topic and the person."""
    found, user = draft_or_404(request, pk), me(request)
    topic, _, person = request.POST.get("of", "").partition("-")
    if topic not in Question.Topic.values:
        raise Http404
    about, asked_of = Question.Topic(topic), number_or_404(person)
    offered = asking.who_can_be_asked(post=found, by=user, topic=about)
    of = next((one for one in offered if one.pk == asked_of), None)
    if of is None:
        raise Http404
    try:
        asking.ask(post=found, of=of, text=request.POST.get("text", ""), by=user, topic=about)
        messages.success(request, f"{of.name} has been asked. The post waits for the answer.")
    except NotPossible as error:
        messages.error(request, str(error))
    return redirect("posts:post", pk=pk)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a question put to me."""
    user = me(request)
    question = get_object_or_404(Question.objects.put_to(user).select_related("post"), pk=pk)
    try:
        asking.answer_question(question=question, answer=request.POST.get("answer", ""), by=user)
        # Said only of what is stored (failure 14).
        Question.objects.exclude(answered_at=None).get(pk=question.pk)
        messages.success(request, "Your answer is kept with the post.")
    except NotPossible as error:
        messages.error(request, str(error))
    # An answer given, the question opens the post no longer.
    if Post.objects.readable_by(user).filter(pk=question.post_id).exists():
        return redirect("posts:post", pk=question.post_id)
    return redirect("posts:mine")


def _for_list(posts: QuerySet[Post]) -> QuerySet[Post]:
    """What a line of a list shows, in one query."""
    first = Picture.objects.filter(post=OuterRef("pk"), state=Picture.State.READY)
    return posts.select_related("school", "author", "purpose").annotate(
        photos=Count("pictures", distinct=True),
        goes=F("goes_out_at"),
        thumb_of=Subquery(first.order_by("position", "pk").values("pk")[:1]),
    )
