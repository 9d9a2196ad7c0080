"""Addresses of posts and photos."""

from django.urls import path

from posts.views import (
    checks,
    compose,
    deletions,
    fetching,
    listing,
    origins,
    people,
    photos,
    requests,
    shape,
)

app_name = "posts"

urlpatterns = [
    path("", listing.mine, name="mine"),
    path("school/", listing.school, name="school"),
    path("checks/", checks.checks, name="checks"),
    path("new/", compose.new, name="new"),
    path("<int:pk>/", listing.post, name="post"),
    path("<int:pk>/edit/", compose.edit, name="edit"),
    path("<int:pk>/photos/", photos.progress, name="progress"),
    path("<int:pk>/photos/add/", photos.add, name="add_photo"),
    path("<int:pk>/withdraw/", listing.withdraw, name="withdraw"),
    path("<int:pk>/ask/", listing.ask, name="ask"),
    path("questions/<int:pk>/answer/", listing.answer, name="answer"),
    path("deletions/", deletions.deletions, name="deletions"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<int:pk>/answer/", requests.answer, name="answer_request"),
    path("permissions/<int:pk>/answer/", requests.answer_permission, name="answer_permission"),
    path("photos/<int:pk>/origin/", origins.origin, name="origin"),
    path("photos/<int:pk>/full-size/", fetching.full_size, name="full_size"),
    path("photos/<int:pk>/people/", people.people, name="people"),
    path("photos/<int:pk>/shape/", shape.shape, name="shape"),
    path("photos/<int:pk>/on/<int:channel>.jpg", photos.shaped, name="shaped"),
    path("photos/<int:pk>/<slug:size>.jpg", photos.photo, name="photo"),
    path("renditions/<int:pk>.jpg", photos.rendition, name="rendition"),
]
