"""The policy app: which rules."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """The policy in force, its platforms and channels."""

    name = "policy"
    verbose_name = "Policy"
