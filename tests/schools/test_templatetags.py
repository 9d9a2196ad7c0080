"""The components as templates write them."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace as Thing
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from policy.findings import Finding, Mode, Way
from posts.lifecycle import State
from publishing.lifecycle import DeliveryState
from schools.components.marks import ICONS

FACEBOOK = Thing(platform=Thing(name="Facebook", letter="f", colour="#1f5fb8"))
ASK = Way("Drop Facebook", "drop_channel", "The other channels stay", (("channel", "7"),))
BLOCK = Finding(
    "photo", "Protocol 1", Mode.BLOCK, "Amira cannot be shown on Facebook.", ways=(ASK,)
)
WARN = Finding("where", "Protocol 2", Mode.WARN, "“all week” can tell where a class is.")


def drawn(source: str, **context: Any) -> str:
    """What a template with the components draws."""
    given = {"csrf_token": "token", **context}
    return engines["django"].from_string("{% load golive %}" + source).render(given)


def somebody(
    *, shown: bool, permitted: bool, kind: str = "child", label: str = "Amira K."
) -> Thing:
    """One person with a mark for Facebook."""
    mark = Thing(channel=FACEBOOK, shown=shown, permitted=permitted)
    return Thing(label=label, detail="4 Birch", kind=kind, marks=[mark])


@pytest.mark.parametrize("state", [*State, *DeliveryState], ids=str)
def test_every_state_is_drawn_in_its_own_words_with_an_icon(state: State | DeliveryState) -> None:
    assert state.value in ICONS
    html = drawn(
        "{% status it %}", it=Thing(state=state.value, get_state_display=lambda: state.label)
    )
    assert state.label in html
    assert "<svg" in html


def test_a_status_may_say_more_than_the_state() -> None:
    it = Thing(state="submitted", get_state_display=lambda: "Waits for the Head")
    html = drawn('{% status it label="Waits for you · second time" %}', it=it)
    assert "Waits for you · second time" in html
    assert "Waits for the Head" not in html


def test_what_people_typed_is_escaped_in_every_small_mark() -> None:
    html = drawn("{% pill it %}{% mark 'no' it %}{% btn it %}{% empty it it %}", it="<b>x</b>")
    assert "<b>" not in html


def test_an_icon_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "clock" %}')


def test_a_name_that_is_not_an_icon_s_is_refused() -> None:
    with pytest.raises(ValueError, match="Not the name of an icon"):
        drawn("{% icon it %}", it="../base")


def test_a_way_out_is_one_press_that_carries_its_verb_and_fields() -> None:
    html = drawn('{% finding it mend="/posts/3/mend/" %}', it=BLOCK)
    assert '<form class="press-form" method="post" action="/posts/3/mend/">' in html
    assert 'name="csrfmiddlewaretoken" value="token"' in html
    assert '<input type="hidden" name="verb" value="drop_channel">' in html
    assert '<input type="hidden" name="channel" value="7">' in html
    assert "The other channels stay" in html


def test_without_an_address_to_mend_at_no_way_out_is_offered() -> None:
    assert "<form" not in drawn("{% finding it %}", it=BLOCK)


def test_a_finding_weighs_as_its_mode() -> None:
    assert 'class="finding block"' in drawn("{% finding it %}", it=BLOCK)
    assert 'class="finding warn"' in drawn("{% finding it %}", it=WARN)


def test_an_answered_warning_shows_the_answer_and_weighs_less() -> None:
    html = drawn("{% finding it answer=words %}", it=WARN, words="It ended on Friday.")
    assert "It ended on Friday." in html
    assert 'class="finding note"' in html


def test_no_findings_draw_nothing() -> None:
    assert drawn("{% findings none %}", none=[]).strip() == ""


def test_somebody_permitted_has_a_tick_with_words_for_ears() -> None:
    html = drawn("{% people_matrix p c %}", p=[somebody(shown=True, permitted=True)], c=[FACEBOOK])
    assert "✓" in html
    assert "may be shown" in html


def test_somebody_refused_has_a_cross_with_words_for_ears() -> None:
    html = drawn("{% people_matrix p c %}", p=[somebody(shown=True, permitted=False)], c=[FACEBOOK])
    assert "✕" in html
    assert "cannot be shown" in html


@pytest.mark.parametrize("tag", ["{% people_matrix p c %}", "{% person p.0 %}"])
def test_where_nobody_is_shown_a_permission_cannot_be_told_from_a_refusal(tag: str) -> None:
    yes, no = (
        drawn(tag, p=[somebody(shown=False, permitted=permitted)], c=[FACEBOOK])
        for permitted in (True, False)
    )
    assert yes == no
    assert "not shown" in yes


def test_who_is_named_in_the_words_may_be_named() -> None:
    named = somebody(shown=True, permitted=True, kind="named")
    assert "may be named" in drawn("{% person p %}", p=named)


def test_places_on_a_photo_are_per_cent_without_a_style() -> None:
    box = {"left": 0.125, "top": 0.5, "width": 0.1, "height": 0.2, "number": 1, "href": "#f1"}
    html = drawn('{% photo "/p.jpg" "A class" boxes=b %}', b=[box])
    assert 'x="12.50%" y="50.00%" width="10.00%" height="20.00%"' in html
    assert "style=" not in html


def test_progress_asks_again_for_as_long_as_it_is_told_where() -> None:
    assert 'hx-get="/p/"' in drawn('{% progress 3 3 "Rows read" poll="/p/" %}')
    assert "hx-get" not in drawn('{% progress 3 3 "Rows read" %}')


def test_further_pages_keep_the_rest_of_the_query() -> None:
    request = RequestFactory().get("/?q=am&page=2")
    html = drawn("{% pages it %}", it=Paginator(range(60), 25).page(2), request=request)
    assert re.findall(r'href="([^"]*)"', html) == ["?q=am&amp;page=1", "?q=am&amp;page=3"]


def test_one_page_alone_needs_no_pages() -> None:
    assert "<nav" not in drawn("{% pages it %}", it=Paginator(range(5), 25).page(1))


def test_one_press_buttons_carry_hidden_fields() -> None:
    html = drawn('{% post_btn "Take it back" "/back/" fields=f %}', f={"picture": 3})
    assert 'name="picture" value="3"' in html
    assert 'name="csrfmiddlewaretoken"' in html


def test_names_found_are_buttons_by_themselves() -> None:
    found = [{"value": 4, "text": "Amira Khan", "note": "4 Birch"}]
    html = drawn('{% combobox_results r "am" "child" %}', r=found)
    assert '<button type="submit" name="child" value="4">' in html
    assert "<mark>Am</mark>ira Khan" in html


def test_a_name_is_marked_where_a_word_begins_and_stays_escaped() -> None:
    found = [{"value": 4, "text": "<i>Ira Khan", "note": ""}]
    html = drawn('{% combobox_results r "k" "child" %}', r=found)
    assert "&lt;i&gt;Ira <mark>K</mark>han" in html


def test_nobody_found_is_said_in_words() -> None:
    assert "Nobody here is called" in drawn('{% combobox_results r "zz" "child" %}', r=[])


def test_a_day_that_is_not_known_is_left_empty() -> None:
    assert drawn("{{ none|day }}{{ none|when }}{% time none %}", none=None) == ""
    assert drawn("{{ d|day }}", d=date(2026, 5, 3)) == "3 May 2026"


def test_a_page_head_without_buttons_has_no_room_for_them() -> None:
    assert 'class="acts"' not in drawn('{% page_head "My posts" %}\n{% endpage_head %}')
    assert 'class="acts"' in drawn('{% page_head "My posts" %}{% btn "New" %}{% endpage_head %}')


def test_what_pressing_does_is_said_above_the_button() -> None:
    rows = [("She sees", "exactly this")]
    html = drawn('{% confirm "When you send it" rows=r %}{% btn "Send" %}{% endconfirm %}', r=rows)
    assert html.index("exactly this") < html.index("Send</button>")
