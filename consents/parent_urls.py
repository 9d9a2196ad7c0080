"""The public addresses of a parent's own page, and of a grown-up's. Nobody signs in here."""

from django.urls import path

from consents.views import grown_up, parents

app_name = "parents"

urlpatterns = [
    path("me/<str:secret>/", grown_up.page, name="adult"),
    path("<str:secret>/", parents.page, name="page"),
]
