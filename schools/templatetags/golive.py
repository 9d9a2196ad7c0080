"""`{% load golive %}`: the components of every page. See templates/components/README.md."""

from schools.components import blocks, marks, people, pressing, telling, words
from schools.components.library import register

__all__ = ["blocks", "marks", "people", "pressing", "register", "telling", "words"]
