"""The policy app: which rules."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PolicyConfig(AppConfig):
    """The policy in force, its platforms and channels."""

    name = "policy"
    verbose_name = "Policy"

    def ready(self) -> None:
        """Later rooms sign up with a module `followers` for when another version takes effect."""
        autodiscover_modules("followers")
