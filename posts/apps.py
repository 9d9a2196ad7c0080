"""The posts app: what we want to say."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PostsConfig(AppConfig):
    """Posts, their wordings, their pictures and who is in them."""

    name = "posts"
    verbose_name = "Posts"

    def ready(self) -> None:
        """Later rooms sign up with a module `checks` for what only they can tell."""
        autodiscover_modules("checks")
