"""Addresses about people: signing in, landing, notices, roles."""

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import path, reverse_lazy

from schools.forms import ForgottenForm
from schools.views import own, places, staff

app_name = "schools"

_reset = {"success_url": reverse_lazy("schools:reset_sent")}
_set = {"success_url": reverse_lazy("schools:reset_done")}

urlpatterns = [
    path("", own.home, name="home"),
    path("sign-in/", own.SignIn.as_view(), name="sign_in"),
    path("sign-out/", auth.LogoutView.as_view(), name="sign_out"),
    path(
        "password/",
        login_not_required(
            auth.PasswordResetView.as_view(
                template_name="registration/reset.html",
                form_class=ForgottenForm,
                email_template_name="registration/reset_mail.txt",
                subject_template_name="registration/reset_subject.txt",
                **_reset,
            )
        ),
        name="reset",
    ),
    path(
        "password/sent/",
        login_not_required(
            auth.PasswordResetDoneView.as_view(template_name="registration/reset_sent.html")
        ),
        name="reset_sent",
    ),
    path(
        "password/<uidb64>/<token>/",
        login_not_required(
            auth.PasswordResetConfirmView.as_view(
                template_name="registration/reset_set.html", **_set
            )
        ),
        name="reset_set",
    ),
    path(
        "password/done/",
        login_not_required(
            auth.PasswordResetCompleteView.as_view(template_name="registration/reset_done.html")
        ),
        name="reset_done",
    ),
    path("notices/", own.notices, name="notices"),
    path("notices/read/", own.read_notices, name="read_notices"),
    path("notices/<int:pk>/", own.open_notice, name="open_notice"),
    path("staff/", staff.staff, name="staff"),
    path("staff/<int:pk>/end/", staff.end_role, name="end_role"),
    path("staff/people/", staff.people, name="people"),
    path("staff/people/new/", staff.new_person, name="new_person"),
    path("staff/people/<int:pk>/", staff.person, name="person"),
    path("staff/people/<int:pk>/link/", staff.send_link, name="send_link"),
    path("staff/people/<int:pk>/close/", staff.close, name="close"),
    path("staff/people/<int:pk>/open/", staff.open_again, name="open_again"),
    path("staff/schools/", places.schools, name="schools"),
    path("staff/schools/<int:pk>/", places.school, name="school"),
    path("staff/trust/", places.trust, name="trust"),
]
