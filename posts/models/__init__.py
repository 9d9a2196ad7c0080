"""What we want to say: a post, its words per channel, its pictures and the people in them."""

from posts.models.caught import Caught
from posts.models.deletions import Deletion
from posts.models.erasing import ToErase
from posts.models.looks import Found, Look
from posts.models.pictures import SHOWING_NEEDS, Appearance, LeftOut, Picture, Rendition
from posts.models.posts import Mention, Post, Question, WarningAnswer, Wording
from posts.models.requests import MaterialRequest, ReminderRequest
from posts.models.reuse import Alike, Fetched
from posts.models.shapes import Cover, Frame, ShapeStep

__all__ = [
    "SHOWING_NEEDS",
    "Alike",
    "Appearance",
    "Caught",
    "Cover",
    "Deletion",
    "Fetched",
    "Found",
    "Frame",
    "LeftOut",
    "Look",
    "MaterialRequest",
    "Mention",
    "Picture",
    "Post",
    "Question",
    "ReminderRequest",
    "Rendition",
    "ShapeStep",
    "ToErase",
    "WarningAnswer",
    "Wording",
]
