"""The approvals app: who says yes."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """The frozen post before a Head, and the Head's answer."""

    name = "approvals"
    verbose_name = "Approvals"
