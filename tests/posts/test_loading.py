"""What a check has in memory of a post, and that it is the post's own."""

from __future__ import annotations

import pytest

from posts.loading import loaded
from posts.models import Appearance, Picture, Post


def test_its_parts_are_in_memory(trust, django_assert_num_queries):
    post = loaded(trust.draft(children=[trust.child("Aisha", "Khan")]).pk)
    with django_assert_num_queries(0):
        for wording in post.wordings.all():
            assert wording.channel.platform.name
            assert wording.channel.school.name
            assert wording.post is post
        [picture] = post.pictures.all()
        assert [a.child and a.child.first_name for a in picture.appearances.all()]
        assert not [*post.mentions.all(), *post.questions.all(), *post.answers.all()]


def test_any_other_question_about_them_is_asked_of_the_database(trust):
    aisha = trust.child("Aisha", "Khan")
    trust.draft(children=[aisha])
    post = loaded(trust.draft(children=[aisha]).pk)
    [picture] = post.pictures.all()
    assert post.pictures.filter(pk=picture.pk).count() == 1
    assert picture.appearances.exclude(kind=Appearance.Kind.ADULT).count() == len(
        Appearance.objects.filter(picture=picture)
    )
    assert post.pictures.count() < Picture.objects.count()


def test_a_post_that_is_gone_is_not_found(trust):
    post = trust.draft()
    with pytest.raises(Post.DoesNotExist):
        loaded(post.pk + 1)
