"""Addresses under `/m/<slug>/`."""

from __future__ import annotations

from django.urls import path

from copywriter import views_decisions, views_describe, views_drafts, views_teaching, views_texts

app_name = "copywriter"
urlpatterns = [
    path("describe/", views_describe.describe, name="describe"),
    path("teach/", views_teaching.teach, name="teach"),
    path("texts/<int:job_id>/", views_texts.texts, name="texts"),
    path("texts/<int:job_id>/texts.csv", views_texts.texts_csv, name="texts_csv"),
    path("drafts/", views_drafts.draft_list, name="draft_list"),
    path("drafts/bulk/", views_decisions.bulk, name="bulk"),
    path("drafts/undo/", views_decisions.undo, name="undo"),
    path("drafts/<int:pk>/", views_drafts.draft_detail, name="draft_detail"),
    path("drafts/<int:pk>/edit/", views_drafts.edit, name="edit"),
    path("drafts/<int:pk>/check/", views_drafts.check, name="check"),
    path("drafts/<int:pk>/accept/", views_decisions.accept, name="accept"),
    path("drafts/<int:pk>/reject/", views_decisions.reject, name="reject"),
]
