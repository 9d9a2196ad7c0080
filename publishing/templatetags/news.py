"""What news templates need: paragraphs with links, and a photo's public address."""

from django import template
from django.utils.safestring import SafeString

from publishing.models import NewsPhoto
from publishing.views import news

register = template.Library()


@register.filter
def paragraphs(text: str) -> SafeString:
    """Escaped text as paragraphs."""
    return news.paragraphs(text)


@register.filter
def address(photo: NewsPhoto) -> str:
    """A photo's public address."""
    return news.photo_address(photo)
