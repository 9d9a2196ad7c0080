"""Addresses of cases."""

from django.urls import path

from cases import views

app_name = "cases"

urlpatterns = [
    path("", views.cases, name="cases"),
    path("new/", views.raise_one, name="raise"),
    path("<int:pk>/", views.case, name="case"),
    path("posts/<int:pk>/mistake/", views.mistake, name="mistake"),
]
