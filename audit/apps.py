"""The audit app: what happened, by whom, to what."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from audit.triggers import install_for_app


class AuditConfig(AppConfig):
    """Keeps the append-only triggers in place, whatever a migration did to the tables."""

    name = "audit"
    verbose_name = "Audit"

    def ready(self) -> None:
        # SQLite loses triggers when Django rebuilds a table for an AlterField, so a migration
        # alone is not enough: they are put back after every migrate and every flush.
        post_migrate.connect(install_for_app, dispatch_uid="audit.triggers")
        autodiscover_modules("events")
