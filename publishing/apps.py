"""The publishing app: sends it."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Deliveries to channels, each at most once."""

    name = "publishing"
    verbose_name = "Publishing"
