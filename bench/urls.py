"""The program's addresses and one more: the yardstick, a signed-in view that reads 25 rows."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from posts.models import Post


def yardstick(request: HttpRequest) -> HttpResponse:
    """Twenty-five posts with their author and school, through the ORM, as plain lines."""
    posts = Post.objects.select_related("author", "school")[:25]
    return HttpResponse("".join(f"<li>{p.title} {p.author.name} {p.school.name}" for p in posts))


urlpatterns = [path("yardstick/", yardstick), path("", include("config.urls"))]
