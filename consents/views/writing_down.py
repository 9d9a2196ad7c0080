"""An answer as the office keys it in, with its scan: about a pupil, or an adult's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from consents.actions import Said, record_many
from consents.forms.records import GivenForm
from consents.models import Adult, Child
from consents.scans import keeping
from consents.unmoved import nothing_new
from schools.clock import noun
from schools.reach import me


def write_down(
    request: HttpRequest, whom: Child | Adult, form: GivenForm, *, besides: str = "", **more: Any
) -> None:
    """Write down a form that holds, `more` being what the action needs besides, and say so, and
    what there is to say `besides`."""
    data = form.cleaned_data
    about: dict[str, Any] = {"child": whom} if isinstance(whom, Child) else {"adult": whom}
    with keeping(data["scan"], school=whom.school, by=me(request)) as scan:
        made = record_many(
            said=[Said(p, k, data["answer"]) for p in data["platforms"] for k in data["kinds"]],
            way=data["way"],
            given_at=form.given_at(),
            until=data["until"],
            evidence=data["evidence"],
            scan=scan,
            by=me(request),
            **about,
            **more,
        )
    name = whom.full_name if isinstance(whom, Child) else whom.name
    written = noun(len(made), "answer is", "answers are")
    said = f"{written} written down for {name}. {nothing_new(made)} {besides}"
    messages.success(request, " ".join(said.split()))
