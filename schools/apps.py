"""The schools app: who we are."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SchoolsConfig(AppConfig):
    """The trust, its schools, its people and what they are told."""

    name = "schools"
    verbose_name = "Schools"

    def ready(self) -> None:
        """Later rooms sign up: `withholding` for what roles do not carry today, `arrival` for what
        is shown first after signing in."""
        autodiscover_modules("withholding", "arrival")
