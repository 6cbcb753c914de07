from __future__ import annotations

from django.urls import path

from foundation.tenancy import team, views

app_name = "tenancy"
urlpatterns = [
    path("shops/new/", views.shop_new, name="shop_new"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("m/<slug:slug>/settings/", views.shop_settings, name="settings"),
    path("m/<slug:slug>/team/", team.team, name="team"),
    path("m/<slug:slug>/team/invite/", team.invite, name="invite"),
    path("m/<slug:slug>/team/invitations/<int:invitation_id>/withdraw/", team.withdraw, name="withdraw"),
    path("m/<slug:slug>/team/<int:membership_id>/role/", team.change_role, name="change_role"),
    path("m/<slug:slug>/team/<int:membership_id>/remove/", team.remove, name="remove"),
    path("m/<slug:slug>/leave/", views.leave, name="leave"),
]
