"""Sixty pieces of invented good news, and what became of each."""

from config.demo.captions.elm import ELM
from config.demo.captions.oak import TESSAS
from config.demo.captions.oak_more import THE_YEAR
from config.demo.captions.oak_others import AUTUMN
from config.demo.captions.story import Fate, Shot, Story
from config.demo.captions.willow import WILLOW

STORIES: dict[str, list[Story]] = {"oak": TESSAS + AUTUMN + THE_YEAR, "elm": ELM, "willow": WILLOW}

__all__ = ["STORIES", "Fate", "Shot", "Story"]
