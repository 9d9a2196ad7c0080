"""Fetching within what this person may see, or "not found" (P8)."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from policy import people
from policy.findings import Finding
from posts.models import Picture, Post
from schools.reach import me
from schools.roles import Permission


def post_or_404(request: HttpRequest, pk: int) -> Post:
    """A post this person may see, or is asked about."""
    readable = Post.objects.readable_by(me(request))
    return get_object_or_404(readable.select_related("school", "author"), pk=pk)


def draft_or_404(request: HttpRequest, pk: int) -> Post:
    """A post this person may write: their own, or any where they see all drafts of a school."""
    return get_object_or_404(
        Post.objects.visible_to(me(request)).select_related("school", "author", "purpose"), pk=pk
    )


def picture_or_404(request: HttpRequest, pk: int) -> Picture:
    """A picture of a post this person may see, or is asked about."""
    readable = Post.objects.readable_by(me(request))
    return get_object_or_404(
        Picture.objects.filter(post__in=readable).select_related("post__school"), pk=pk
    )


def may_write(request: HttpRequest, post: Post) -> bool:
    """Is this draft this person's to change now?"""
    user = me(request)
    return post.is_editable and (
        post.author_id == user.pk or user.may(Permission.POST_SEE_ALL, post.school_id)
    )


def held_back(request: HttpRequest, post: Post) -> list[Finding]:
    """Why this person cannot write a draft that is theirs to change: the policy to read, or a
    training that is asked for. Empty: they can, or it is not theirs."""
    if not may_write(request, post):
        return []
    user = me(request)
    return people.may_draft(user, post.school_id, to=user)
