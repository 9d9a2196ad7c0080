"""The public addresses of the schools' news pages. Nobody signs in here."""

from django.urls import path

from publishing.views import news

app_name = "news"

urlpatterns = [
    path("", news.schools, name="schools"),
    path("<slug:school>/", news.index, name="index"),
    path("<slug:school>/atom.xml", news.atom, name="atom"),
    path("<slug:school>/feed.json", news.json_feed, name="json"),
    path("<slug:school>/photos/<int:pk>-<slug:sha>.jpg", news.photo, name="photo"),
    path("<slug:school>/<slug:slug>/", news.item, name="item"),
]
