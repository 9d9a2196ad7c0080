"""Where later rooms sign up to say something on a child’s page.

A panel there tells nothing of holds: it reads the same for a child under one.
"""

from __future__ import annotations

from consents.models import Child
from schools.panels import Panels

on_child: Panels[Child] = Panels()
