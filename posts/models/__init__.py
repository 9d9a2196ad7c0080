"""What we want to say: a post, its words per channel, its pictures and the people in them."""

from posts.models.pictures import Appearance, LeftOut, Picture, Rendition
from posts.models.posts import Mention, Post, Question, WarningAnswer, Wording

__all__ = [
    "Appearance",
    "LeftOut",
    "Mention",
    "Picture",
    "Post",
    "Question",
    "Rendition",
    "WarningAnswer",
    "Wording",
]
