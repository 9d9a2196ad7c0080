"""The page that lists every check of the policy in force, with what each caught lately."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from policy.models import Rule
from policy.rulebook import Rulebook
from policy.terms import APPROVER, AUTHOR
from posts.checks.wordlists import LISTS
from posts.models import Caught
from schools.reach import me
from schools.roles import Permission, Role

LATELY = timedelta(days=90)
_GROUPS = (
    ("These stop a post", {Rule.Mode.BLOCK}),
    ("These ask for an answer in words", {Rule.Mode.WARN}),
)


# Whoever writes or decides can mend what is wrong with a post; other rules are about accounts.
_OF_A_POST = frozenset({AUTHOR, APPROVER, Role.HEAD.value, Role.EXECUTIVE_HEAD.value})


@dataclass(frozen=True)
class Line:
    """One check. `caught`: in how many posts it spoke. What speaks under another rule, so that the
    reasons of refusals look alike, is counted there (R-155). `is_shipped`: it reads the short list
    of words that comes with GoLive, because the policy names none."""

    rule: Rule
    who: str
    caught: int
    is_shipped: bool


@require_GET
def checks(request: HttpRequest) -> HttpResponse:
    """Anyone who is signed in may read what is checked; numbers are of the schools whose posts
    they see. Three queries besides the page's own."""
    user = me(request)
    book = Rulebook.in_force()
    counted = user.may_somewhere(Permission.POST_SEE_ALL)
    mine = Caught.objects.filter(
        user.school_filter("post__school", Permission.POST_SEE_ALL),
        at__gte=timezone.now() - LATELY,
    )
    rows = mine.values_list("rule").annotate(number=Count("pk")).order_by() if counted else ()
    caught = dict(rows)
    groups = [(title, _lines(book, modes, caught)) for title, modes in _GROUPS]
    context = {"version": book.version, "groups": groups, "counted": counted, "days": LATELY.days}
    return render(request, "posts/checks.html", context)


def _lines(book: Rulebook, modes: set[Rule.Mode], caught: dict[str, int]) -> list[Line]:
    lines = [
        Line(
            rule,
            book.who_can_mend(rule),
            caught.get(rule.key, 0),
            rule.key in LISTS and book.is_shipped(LISTS[rule.key]),
        )
        for rule in book.rules.values()
        if rule.on and rule.mode in modes and not _OF_A_POST.isdisjoint(rule.roles)
    ]
    # What had something to say comes first; the rest as the policy has it.
    return sorted(lines, key=lambda line: -(line.caught))
