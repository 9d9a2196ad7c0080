"""Addresses of the agreement and of asking parents, for those who sign in."""

from django.urls import path

from consents.views import agreements, campaigns, door, links, same_person

urlpatterns = [
    path("agreements/", agreements.versions, name="agreements"),
    path("agreements/<int:pk>/<slug:digest>/", agreements.version, name="agreement"),
    path("agreements/start/", agreements.start, name="start_agreement"),
    path("agreements/draft/", agreements.draft, name="agreement_draft"),
    path("agreements/draft/publish/", agreements.publish, name="publish_agreement"),
    path("agreements/draft/discard/", agreements.discard, name="discard_agreement"),
    path("agreements/draft/languages/", agreements.add_language, name="add_language"),
    path("agreements/draft/languages/<slug:code>/", agreements.language, name="agreement_language"),
    path(
        "agreements/draft/languages/<slug:code>/remove/",
        agreements.remove_language,
        name="remove_language",
    ),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.new, name="new_campaign"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/<int:pk>/progress/", campaigns.campaign_progress, name="campaign_progress"),
    path("campaigns/<int:pk>/stop/", campaigns.stop, name="stop_campaign"),
    path("campaigns/<int:pk>/letters/", campaigns.campaign_letters, name="campaign_letters"),
    path("same-person/", same_person.pairs, name="same_person"),
    path("same-person/say/", same_person.say, name="say_same"),
    path("<int:pk>/parents/<int:parent>/letter/", campaigns.letter, name="letter"),
    path("<int:pk>/parents/<int:parent>/door/", door.door, name="door"),
    path("<int:pk>/parents/", links.parents, name="parents"),
    path(
        "<int:pk>/parents/<int:parent>/<slug:verb>/",
        links.press,
        name="parent_press",
    ),
    path("<int:pk>/said/<int:decision>/", agreements.said, name="said"),
]
