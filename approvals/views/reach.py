"""Fetching within the schools this person heads, or "not found" (P8)."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from approvals.models import Submission
from posts.models import Post
from schools.reach import me
from schools.roles import Permission


def submission_or_404(request: HttpRequest, pk: int) -> Submission:
    """A submission of a school this person heads."""
    mine = Submission.objects.filter(
        me(request).school_filter("post__school", Permission.POST_APPROVE)
    )
    return get_object_or_404(
        mine.select_related("post__school", "author", "submitted_by", "policy"), pk=pk
    )


def post_or_404(request: HttpRequest, pk: int) -> Post:
    """A post this person may see."""
    visible = Post.objects.visible_to(me(request)).select_related("school", "author")
    return get_object_or_404(visible, pk=pk)


def soonest_first(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Those with a time by their time; the others by when they came."""
    return submissions.order_by(F("goes_out_at").asc(nulls_last=True), "submitted_at", "pk")
