"""The README's diagrams are generated from the tables of the two lives."""

from pathlib import Path

import pytest

from posts.lifecycle import diagram as life_of_a_post
from publishing.lifecycle import diagram as life_of_a_delivery

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize(
    ("name", "diagram"),
    [("life of a post", life_of_a_post), ("life of a delivery", life_of_a_delivery)],
)
def test_the_readme_shows_the_life_as_the_table_has_it(name, diagram):
    block = f"<!-- {name} -->\n```mermaid\n{diagram()}\n```\n<!-- end -->"
    assert block in README.read_text()
