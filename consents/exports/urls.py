"""Addresses of the records handed out, inside those of children and permission."""

from django.urls import path

from consents.views import exports

urlpatterns = [
    path("", exports.schools, name="records"),
    path("<int:pk>/", exports.choose, name="record_choose"),
    path("<int:pk>/record/", exports.child_page, name="record_page"),
    path("<int:pk>/record.csv", exports.child_csv, name="record_csv"),
    path("school/<slug:slug>/", exports.school_page, name="record_school_page"),
    path("school/<slug:slug>/record.csv", exports.school_csv, name="record_school_csv"),
]
