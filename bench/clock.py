"""The day on which something was said, by the school's clock, as SQL written by hand."""

from __future__ import annotations

from django.conf import settings
from django.db import connection


def said_on(column: str) -> str:
    """The local day of a moment: a return and a yes of the same early morning are one day."""
    if connection.vendor == "postgresql":
        return f"({column} AT TIME ZONE '{settings.TIME_ZONE}')::date"
    return f"django_datetime_cast_date({column}, '{settings.TIME_ZONE}', 'UTC')"
