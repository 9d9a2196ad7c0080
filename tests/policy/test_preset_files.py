"""A preset that is not what it should be is refused with file, line and reason."""

from __future__ import annotations

import pytest

from policy.presets import files

TEXT = (files.HERE / "sovereign.toml").read_text()
FLOOR = """[floor]
dated = 2026-11-21

[[rule]]
key = "purpose"
reference = "Floor R-999"
mode = "block"
roles = ["author", "dpo"]
title = "Something the law asks"
text = "Only for this test."
"""


def refusal(text: str) -> str:
    with pytest.raises(files.PresetRefused) as caught:
        files.parse("sovereign", text, files.floor())
    return str(caught.value)


def line(text: str, start: str, nth: int = 1) -> int:
    """The number of the nth line that begins so."""
    found = [n for n, each in enumerate(text.splitlines(), 1) if each.startswith(start)]
    return found[nth - 1]


def test_an_unknown_key_of_a_rule():
    text = TEXT.replace("[[rule]]\n", '[[rule]]\ncolour = "red"\n', 1)
    said = refusal(text)
    assert said == f"sovereign.toml, line {line(text, 'colour')}: rule.1.colour: " + (
        "this is not known here."
    )


def test_a_rule_without_its_clause():
    text = TEXT.replace('reference = "Document Control, table"\n', "", 1)
    said = refusal(text)
    assert f"line {line(text, '[[rule]]')}:" in said
    assert "reference: this is missing." in said


def test_an_empty_clause():
    assert "reference: this is empty" in refusal(
        TEXT.replace('"Document Control, table"', '" "', 1)
    )


def test_a_missing_term_is_refused_at_the_head_of_its_table():
    text = TEXT.replace('device_rule = "approved_only"\n', "", 1)
    assert refusal(text) == (
        f"sovereign.toml, line {line(text, '[terms]')}: terms.device_rule: this is missing."
    )


def test_an_unknown_term():
    text = TEXT.replace("positive_only = true", "only_positive = true", 1)
    assert f"line {line(text, 'only_positive')}: terms.only_positive" in refusal(text)


def test_a_table_that_nobody_knows():
    text = TEXT + "\n[extra]\n"
    assert f"line {line(text, '[extra]')}: extra: this is not known" in refusal(text)


def test_a_table_that_is_missing():
    assert "words: this is missing" in refusal(TEXT.replace("[words]", "[terms.words]", 1))


def test_a_role_that_is_none():
    assert "“janitor” is no role" in refusal(
        TEXT.replace('roles = ["author"]', 'roles = ["janitor"]', 1)
    )


def test_a_row_that_is_none():
    text = TEXT.replace('rows = ["R-001"]', 'rows = ["073"]', 1)
    assert "“073” is no row of the catalogue" in refusal(text)


def test_a_place_that_is_none():
    text = TEXT.replace('shown = ["acknowledgement"]', 'shown = ["attic"]', 1)
    assert "“attic” is no place" in refusal(text)


def test_a_day_of_review_that_is_no_date():
    text = TEXT.replace("next_review = 2025-09-23", 'next_review = "soon"')
    assert f"line {line(text, 'next_review')}: policy.next_review: a date is wanted" in refusal(
        text
    )


def test_what_is_no_toml_names_the_file():
    assert refusal("[policy").startswith("sovereign.toml: ")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('mode = "block"', 'mode = "warn"'), "weaker than the floor, which says “block”"),
        (('key = "purpose"', 'key = "purpose"\non = false'), "never off"),
        (('roles = ["author"]', 'roles = ["author"]'), "the floor also names dpo"),
    ],
)
def test_a_rule_weaker_than_the_floor(change, said):
    start = TEXT.index('[[rule]]\nkey = "purpose"')
    text = TEXT[:start] + TEXT[start:].replace(*change, 1)
    with pytest.raises(files.PresetRefused, match=said):
        files.parse("sovereign", text, files.parse_floor(FLOOR))


def test_a_rule_of_the_floor_cannot_be_off():
    with pytest.raises(
        files.PresetRefused, match=r"floor\.toml, line 5: rule\.1\.on: .*cannot be off"
    ):
        files.parse_floor(FLOOR.replace("[[rule]]\n", "[[rule]]\non = false\n"))


def test_a_rule_that_stands_there_twice():
    with pytest.raises(files.PresetRefused, match="stands here twice"):
        files.parse_floor(FLOOR + FLOOR[FLOOR.index("[[rule]]") :])
