"""The presets say all that the two policies ask, and every rule the code asks for is in them."""

from __future__ import annotations

import ast
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from policy.models import HistoryRow, PolicyVersion, Rule
from policy.presets import files, load_preset
from policy.rulebook import Rulebook
from policy.terms import Terms
from tests.house.files import modules

PRESETS = files.keys()
SOVEREIGN = [f"R-{n:03d}" for n in range(1, 110)]
CHAMPION = [f"R-{n:03d}" for n in range(110, 145)]
FLOOR = [f"R-{n:03d}" for n in range(145, 173)]


def rows_of(key: str) -> set[str]:
    return {row for rule in files.preset(key).rows() for row in rule["rows"]}


@pytest.mark.parametrize("row", SOVEREIGN)
def test_sovereign_says_every_row_of_its_policy(row):
    assert row in {r for rule in files.preset("sovereign").rules for r in rule.rows}


@pytest.mark.parametrize("row", CHAMPION)
def test_champion_says_every_row_of_its_policy_or_the_floor_does(row):
    assert row in rows_of("champion")


@pytest.mark.parametrize("row", FLOOR)
def test_the_floor_says_every_row_of_the_floor(row):
    assert row in {r for rule in files.floor().rules for r in rule.rows}


def _asked_by(*verbs: str) -> set[str]:
    """Keys that code asks a rulebook for with these verbs, as they stand in the source."""
    return {
        node.args[0].value
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in verbs
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


@pytest.mark.parametrize("preset", PRESETS)
def test_every_rule_that_code_cites_is_in_every_preset_or_the_floor(preset):
    # What code asks first whether it is on may be missing from a policy that does not ask it.
    cited = _asked_by("finding", "rule") - _asked_by("is_on")
    assert {"may_draft", "in_time", "not_own_post"} <= cited
    assert cited <= {rule["key"] for rule in files.preset(preset).rows()}


def test_every_rule_that_code_asks_for_is_in_some_preset_or_the_floor():
    known = {rule["key"] for key in PRESETS for rule in files.preset(key).rows()}
    assert _asked_by("finding", "rule", "is_on") <= known


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_stands_on_the_whole_floor(preset):
    below = {rule.key for rule in files.floor().rules}
    assert below <= {rule["key"] for rule in files.preset(preset).rows() if rule["on"]}


@pytest.mark.parametrize("rule", files.preset("champion").rules, ids=lambda rule: rule.key)
def test_r_141_champion_cites_only_its_own_clauses(rule):
    assert "Protocol" not in rule.reference
    assert not rule.reference.startswith("Floor")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key",
    ["photo_permission", "name_permission", "adult_permission", "people_accounted", "snapshot"],
)
def test_r_141_where_champion_is_silent_the_floor_stands_and_is_cited_as_floor(key):
    load_preset("champion")
    rule = Rulebook.in_force().rule(key)
    assert rule.on
    assert (rule.source, rule.reference.split()[0]) == ("floor", "Floor")


@pytest.mark.django_db
def test_r_144_removal_orders_exist_in_champion_and_cite_the_floor():
    load_preset("champion")
    assert Rulebook.in_force().rule("removal").reference == "Floor R-163"


@pytest.mark.django_db
@pytest.mark.parametrize("preset", PRESETS)
def test_the_database_keeps_what_the_floor_asks_switched_on(preset):
    version = load_preset(preset)
    assert version.rules.exclude(floor="").count() == len(files.floor().rules)
    for rule in version.rules.exclude(floor=""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rule.objects.filter(pk=rule.pk).update(on=False)


@pytest.mark.django_db
def test_r_001_the_document_control_of_sovereign():
    version = load_preset("sovereign")
    assert (version.number, version.dated) == ("5.0", date(2024, 9, 23))
    assert (version.owner_role, version.supersedes) == ("ceo", "4.0")
    assert (version.review_months, version.circulation) == (12, "All")


@pytest.mark.django_db
def test_r_110_the_document_control_of_champion():
    version = load_preset("champion")
    assert (version.number, version.dated) == ("1", date(2020, 11, 1))
    assert (version.review_months, version.standing) == (24, "Non-statutory")


@pytest.mark.django_db
def test_r_005_the_history_of_sovereign_in_order():
    load_preset("sovereign")
    rows = HistoryRow.objects.filter(policy="sovereign").values_list("number", flat=True)
    assert list(rows) == ["1.0", "2.0", "3.0", "4.0", "5.0"]


@pytest.mark.django_db(transaction=True)
def test_r_005_history_cannot_be_edited():
    load_preset("sovereign")
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        HistoryRow.objects.update(amendments="Nothing")


def test_r_020_the_thirteen_groups_of_staff_are_covered():
    covered = Terms.read(files.preset("sovereign").terms).covered_people
    assert len([who for who in covered if who.value != "third_party"]) == 13


def test_r_021_third_parties_are_covered_in_sovereign():
    assert "third_party" in files.preset("sovereign").terms["covered_people"]


def test_r_117_champion_covers_employees_and_no_volunteers():
    covered = files.preset("champion").terms["covered_people"]
    assert "employee" in covered
    assert not {"volunteer", "governor", "third_party"} & set(covered)


def test_r_118_services_that_have_closed_are_named_and_no_destination():
    named = {p.name: p.status for p in Terms.read(files.preset("champion").terms).platforms_named}
    assert (named["Google+"], named["Skype"]) == ("retired", "retired")
    assert not {"google", "skype"} & {row["key"] for row in files.platforms()}


@pytest.mark.parametrize("letter", "abcdefghij")
def test_r_034_to_r_042_sovereign_has_a_category_for_each_letter(letter):
    categories = Terms.read(files.preset("sovereign").terms).incident_categories
    assert [each.letter for each in categories].count(letter) == 1


def test_r_082_to_r_088_there_are_seven_whom_nobody_runs_down():
    assert len(Terms.read(files.preset("sovereign").terms).disparagement_targets) == 7


@pytest.mark.parametrize("row", [f"R-{n:03d}" for n in range(82, 89)])
def test_r_082_to_r_088_each_of_the_seven_is_read_and_acknowledged(row):
    [rule] = [rule for rule in files.preset("sovereign").rules if row in rule.rows]
    assert "acknowledgement" in rule.shown


def test_r_130_and_r_134_champion_has_disrepute_and_misuse():
    keys = {c.key for c in Terms.read(files.preset("champion").terms).incident_categories}
    assert {"disrepute", "misuse"} <= keys


def test_r_125_champion_asks_exactly_four_things():
    points = Terms.read(files.preset("champion").terms).checklist
    assert [p.key for p in points] == ["libellous", "defamatory", "damaging", "copyright"]


def test_r_045_and_r_128_private_use_is_opposite_in_the_two():
    ours, theirs = (" ".join(files.preset(k).terms["personal_use"]) for k in reversed(PRESETS))
    assert "never" in ours
    assert "short and occasional" in theirs
    assert "once or twice a day" in theirs


def test_r_137_champion_links_three_documents_and_r_007_sovereign_seven():
    assert len(files.preset("champion").terms["linked_documents"]) == 3
    assert len(files.preset("sovereign").terms["linked_documents"]) == 7


@pytest.mark.parametrize("row", ["R-062", "R-063"])
def test_r_062_and_r_063_looking_up_candidates_is_not_done_here(row):
    [rule] = [rule for rule in files.preset("sovereign").rules if row in rule.rows]
    assert "outside" in rule.shown


def test_r_132_watching_private_use_is_not_done_here():
    [rule] = [rule for rule in files.preset("champion").rules if "R-132" in rule.rows]
    assert "outside" in rule.shown


def test_r_008_only_sovereign_says_that_it_is_no_contract():
    said = {key: {rule.key for rule in files.preset(key).rules} for key in PRESETS}
    assert "not_a_contract" in said["sovereign"]
    assert "not_a_contract" not in said["champion"]


DECLARED = ["008", "013", "022", "023", "033", "054", "090", "093", "098"]
DECLARED += ["121", "128", "129", "131", "133"]


@pytest.mark.parametrize("number", DECLARED)
def test_what_a_person_answers_for_is_read_and_acknowledged(number):
    rules = [rule for key in PRESETS for rule in files.preset(key).rules]
    [rule] = [rule for rule in rules if f"R-{number}" in rule.rows]
    assert rule.mode == "declare"
    assert "acknowledgement" in rule.shown


@pytest.mark.django_db
def test_loading_a_preset_again_changes_nothing():
    version = load_preset("sovereign")
    before = (version.rules.count(), HistoryRow.objects.count(), version.purposes.count())
    again = load_preset("sovereign")
    assert again == version
    assert before == (again.rules.count(), HistoryRow.objects.count(), again.purposes.count())


@pytest.mark.django_db
def test_one_version_is_in_force_after_a_change_of_preset():
    load_preset("sovereign")
    version = load_preset("champion")
    assert PolicyVersion.objects.get(in_force=True) == version
