"""Addresses of children and permission."""

from django.urls import URLPattern, URLResolver, include, path

from consents.views import adults, asks, capacity, classes, family, finding, holds, lists, records

app_name = "consents"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", finding.children, name="children"),
    path("<int:pk>/", records.child, name="child"),
    path("<int:pk>/withdraw/", records.withdraw, name="withdraw"),
    path("<int:pk>/family/", family.family, name="family"),
    path("<int:pk>/family/add/", family.add_parent, name="add_parent"),
    path("family/<int:pk>/", family.guardianship, name="guardianship"),
    path("adults/", adults.adults, name="adults"),
    path("adults/<int:pk>/", adults.adult, name="adult"),
    path("adults/<int:pk>/withdraw/", adults.withdraw, name="withdraw_adult"),
    path("capacity/", capacity.capacity, name="capacity"),
    path("class/", classes.class_grid, name="class"),
    path("shown/", lists.shown, name="shown"),
    path("days/", lists.days, name="days"),
    path("asks/", asks.asks, name="asks"),
    path("asks/<int:pk>/answer/", asks.answer_ask, name="answer_ask"),
    path("asks/<int:pk>/close/", asks.close_ask, name="close_ask"),
    path("", include("consents.asking_urls")),
    path("imports/", include("consents.imports.urls")),
    path("exports/", include("consents.exports.urls")),
    path("holds/", holds.holds, name="holds"),
    path("holds/<int:pk>/set/", holds.hold, name="hold"),
    path("holds/<int:pk>/review/", holds.review, name="review_hold"),
    path("holds/<int:pk>/lift/", holds.lift, name="lift_hold"),
]
