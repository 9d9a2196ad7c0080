"""Names of children are found however they are written (R-073)."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.words.names import Kind, Match, NameIndex, Row, find

AMIRA, TOM, ROSE, MAY, SEAN, MARY_KATE, WILL, ZOE, SUMMER, ALI, LI, JOSH, TWIN, NGOZI = range(1, 15)
ROSTER: list[Row] = [
    (AMIRA, "Amira", "Khan", "", "", ""),
    (TOM, "Thomas James", "Reed", "Tom", "", ""),
    (ROSE, "Rose", "King", "", "", ""),
    (MAY, "May", "Bell", "", "", ""),
    (SEAN, "Seán", "O’Brien", "", "", ""),
    (MARY_KATE, "Mary-Kate", "Smith-Jones", "", "", ""),
    (WILL, "Will", "Young", "", "", ""),
    (ZOE, "Zoë", "Łukaszewska", "", "", ""),
    (SUMMER, "Summer", "Okoro", "", "", ""),
    (ALI, "Muhammad", "Hussain", "Ali", "Malik", ""),
    (LI, "明", "李", "", "", ""),
    (JOSH, "Joshua", "de la Cruz", "", "", ""),
    (TWIN, "Amira", "Khan", "", "", ""),
    (NGOZI, "Ngọzi", "Ọládipọ̀", "", "", ""),
]
INDEX = NameIndex.build(ROSTER)


def _found(text: str, *pictured: int) -> list[tuple[Kind, set[int]]]:
    return [(m.kind, set(m.child_ids)) for m in find(text, INDEX, narrow_to=set(pictured))]


def _full(*ids: int) -> list[tuple[Kind, set[int]]]:
    return [("full_name", set(ids))]


@pytest.mark.parametrize(
    "text",
    [
        "Rose King",
        "ROSE KING",
        "Rose King's model",
        "Rose King’s model",
        "King, Rose",
        "KING Rose",
        "R. King",
        "Well done R King",
        "Rose M. King",
        "Rose\nKing",
        "Rose  King",
        "Rose 🌟🎉 King",
        "Rose-King",
        "#RoseKing",
        "#WellDoneRoseKing",
        "#welldoneroseking",
        "@rose.king",
        "@rose_king09",
        "rose_king_01.jpg",
        "IMG2034RoseKing2.JPG",
        "king_rose.heic",
        "https://oakprimary.sch.uk/news/rose-king-wins",
        "R\u200bose Ki\u200dng",
        "Rose\u200bKing",
        "Rоsе Кing",  # Cyrillic о, е and К
        "Ꭱose King".replace("Ꭱ", "\uff32"),
        "𝐑𝐨𝐬𝐞 𝐊𝐢𝐧𝐠",
        "ʀᴏsᴇ ᴋɪɴɢ",
        "Róse Kïng",
        "R o s e K i n g",
        "R.o.s.e. K.i.n.g",
    ],
)
def test_a_full_name_is_found_however_it_is_written(text: str) -> None:
    assert _found(text) == _full(ROSE)


@pytest.mark.parametrize(
    ("text", "child"),
    [
        ("Seán O’Brien", SEAN),
        ("Sean O'Brien", SEAN),
        ("Sean O`Brien", SEAN),
        ("SEAN OBRIEN", SEAN),
        ("sean o brien", SEAN),
        ("S. O’Brien", SEAN),
        ("#SeanOBrien", SEAN),
        ("Mary-Kate Smith-Jones", MARY_KATE),
        ("Mary Kate Smith Jones", MARY_KATE),
        ("MaryKate SmithJones", MARY_KATE),
        ("Mary–Kate Smith", MARY_KATE),
        ("Mary-Kate Jones", MARY_KATE),
        ("Zoe Lukaszewska", ZOE),
        ("ZOË ŁUKASZEWSKA", ZOE),
        ("Tom Reed", TOM),
        ("Thomas Reed", TOM),
        ("Thomas James Reed", TOM),
        ("Ali Malik", ALI),
        ("Ali Hussain", ALI),
        ("Muhammad Malik", ALI),
        ("Muhammad Hussain", ALI),
        ("Joshua de la Cruz", JOSH),
        ("Joshua Cruz", JOSH),
        ("Joshua delaCruz", JOSH),
        ("李明", LI),
        ("恭喜李明同学", LI),
        ("Ngozi Oladipo", NGOZI),
        ("Ngọzi Ọládipọ̀", NGOZI),
    ],
)
def test_every_name_on_record_counts_in_every_spelling(text: str, child: int) -> None:
    assert _found(text) == _full(child)


def test_one_name_of_two_children_is_one_match_for_both() -> None:
    assert _found("Amira Khan") == _full(AMIRA, TWIN)


def test_a_longer_name_hides_the_shorter_one_in_it() -> None:
    assert _found("Well done Rose King", ROSE) == _full(ROSE)


def test_a_list_of_full_names_does_not_join_neighbours() -> None:
    assert _found("Tom Reed, Rose King, Amira Bell, Summer Young") == [
        *_full(TOM),
        *_full(ROSE),
        ("maybe", {AMIRA, TWIN}),
        ("maybe", {SUMMER}),
    ]


def test_a_match_says_where_it_stands() -> None:
    text = "🌟 Bravo, Zoë Łukaszewska’s team"
    [match] = find(text, INDEX, narrow_to=set())
    assert match == Match(frozenset({ZOE}), "full_name", 9, 24, "Zoë Łukaszewska")
    assert text[match.start : match.end] == match.text


@pytest.mark.parametrize(
    "text",
    [
        "Well done Amira",
        "well done amira",
        "AMIRA",
        "Amira’s model",
        "#WellDoneAmira",
        "#welldoneamira",
        "#Amira",
        "@amira4",
        "amira.jpg",
        "Amirа",
        "A m i r a",
    ],
)
def test_a_first_name_alone_counts_for_a_child_who_is_pictured(text: str) -> None:
    assert _found(text, AMIRA) == [("first_name", {AMIRA})]


@pytest.mark.parametrize("text", ["Well done Amira", "Amira, Year 4", "#WellDoneAmira"])
def test_a_first_name_of_a_child_not_pictured_is_a_maybe(text: str) -> None:
    assert _found(text, ROSE) == [("maybe", {AMIRA, TWIN})]


@pytest.mark.parametrize(
    ("text", "child"),
    [
        ("Well done Rose", ROSE),
        ("well done rose", ROSE),
        ("Well done, Rose!", ROSE),
        ("Rose’s bridge held 4 kg", ROSE),
        ("Rose won", ROSE),
        ("Thank you to May and her team", MAY),
        ("Congratulations May!", MAY),
        ("Well done Will, you were brilliant", WILL),
        ("Thank you, Will", WILL),
        ("With Summer in goal we won 3-1", SUMMER),
        ("#WellDoneRose", ROSE),
        ("Stars this week:\nRose\nTom", ROSE),
    ],
)
@pytest.mark.parametrize("pictured", [True, False])
def test_an_ordinary_word_used_as_a_name_is_heard(text: str, child: int, *, pictured: bool) -> None:
    found = _found(text, *([child] if pictured else []))
    assert ("first_name" if pictured else "maybe", {child}) in found


@pytest.mark.parametrize(
    "text",
    [
        "May half term",
        "We are back in May.",
        "On 12 May we open at 9.",
        "May 2027",
        "The 9th of May",
        "May Day holiday",
        "May we remind you of the clocks?",
        "You may bring a hat",
        "Will you join us?",
        "Will there be cake? There will.",
        "We will meet at the gate",
        "The rose garden is open",
        "A rose for every visitor",
        "Rose petals everywhere",
        "Our Rose Class sang",
        "Summer Fair on Friday",
        "#SummerFair",
        "In Summer we swim",
        "Summer term dates",
        "This summer we swam",
        "The King came to tea",
        "Miss Rose retires",
        "Mr Will and Mrs May",
        "#Hope",
    ],
)
@pytest.mark.parametrize("pictured", [True, False])
def test_an_ordinary_word_in_its_ordinary_place_raises_no_alarm(
    text: str, *, pictured: bool
) -> None:
    assert _found(text, *([ROSE, MAY, WILL, SUMMER] if pictured else [])) == []


@pytest.mark.parametrize(
    "text",
    [
        "A king and a queen",
        "A King came to visit",
        "I young",
        "roseate kingdoms",
        "Tomorrow we read",
        "The prose, taking turns",
        "will young people come? Yes.",
        "",
        "12 34 !!",
    ],
)
def test_words_that_only_look_like_names_are_left_alone(text: str) -> None:
    assert _found(text) == []


def test_words_apart_are_no_name_unless_the_roster_has_them_apart() -> None:
    index = NameIndex.build([(1, "Isa", "Ito", "", "", "")])
    assert find("It is a day in a row", index, narrow_to={1}) == []


def test_a_child_without_surname_or_with_odd_data_breaks_nothing() -> None:
    index = NameIndex.build(
        [(1, "Cher", "", "", "", ""), (2, "", "", "", "", ""), (3, "-", "'", "", "", "")]
    )
    assert [m.kind for m in find("Well done Cher", index, narrow_to={1})] == ["first_name"]


def test_a_roster_is_read_anew_each_time() -> None:
    admitted: Row = (99, "Ife", "Adeyemi", "", "", "")
    assert find("Ife Adeyemi", INDEX, narrow_to=set()) == []
    assert find("Ife Adeyemi", NameIndex.build([*ROSTER, admitted]), narrow_to=set())


PLAIN = ["we", "went", "to", "the", "Park", "with", "Miss", "and", "saw"]
WRITINGS = [
    "Rose King",
    "Seán O’Brien",
    "Sean OBrien",
    "King, Rose",
    "Zoe Lukaszewska",
    "Mary Kate Smith-Jones",
    "#RoseKing",
    "rose_king.jpg",
    "Tom Reed’s",
]


@given(before=st.text(), after=st.text(), name=st.sampled_from(WRITINGS))
def test_a_planted_full_name_is_always_found(before: str, after: str, name: str) -> None:
    text = f"{before}\n{name}\n{after}"
    low, high = len(before), len(before) + len(name) + 2
    inside = [m for m in find(text, INDEX, narrow_to=set()) if m.kind == "full_name"]
    assert any(low <= match.end and match.start <= high for match in inside)


@given(
    first=st.text(string.ascii_letters + "éüñłøč", min_size=3, max_size=9),
    surname=st.text(string.ascii_letters + "éüñłøč’-", min_size=3, max_size=12),
    words=st.lists(st.sampled_from(PLAIN), max_size=12),
)
def test_any_child_of_any_roster_is_found(first: str, surname: str, words: list[str]) -> None:
    index = NameIndex.build([(1, first.title(), surname.title(), "", "", "")])
    text = " ".join([*words, first.title(), surname.title(), *words])
    if any(char.isalpha() for char in surname):
        assert any(1 in m.child_ids for m in find(text, index, narrow_to=set()))


@given(st.text())
def test_matches_stand_where_they_say(text: str) -> None:
    for match in find(text, INDEX, narrow_to={ROSE, MAY}):
        assert text[match.start : match.end] == match.text
        assert match.child_ids


KINDS = NameIndex.build(
    [
        (1, "Jean-Paul", "Dubois", "", "", ""),
        (2, "Mary Jane", "Kelly", "", "", ""),
        (3, "Theo", "St John-Smith", "", "", ""),
        (4, "Bea", "McDonald", "", "", ""),
        (5, "Kwame", "Boateng", "", "", ""),
        (6, "Rose", "Carter", "", "", ""),
    ]
)


@pytest.mark.parametrize(
    ("text", "child"),
    [
        ("J-P Dubois, piano", 1),
        ("J.-P. Dubois", 1),
        ("P. Dubois", 1),
        ("MJ Kelly won", 2),
        ("M J Kelly won", 2),
        ("Theo St. John-Smith", 3),
        ("Bea MacDonald", 4),
        ("Bea Mac Donald", 4),
        ("1st Boateng K.", 5),
        ("@kwameb take a bow", 5),
        ("@kboateng take a bow", 5),
        ("#teamkwame", 5),
        ("#kwamerocks", 5),
        ("Rose C led the assembly", 6),
        ("Rose will read to us", 6),
        ("Rose, who is eight, read to us", 6),
        ("Rose & Kwame read to us", 6),
    ],
)
def test_r_073_initials_short_forms_and_cheers_name_a_child(text: str, child: int) -> None:
    assert {pk for match in find(text, KINDS, narrow_to=()) for pk in match.child_ids} >= {child}


@pytest.mark.parametrize("text", ["#teamwork", "#gogreen", "#wellbeing", "#superstars", "#goals"])
def test_a_tag_that_cheers_nobody_names_nobody(text: str) -> None:
    assert find(text, KINDS, narrow_to=()) == []


def test_a_text_says_the_same_names_read_anew_or_remembered() -> None:
    text = "We ran together. Well done Rose King! Amira Khan wrote a poem about everybody."
    first = find(text, INDEX, narrow_to=())
    longer = find(f"Yesterday we started. {text}", INDEX, narrow_to=())
    assert [m.text for m in first] == [m.text for m in longer] == ["Rose King", "Amira Khan"]
    assert all(text[m.start : m.end] == m.text for m in first)
    assert longer[0].start == first[0].start + len("Yesterday we started. ")


def test_a_sentence_is_read_by_the_manner_of_the_whole_text() -> None:
    shouted = "WELL DONE EVERYBODY. MICHAEL ROSEN CAME. AMIRA AND THE OTHERS LAUGHED."
    assert [m.text for m in find(shouted, INDEX, narrow_to=())] == ["AMIRA"]
