"""Addresses of the policy: what is in force, for everybody; the next version; and what it asks for
besides posts."""

from django.urls import path

from policy.views import (
    accounts,
    activity,
    brand,
    devices,
    documents,
    linkedin,
    ours,
    own,
    past,
    people,
    platforms,
    versions,
    writing,
)

app_name = "policy"

urlpatterns = [
    path("", ours.ours, name="ours"),
    path("versions/<int:pk>/", past.version, name="version"),
    path("versions/<int:pk>/record/", past.past, name="past"),
    path("versions/<int:pk>/document/", documents.document, name="document"),
    path("versions/<int:pk>/document/change/", documents.attach, name="attach"),
    path("desk/", versions.desk, name="desk"),
    path("desk/misuse/", versions.misuse, name="misuse"),
    path("next/", versions.next_version, name="next"),
    path("next/act/", versions.act, name="act"),
    path("next/formality/", versions.formality, name="formality"),
    path("next/announce/", versions.announce, name="announce"),
    path("next/document/", writing.control, name="control"),
    path("next/terms/", writing.terms, name="terms"),
    path("next/routes/", writing.routes, name="routes"),
    path("next/words/", writing.words, name="words"),
    path("next/tables/<slug:name>/", writing.table, name="table"),
    path("next/rules/", writing.rules, name="rules"),
    path("next/clause/", writing.add_clause, name="add_clause"),
    path("next/rules/<slug:key>/", writing.rule, name="rule"),
    path("you/", own.own, name="own"),
    path("you/read/", own.read, name="read"),
    path("you/told/", own.told, name="told"),
    path("you/linkedin/", linkedin.ask, name="ask_linkedin"),
    path("you/record/", activity.record, name="record"),
    path("you/activity/", activity.mine, name="my_activity"),
    path("people/", people.people, name="people"),
    path("people/linkedin/", linkedin.requests, name="linkedin"),
    path("people/accounts/", accounts.accounts, name="accounts"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/activity/", activity.of_person, name="activity"),
    path("devices/", devices.devices, name="devices"),
    path("devices/<int:pk>/", devices.device, name="device"),
    path("brand/", brand.brand, name="brand"),
    path("brand/<int:pk>/end/", brand.end_logo, name="end_logo"),
    path("faces/", brand.faces, name="faces"),
    path("platforms/", platforms.platforms, name="platforms"),
    path("platforms/<slug:key>/", platforms.platform, name="platform"),
]
