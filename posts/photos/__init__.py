"""Photos, without the database: verified by content, stripped, upright, rendered per channel."""

from posts.photos.bounded import Interrupted, Processed, process, whole
from posts.photos.errors import PhotoRefused

__all__ = ["Interrupted", "PhotoRefused", "Processed", "process", "whole"]
