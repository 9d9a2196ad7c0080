"""What every request passes: the caller's address, one line of log, headers closed by default,
and no text that the database could not keep."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from policy.confirming import remembering
from policy.rulebook import NoPolicyInForce

log = structlog.get_logger("golive.request")

NUL = "\0"
GetResponse = Callable[[HttpRequest], HttpResponseBase]

_PERMISSIONS = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"
)


class RealAddress:
    """Puts the caller's address in REMOTE_ADDR when proxies of ours stand in front.

    Only as many entries of X-Forwarded-For as there are such proxies are believed, from the right:
    whatever a caller wrote himself is further left.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        proxies = settings.GOLIVE_PROXIES
        hops = [h.strip() for h in request.headers.get("X-Forwarded-For", "").split(",")]
        if proxies and len(hops) >= proxies and hops[-proxies]:
            request.META["REMOTE_ADDR"] = hops[-proxies]
        return self.get_response(request)


class RequestLog:
    """One line a request: the route's name, never its path, which may hold a parent's link."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        structlog.contextvars.bind_contextvars(request_id=uuid.uuid4().hex)
        try:
            response = self.get_response(request)
            match = request.resolver_match
            user = getattr(request, "user", None)
            log.info(
                "request",
                method=request.method,
                route=match.view_name if match else None,
                status=response.status_code,
                user_id=user.pk if user is not None else None,
                ms=round((time.perf_counter() - begun) * 1000),
            )
            return response
        finally:
            structlog.contextvars.unbind_contextvars("request_id")


class PrivateByDefault:
    """Nothing is kept by a cache unless a view says so, and no page asks for a sensor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        return response


class KeepableText:
    """Answers 400 to a NUL in the address, its query, a cookie or a form: PostgreSQL cannot keep
    one, and no keyboard types it. The bytes of files are none of its business."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if any(NUL in text for text in _texts(request)):
            said = {"reason": "That contains a character we cannot keep."}
            return render(request, "400.html", said, status=400)
        return self.get_response(request)


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path
    yield from request.COOKIES.values()
    sent = (request.GET, request.POST) if request.method == "POST" else (request.GET,)
    for fields in sent:
        for name, values in fields.lists():
            yield name
            yield from values


class PolicyInForce:
    """Before the trust has a policy nothing may be checked: said in words, not as a fault. What
    whoever confirms posts is called is looked up once a request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with remembering():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only this one; everything else stays a fault of ours."""
        if not isinstance(error, NoPolicyInForce):
            return None
        return render(request, "no_policy.html", status=503)
