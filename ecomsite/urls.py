"""Every address of the product. Apps under a shop get `slug`; the middleware has checked it before a view runs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from ecomsite import views

# the order: what everybody may see, people and shops, then one shop's pages
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("", include("foundation.tenancy.urls")),
    path("m/<slug:slug>/", views.dashboard, name="dashboard"),
    path("m/<slug:slug>/", include("foundation.jobs.urls")),
    path("m/<slug:slug>/", include("catalog.urls")),
    path("m/<slug:slug>/", include("copywriter.urls")),
    path("m/<slug:slug>/", include("reviews.urls")),
]

handler400 = "ecomsite.errors.bad_request"
handler403 = "ecomsite.errors.permission_denied"
handler404 = "ecomsite.errors.not_found"
handler500 = "ecomsite.errors.server_error"
