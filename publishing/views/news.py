"""A school's news page: public, no account, nothing but what was approved. Gone means 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join, urlize
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from policy.models import Channel
from publishing.models import NewsItem, NewsPhoto
from publishing.models.news import NewsItemQuerySet
from publishing.showing import latest, shown
from schools.models import School

A_PAGE = 10
IN_A_FEED = 30


def always_asked(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A cache may keep it, but asks before every use if it is still so: what was taken down is
    shown by nobody. Unchanged costs no bytes."""
    return cache_control(public=True, no_cache=True)(conditional_page(view))


@login_not_required
@require_safe
@always_asked
def schools(request: HttpRequest) -> HttpResponse:
    """The schools that have a news page."""
    pages = Channel.objects.usable().filter(way=Channel.Way.NEWS_PAGE)
    found = School.objects.filter(pk__in=pages.values("school")).order_by("name")
    return render(request, "news/schools.html", {"schools": found})


@login_not_required
@require_safe
@always_asked
def index(request: HttpRequest, school: str) -> HttpResponse:
    """The latest news of a school."""
    found = get_object_or_404(School, slug=school)
    page = Paginator(_public(found), A_PAGE).get_page(request.GET.get("page"))
    page.object_list = shown(page.object_list)
    return render(request, "news/index.html", {"school": found, "page": page})


@login_not_required
@require_safe
@always_asked
def item(request: HttpRequest, school: str, slug: str) -> HttpResponse:
    """One piece of news at its own address."""
    found = get_object_or_404(School, slug=school)
    news = _still_shown(get_object_or_404(_public(found), slug=slug))
    return render(request, "news/item.html", {"school": found, "item": news})


@login_not_required
@require_safe
@always_asked
def photo(request: HttpRequest, school: str, pk: int, sha: str) -> HttpResponseBase:
    """A photo of an item that is still up."""
    found = get_object_or_404(
        NewsPhoto.objects.filter(item__in=NewsItem.objects.public(), item__school__slug=school),
        pk=pk,
        sha256__startswith=sha,
    )
    _still_shown(found.item)
    tag = f'"{found.sha256}"'
    # Asked before the file is opened: who has it already needs no bytes.
    if (has_it := get_conditional_response(request, etag=tag)) is not None:
        return has_it
    try:
        file = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type="image/jpeg")
    response["ETag"] = tag
    response["Content-Disposition"] = 'inline; filename="photo.jpg"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@require_safe
@always_asked
def atom(request: HttpRequest, school: str) -> HttpResponse:
    """Atom 1.0."""
    found = get_object_or_404(School, slug=school)
    home = _absolute(reverse("news:index", args=[school]))
    feed = Atom1Feed(
        title=f"{found.name}: news",
        link=home,
        description="",
        language="en-GB",
        feed_url=_absolute(reverse("news:atom", args=[school])),
    )
    for news in latest(found, IN_A_FEED):
        feed.add_item(
            title=news.title,
            link=_address(news),
            description=as_html(news),
            pubdate=news.published_at,
            updateddate=news.published_at,
            unique_id=f"urn:uuid:{news.key}",
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")


@login_not_required
@require_safe
@always_asked
def json_feed(request: HttpRequest, school: str) -> HttpResponse:
    """JSON Feed 1.1."""
    found = get_object_or_404(School, slug=school)
    return JsonResponse(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": f"{found.name}: news",
            "home_page_url": _absolute(reverse("news:index", args=[school])),
            "feed_url": _absolute(reverse("news:json", args=[school])),
            "language": "en-GB",
            "items": [_json(news) for news in latest(found, IN_A_FEED)],
        },
        content_type="application/feed+json",
    )


def paragraphs(text: str) -> SafeString:
    """Escaped text as paragraphs; links that do not vouch for where they lead."""
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    linked = [
        (mark_safe(urlize(b, nofollow=True, autoescape=True).replace("\n", "<br>")),)  # noqa: S308
        for b in blocks
    ]
    return format_html_join("\n", "<p>{}</p>", linked)


def photo_address(picture: NewsPhoto) -> str:
    """The public address of a photo: no name, no guessable next one."""
    return reverse("news:photo", args=[picture.item.school.slug, picture.pk, picture.sha256[:16]])


def as_html(news: NewsItem) -> str:
    """An item's text and photos, for feeds."""
    photos = format_html_join(
        "\n",
        '<p><img src="{}" alt="{}" width="{}" height="{}"></p>',
        ((_absolute(photo_address(p)), p.alt_text, p.width, p.height) for p in news.photos.all()),
    )
    return format_html("{}\n{}", paragraphs(news.text), photos)


def _public(school: School) -> NewsItemQuerySet:
    found = NewsItem.objects.public().filter(school=school).select_related("school")
    return found.prefetch_related("photos__item__school")


def _still_shown(news: NewsItem) -> NewsItem:
    if not shown([news]):
        raise Http404
    return news


def _json(news: NewsItem) -> dict[str, Any]:
    return {
        "id": f"urn:uuid:{news.key}",
        "url": _address(news),
        "title": news.title,
        "content_html": as_html(news),
        "content_text": news.text,
        "date_published": news.published_at.isoformat(),
        "attachments": [
            {"url": _absolute(photo_address(p)), "mime_type": "image/jpeg", "title": p.alt_text}
            for p in news.photos.all()
        ],
    }


def _address(news: NewsItem) -> str:
    return _absolute(reverse("news:item", args=[news.school.slug, news.slug]))


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
