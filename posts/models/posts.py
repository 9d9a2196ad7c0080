"""A post: one thing staff want to say, with its words for each channel."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from consents.models import Child
from policy.confirming import said
from policy.models import Channel, Purpose
from posts.lifecycle import EDITABLE, State
from schools.models import School, User
from schools.roles import Permission

# What the frozen content of a post holds. 2: with where each photo comes from. 3: after faces and
# writing were looked for. 4: with what is done to each photo, and who is shown on each channel.
CONTENT_FORM = 4


class PostQuerySet(models.QuerySet["Post"]):
    """Posts, as one person may see them."""

    def visible_to(self, user: User) -> PostQuerySet:
        """One's own posts, and every post of schools where one's role sees all (R-170)."""
        mine = Q(author=user) & user.school_filter("school")
        return self.filter(mine | user.school_filter("school", Permission.POST_SEE_ALL))

    def readable_by(self, user: User) -> PostQuerySet:
        """Those, and posts of one's schools that one is asked about, until one has answered."""
        asked = Question.objects.put_to(user).filter(answered_at=None)
        return self.visible_to(user) | self.filter(pk__in=asked.values("post"))

    def stoppable_by(self, user: User) -> PostQuerySet:
        """Posts of schools where this person may press Stop: any member of staff (R-080)."""
        return self.filter(user.school_filter("school", Permission.POST_STOP))


class Post(models.Model):
    """What somebody wants to publish. Its content is frozen while it is submitted or approved.

    `revision` rises with every change of content and never otherwise; an approval names one.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="posts")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    purpose = models.ForeignKey(Purpose, null=True, blank=True, on_delete=models.PROTECT)
    owned_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reminders",
        help_text="The Head responsible for an update or reminder (protocol 4).",
    )
    audience = models.SlugField(
        max_length=60, blank=True, help_text="Whom it is for, by the policy’s key (R-112)."
    )
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(max_length=10_000, blank=True)
    goes_out_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty: as soon as it is approved."
    )
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    content_form = models.PositiveSmallIntegerField(
        default=CONTENT_FORM,
        editable=False,
        help_text="A frozen post keeps the form it was frozen in, so its digest stays true.",
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    # The page that saved last and how often it had, also when that changed nothing: a save of the
    # same page that the network held up must not undo it.
    saved_page = models.CharField(max_length=40, blank=True, editable=False)
    saved_turn = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    moved_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="post_state"),
        ]
        indexes = [
            models.Index(fields=["school", "state", "goes_out_at"], name="post_by_state"),
            models.Index(fields=["author", "state"], name="post_by_author"),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """Where it stands; who it waits for is called as the policy in force says."""
        if self.state == State.SUBMITTED:
            return said("Waits for {the}")
        return State(self.state).label

    @property
    def is_editable(self) -> bool:
        """May its content change now?"""
        return self.state in EDITABLE

    @property
    def is_update(self) -> bool:
        """An update or reminder, which a Head owns (R-075, R-076)."""
        return self.purpose is not None and self.purpose.is_update

    @property
    def heading(self) -> str:
        """What to call it in lists, on pages for people who are signed in."""
        return self.title or self.text[:60] or "Untitled draft"

    @property
    def in_mail(self) -> str:
        """What to call it in mail: no word of the post, which may name a child."""
        return f"a post of {self.school.name}"


class Wording(models.Model):
    """The post on one channel: the row says it is chosen; `text` empty: the common words."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="wordings")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=10_000, blank=True)

    class Meta:
        ordering = ["channel__platform__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["post", "channel"], name="wording_once")]

    def __str__(self) -> str:
        return f"wording {self.pk}"

    def words(self) -> str:
        """What this channel will show."""
        return self.text or self.post.text


class Mention(models.Model):
    """A pupil named on purpose, though in no photo: the name needs permission too."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="mentions")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="mentions")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "child"], name="mention_once")]

    def __str__(self) -> str:
        return f"mention {self.pk}"


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions, by whose they are to answer."""

    def put_to(self, user: User) -> QuestionQuerySet:
        """Put to this person, about posts of schools where they still hold a role (P8)."""
        return self.filter(user.school_filter("post__school"), asked_of=user)


class Question(models.Model):
    """Hold and ask (R-096): while one is open the post cannot be submitted."""

    class Topic(models.TextChoices):
        FITTING = "fitting", "Is it fitting?"
        COPYRIGHT = "copyright", "Copyright or a trademark"
        POLICY = "policy", "What the policy means"
        SECOND = "second", "A second reader"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(User, on_delete=models.PROTECT, related_name="questions")
    topic = models.CharField(max_length=9, choices=Topic, default=Topic.FITTING)
    text = models.TextField(max_length=2_000)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(max_length=2_000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Empty for answers from before this was kept.
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="question_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(topic__in=["fitting", "copyright", "policy", "second"]),
                name="question_topic",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"


class WarningAnswer(models.Model):
    """What the author or the approver said to a warning, kept with the post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="answers")
    rule = models.SlugField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=500)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="answer_in_words"),
        ]
        indexes = [models.Index(fields=["post", "rule", "subject"], name="answer_by_warning")]

    def __str__(self) -> str:
        return f"answer {self.pk}"
