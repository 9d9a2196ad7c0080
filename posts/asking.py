"""Hold and ask (R-096): a question goes to whoever the policy names for it, and its answer stays
with the post. While one is open the post cannot be submitted."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from policy.routes import people
from policy.rulebook import Rulebook
from policy.terms import RouteName
from posts.errors import NotPossible, SomebodyWasFaster
from posts.models import Post, Question
from schools.actions import tell
from schools.models import User
from schools.roles import Permission

Topic = Question.Topic
# A second reader is no route of the policy: anybody of the school who drafts posts.
_ROUTES: dict[str, RouteName] = {
    Topic.FITTING: "query",
    Topic.COPYRIGHT: "copyright",
    Topic.POLICY: "policy_question",
}
_MOST_READERS = 100


def who_can_be_asked(
    *, post: Post, by: User, topic: Topic, book: Rulebook | None = None
) -> list[User]:
    """Whom the policy in force names for this topic, of those who hold a role at the post's school.

    Where it names nobody who is there, the Heads; so a question never has nowhere to go. By name.
    """
    if topic not in _ROUTES:
        readers = User.objects.who_may(Permission.POST_DRAFT, post.school).exclude(pk=by.pk)
        return list(readers.order_by("name", "pk")[:_MOST_READERS])
    found = people(_ROUTES[topic], post.school, asking=by, book=book)
    heads = User.objects.who_may(Permission.POST_APPROVE, post.school).exclude(pk=by.pk)
    return found or list(heads.order_by("name", "pk"))


def everybody_to_ask(*, post: Post, by: User) -> list[tuple[Topic, list[User]]]:
    """Each topic with the people it goes to. A fixed number of queries."""
    book = Rulebook.in_force()
    return [(topic, who_can_be_asked(post=post, by=by, topic=topic, book=book)) for topic in Topic]


@transaction.atomic
def ask(*, post: Post, of: User, text: str, by: User, topic: Topic = Topic.FITTING) -> Question:
    """Ask one of them. Being asked opens the post, so only people of its school are."""
    if post.author_id != by.pk and not by.may(Permission.POST_SEE_ALL, post.school_id):
        raise NotPossible("Only its author can ask about this post.")
    if not text.strip():
        raise NotPossible("Write your question.")
    if of not in who_can_be_asked(post=post, by=by, topic=topic):
        raise NotPossible(f"{of.name} is nobody you can ask about this post.")
    question = Question.objects.create(
        post=post, asked_by=by, asked_of=of, text=text.strip(), topic=topic
    )
    tell(
        [of],
        subject=f"A question about {post.in_mail}",
        body=f"{by.name} asks before going on: {topic.label.lower()}. The post waits for your "
        "answer.",
        path=f"/posts/{post.pk}/",
    )
    record("post.question_asked", post, by=by, question=question.pk, topic=str(topic))
    return question


@transaction.atomic
def answer_question(*, question: Question, answer: str, by: User) -> None:
    """Answer an open question; it stays with the post."""
    post = question.post
    is_theirs = by.pk == post.author_id or Question.objects.put_to(by).filter(pk=question.pk)
    if not is_theirs and not by.may(Permission.POST_APPROVE, post.school_id):
        raise NotPossible("This question was put to somebody else.")
    if not answer.strip():
        raise NotPossible("Write your answer.")
    answered = Question.objects.filter(pk=question.pk, answered_at=None).update(
        answer=answer.strip(), answered_at=timezone.now(), answered_by=by
    )
    if not answered:
        raise SomebodyWasFaster("This question has been answered already.")
    record("post.question_answered", post, by=by, question=question.pk)
