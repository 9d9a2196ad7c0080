"""Addresses of imports, inside those of children and permission."""

from django.urls import path

from consents.views import imports, undoing

urlpatterns = [
    path("", imports.imports, name="imports"),
    path("ask/", imports.to_ask, name="import_hints"),
    path("<int:pk>/", imports.one, name="import"),
    path("<int:pk>/progress/", imports.progress, name="import_progress"),
    path("<int:pk>/columns/", imports.columns, name="import_columns"),
    path("<int:pk>/rows/", imports.rows, name="import_rows"),
    path("<int:pk>/who/", imports.who, name="import_who"),
    path("<int:pk>/bring-in/", imports.bring_in, name="import_bring_in"),
    path("<int:pk>/undo/", undoing.undo, name="import_undo"),
    path("<int:pk>/leave/", imports.leave, name="import_leave"),
    path("<int:pk>/to-mend.csv", imports.to_mend, name="import_to_mend"),
]
