"""The components that pages are made of; pages load them as `{% load golive %}`."""
