"""The config app: system checks and the demo command."""

from django.apps import AppConfig

from config import checks


class ConfigConfig(AppConfig):
    """Registers what must be right before anything starts."""

    name = "config"
    verbose_name = "GoLive"

    def ready(self) -> None:
        checks.register()
