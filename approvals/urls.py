"""Addresses of approval."""

from django.urls import path

from approvals.views import decide, presses, queue

app_name = "approvals"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("<int:pk>/", decide.decide, name="decide"),
    path("<int:pk>/return/", decide.give_back, name="return"),
    path("<int:pk>/decline/", decide.decline, name="decline"),
    path("<int:pk>/yes/", presses.say_yes, name="say_yes"),
    path("posts/<int:pk>/submit/", presses.submit, name="submit"),
    path("posts/<int:pk>/take-back/", presses.take_back, name="take_back"),
    path("posts/<int:pk>/reopen/", presses.reopen, name="reopen"),
    path("posts/<int:pk>/stop/", presses.stop, name="stop"),
    path("stops/<int:pk>/resume/", presses.resume, name="resume"),
]
