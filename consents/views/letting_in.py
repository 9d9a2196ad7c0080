"""What they are told whose personal link does not open: a parent and a grown-up the same."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consents import links

TOO_MANY, NOT_THERE = 429, 404


def not_there(request: HttpRequest) -> HttpResponse:
    """Whatever is wrong with it. Only wrong ones are held up: a whole town may share one address of
    a mobile network."""
    address = request.META.get("REMOTE_ADDR", "")
    if links.is_tired_of(address):
        return too_many(request)
    links.was_wrong(address)
    return render(request, "parents/wrong.html", status=NOT_THERE)


def too_many(request: HttpRequest) -> HttpResponse:
    """To be opened again later."""
    return render(request, "parents/too_many.html", status=TOO_MANY)
