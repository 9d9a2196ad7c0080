"""Where later rooms sign up for a post’s pages, and what posts itself says on a child’s page."""

from __future__ import annotations

from django.db.models import Q

from consents.models import Child
from consents.panels import on_child
from posts.models import Post
from schools.models import User
from schools.panels import Panel, Panels

on_post: Panels[Post] = Panels()
# Above everything else on the post's own page: what somebody must read first.
on_top_of_post: Panels[Post] = Panels()
# Beside the photos, for whoever writes, reads or decides: where they were used before.
on_photos: Panels[Post] = Panels()
MOST = 20


@on_child.sign_up
def posts_with(child: Child, user: User) -> Panel:
    """Newest first. Those this person may not open are named by their state alone. Two queries."""
    shown = Q(pictures__appearances__child=child) | Q(mentions__child=child)
    of_child = Post.objects.filter(school=child.school_id).filter(shown)
    number = of_child.distinct().count()
    found = of_child.distinct().order_by("-moved_at", "-pk")[:MOST]
    mine = set(Post.objects.visible_to(user).filter(pk__in=of_child.values("pk")).values_list("pk"))
    lines = [(post, (post.pk,) in mine) for post in found]
    return Panel("posts/_child_posts.html", {"lines": lines, "more": max(number - MOST, 0)})
