"""The public address of a parent's own page. Nobody signs in here."""

from django.urls import path

from consents.views import parents

app_name = "parents"

urlpatterns = [path("<str:secret>/", parents.page, name="page")]
