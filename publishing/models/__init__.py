"""What sends it: connections, deliveries with their attempts and snapshots, and the news page."""

from publishing.lifecycle import DeliveryState
from publishing.models.connections import Connection
from publishing.models.deliveries import Attempt, Delivery, Release, Snapshot
from publishing.models.news import NewsItem, NewsPhoto
from publishing.models.profiles import ProfileReview
from publishing.models.relied import ReliedOn

__all__ = [
    "Attempt",
    "Connection",
    "Delivery",
    "DeliveryState",
    "NewsItem",
    "NewsPhoto",
    "ProfileReview",
    "Release",
    "ReliedOn",
    "Snapshot",
]
