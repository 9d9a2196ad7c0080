"""The consents app: may we?"""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ConsentsConfig(AppConfig):
    """Children, those who decide for them, and what they decided."""

    name = "consents"
    verbose_name = "Consents"

    def ready(self) -> None:
        """Later rooms sign up with a module `panels` for the pages of earlier ones. `triggers`
        puts back, after every migrate, what the database itself watches over."""
        autodiscover_modules("panels", "triggers")
