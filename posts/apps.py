"""The posts app: what we want to say."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PostsConfig(AppConfig):
    """Posts, their wordings, their pictures and who is in them."""

    name = "posts"
    verbose_name = "Posts"

    def ready(self) -> None:
        """Rooms above sign up with a module `panels` for the post's own pages, and with a module
        `checks` for what only they can tell."""
        autodiscover_modules("panels", "checks")
