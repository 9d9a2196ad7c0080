"""An address that only takes a press, opened by hand, again, or after signing in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import Resolver404, resolve

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_LOOKS = ("GET", "HEAD")


class OnlyPressed:
    """In place of a blank "not allowed" the page above it: the nearest address that the path begins
    with, and if that one takes only a press as well, the one above that. Nothing is looked up, so
    it is the same whether or not there is such a thing."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 405 or request.method not in _LOOKS:
            return response
        return HttpResponseRedirect(_above(request.path_info))


def _above(path: str) -> str:
    parts = path.strip("/").split("/")[:-1]
    while parts:
        address = f"/{'/'.join(parts)}/"
        try:
            resolve(address)
        except Resolver404:
            parts.pop()
        else:
            return address
    return "/"
