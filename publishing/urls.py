"""Addresses of publishing."""

from django.urls import path

from publishing.views import channels, desk, down, wrong

app_name = "publishing"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("wrong/", wrong.wrong, name="wrong"),
    path("deliveries/<int:pk>/", desk.delivery, name="delivery"),
    path("deliveries/<int:pk>/why/", desk.why, name="why"),
    path("deliveries/<int:pk>/open/", desk.open_package, name="open_package"),
    path("deliveries/<int:pk>/posted/", desk.posted, name="posted"),
    path("deliveries/<int:pk>/not-posted/", desk.not_posted, name="not_posted"),
    path("deliveries/<int:pk>/there/", desk.it_is_there, name="it_is_there"),
    path("deliveries/<int:pk>/not-there/", desk.it_is_not_there, name="it_is_not_there"),
    path("deliveries/<int:pk>/again/", desk.send_again, name="send_again"),
    path("deliveries/<int:pk>/leave/", desk.give_up, name="give_up"),
    path("deliveries/<int:pk>/take-down/", desk.take_down, name="take_down"),
    path("deliveries/<int:pk>/stays/", desk.stays_and_told, name="stays_and_told"),
    path("deliveries/<int:pk>/gone/", desk.confirm_gone, name="confirm_gone"),
    path("take-downs/", down.take_downs, name="take_downs"),
    path("channels/", channels.channels, name="channels"),
    path("channels/<int:pk>/", channels.channel, name="channel"),
    path("channels/<int:pk>/pause/", channels.pause, name="pause"),
    path("channels/<int:pk>/act/", channels.act, name="act"),
]
