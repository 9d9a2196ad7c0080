"""The admin shows and never acts: everything that changes something goes through the pages' verbs.

Rows are limited to the schools of the person who looks (P8); a superuser without a role sees none.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from schools.models import Heartbeat, Notice, School, StaffRole, Trust, User


class LookOnly(admin.ModelAdmin):
    """Lists and shows; cannot add, change or delete. `school_path` leads from a row to its school;
    None for rows that belong to no school."""

    school_path: ClassVar[str | None] = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        """Only rows of this person's schools."""
        rows = super().get_queryset(request)
        if self.school_path is None or not isinstance(request.user, User):
            return rows
        return rows.filter(request.user.school_filter(self.school_path))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(School)
class SchoolAdmin(LookOnly):
    """Schools of the trust."""

    school_path = "pk"
    list_display = ("name", "kind", "office_email")


@admin.register(StaffRole)
class StaffRoleAdmin(LookOnly):
    """Roles, with who granted them and when."""

    school_path = "school"
    list_display = ("user", "role", "school", "starts", "ends", "granted_by")
    list_select_related = ("user", "school", "granted_by")


@admin.register(Trust)
class TrustAdmin(LookOnly):
    """The trust's own settings; they are changed on their page, with an event."""

    list_display = ("name", "late_after_minutes", "largest_photo_mib")


@admin.register(Heartbeat)
class HeartbeatAdmin(LookOnly):
    """When the background work last ran. What is noted of one school is not for every eye."""

    list_display = ("name", "at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        """Without the marks of when leads were reminded of holds."""
        return super().get_queryset(request).exclude(name__startswith="consents.holds_due.")


@admin.register(Notice)
class NoticeAdmin(LookOnly):
    """Mail that could not be sent is found here; the words stay between sender and reader."""

    list_display = ("pk", "user", "made_at", "sent_at", "given_up_at", "problem")
    fields = ("user", "made_at", "sent_at", "given_up_at", "tries", "problem")
    list_filter = ("given_up_at",)
