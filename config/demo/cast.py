"""The people with names in the documents: staff who sign in, and the children of class 4B."""

from __future__ import annotations

from typing import NamedTuple

from config.demo.families import Form, Grown, Kid
from schools.roles import Role


class Person(NamedTuple):
    """A member of staff. `school`: a slug, or empty for the whole trust. `also`: more schools."""

    name: str
    role: Role
    school: str
    job: str
    also: tuple[str, ...] = ()


STAFF: list[Person] = [
    Person("Tessa Marlow", Role.STAFF, "oak", "Year 4 teacher"),
    Person("Hana Okafor", Role.HEAD, "oak", "Head of School, Oak"),
    Person("Uma Reid", Role.AUTHORISED_USER, "oak", "Communications, Oak"),
    Person("Connie Price", Role.CONSENT_ADMIN, "oak", "School secretary, Oak"),
    Person("Dot Fraser", Role.DSL, "oak", "Safeguarding lead, Oak"),
    Person("Owen Hughes", Role.HEAD, "elm", "Head of School, Elm"),
    Person("Ruth Adeyemi", Role.HEAD, "willow", "Head of School, Willow"),
    Person("Edith Vance", Role.EXECUTIVE_HEAD, "oak", "Executive Headteacher", ("elm",)),
    Person("Jo Whitfield", Role.DPO, "", "Data Protection Officer"),
    Person("Cara Lindqvist", Role.CIO, "", "Chief Information Officer"),
    Person("Ben Castle", Role.CEO, "", "Chief Executive"),
    Person("Elin Rhys", Role.CONSENT_ADMIN, "elm", "Data manager, Elm"),
    Person("Samira Aziz", Role.AUTHORISED_USER, "elm", "Communications, Elm"),
    Person("Greg Holt", Role.DSL, "elm", "Safeguarding lead, Elm"),
    Person("Bronagh Kelly", Role.CONSENT_ADMIN, "willow", "School office, Willow"),
    Person("Teodor Ilie", Role.AUTHORISED_USER, "willow", "Communications, Willow"),
    Person("Marguerite Osei", Role.DSL, "willow", "Safeguarding lead, Willow"),
    Person("Marcus Bell", Role.DEPUTY, "oak", "Deputy Head, Oak"),
    Person("Meg Sato", Role.MANAGER, "elm", "Head of sixth form, Elm"),
    Person("Harriet Boyd", Role.CHRO, "", "Chief HR Officer"),
    Person("Clement Archer", Role.BOARD, "", "Clerk to the Board"),
    Person("Priya Nair", Role.STAFF, "oak", "Year 6 teacher"),
    Person("Callum Drummond", Role.STAFF, "oak", "PE lead, Oak"),
    Person("Joanne Pickles", Role.STAFF, "oak", "Reception teacher"),
    Person("Yusuf Demir", Role.STAFF, "oak", "Year 2 teacher"),
    Person("Grainne Doyle", Role.STAFF, "oak", "Music lead, Oak"),
    Person("Dev Sandhu", Role.STAFF, "oak", "Year 5 teacher"),
    Person("Mabel Ng", Role.STAFF, "oak", "Teaching assistant"),
    Person("Tom Ashworth", Role.STAFF, "elm", "Science teacher"),
    Person("Folake Balogun", Role.STAFF, "elm", "Drama teacher"),
    Person("Rhian Evans", Role.STAFF, "elm", "Art teacher"),
    Person("Piotr Mazur", Role.STAFF, "elm", "Maths teacher"),
    Person("Leila Haddad", Role.STAFF, "elm", "Librarian"),
    Person("Danny Walsh", Role.STAFF, "elm", "PE teacher"),
    Person("Ines Ferreira", Role.STAFF, "elm", "Languages teacher"),
    Person("Ottilie Marsh", Role.STAFF, "willow", "Teacher, Hazel Class"),
    Person("Kofi Mensah", Role.STAFF, "willow", "Music therapist"),
    Person("Anwen Pugh", Role.STAFF, "willow", "Teacher, Bridge"),
    Person("Lucasz Nowak", Role.STAFF, "willow", "Forest school leader"),
    Person("Sunniva Dahl", Role.EXTERNAL, "oak", "Visiting photographer"),
    Person("Nell Bright", Role.STAFF, "oak", "Supply teacher, Year 3"),
]

# 4B at Oak, where each child stands for one state of permission.
_FOUR_B = [
    ("Amira", "Khan", "all_and_names"),
    ("Tom", "Rees", "news_only"),
    ("Rose", "Green", "unasked"),
    ("Zofia", "Wolska", "withdrawn"),
    ("Ife", "Adeyemi", "disagree"),
    ("Jack", "Moor", "all"),
    ("Ella", "Novak", "expired"),
    ("Samuel", "Ocean", "unclear"),
    ("Kwame", "Boateng", "grandmother"),
    ("Amelia", "Dunn", "all"),
    ("Caleb", "Turner", "all_and_names"),
    ("Daniel", "O’Neill", "all"),
    ("Wren", "Lee", "no_tiktok"),
    ("Isla", "MacLeod", "school_only"),
    ("Finlay", "MacLeod", "school_only"),
    ("Muhammad", "Khan", "all"),
]
_ELSEWHERE = [
    ("Muhammad", "Khan", "4A", "news_only"),  # same name, other class, other answer
    ("Leo", "Frost", "7A", "all"),
    ("Maya", "Sharp", "9C", "all"),
    ("Osian", "Pugh", "Bridge 3", "all"),
    ("Hodan", "Warsame", "Bridge 3", "all"),
]
_PREFERRED = {"Samuel": "Sam", "Daniel": "Dan"}
_OWN_SAY: dict[str, dict[str, object]] = {
    "Maya": {"decides": "pupil"},
    "Osian": {"decides": "pupil"},
    "Hodan": {"best_interests": True},
}


def children(forms: list[Form]) -> list[Kid]:
    """The named children with their parents; dates of birth come with the class."""
    by_name = {form.name: form for form in forms}
    places = [(first, last, "4B", manner) for first, last, manner in _FOUR_B]
    made = [
        _kid(first, last, by_name[form], manner)
        for first, last, form, manner in [*places, *_ELSEWHERE]
    ]
    twins = {kid.first: kid for kid in made if kid.surname == "MacLeod"}
    twins["Finlay"].grown = twins["Isla"].grown
    next(kid for kid in made if kid.first == "Jack").hold = "protected"
    return made


def _kid(first: str, surname: str, form: Form, manner: str) -> Kid:
    grown = [
        Grown("Nadia" if surname == "Khan" else "Clare", surname, "Mother", title="Mrs"),
        Grown("Imran" if surname == "Khan" else "Peter", surname, "Father", title="Mr"),
    ]
    if manner == "grandmother":
        grown.append(Grown("Efua", surname, "Grandmother", responsible=False, title="Mrs"))
    extras = dict(_OWN_SAY.get(first, {}))
    return Kid(
        first, surname, form, None, manner, _PREFERRED.get(first, ""), grown=grown, extras=extras
    )
