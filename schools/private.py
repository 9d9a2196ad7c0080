"""Where files lie that nobody can reach by address: only views that ask who you are open them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage


class PrivateStorage(FileSystemStorage):
    """Its files have no address; asking for one is an error."""

    def url(self, name: str | None) -> str:
        """Django's own would lead to the public media, whatever `base_url` says."""
        raise ValueError("A private file has no address.")


def private_storage() -> Storage:
    """For a `FileField`: the folder is looked up when the program runs, not in a migration."""
    return PrivateStorage(location=Path(settings.GOLIVE_DATA_DIR) / "private")
