"""Every address of the program, by room."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import TemplateView

from config import health

accessibility = login_not_required(TemplateView.as_view(template_name="accessibility.html"))

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("children/", include("consents.urls")),
    path("p/", include("consents.parent_urls")),
    path("policy/", include("policy.urls")),
    path("posts/", include("posts.urls")),
    path("approvals/", include("approvals.urls")),
    path("publishing/", include("publishing.urls")),
    path("cases/", include("cases.urls")),
    path("news/", include("publishing.news_urls")),
    path("accessibility/", accessibility, name="accessibility"),
    path("", include("schools.urls")),
]
