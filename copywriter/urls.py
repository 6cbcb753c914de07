"""Addresses under `/m/<slug>/`."""

from __future__ import annotations

from django.urls import path

from copywriter import (
    views_campaigns,
    views_comments,
    views_decisions,
    views_describe,
    views_drafts,
    views_history,
    views_passing,
    views_quality,
    views_rules,
    views_runs,
    views_teaching,
    views_texts,
    views_voices,
)

app_name = "copywriter"
urlpatterns = [
    path("describe/", views_describe.describe, name="describe"),
    path("describe/estimate/", views_describe.estimate, name="estimate"),
    path("teach/", views_teaching.teach, name="teach"),
    path("writing/rules/", views_rules.rules, name="rules"),
    path("writing/rules/try/", views_rules.try_text, name="try_text"),
    path("quality/", views_quality.quality, name="quality"),
    path("texts/<int:job_id>/", views_texts.texts, name="texts"),
    path("texts/<int:job_id>/texts.csv", views_texts.texts_csv, name="texts_csv"),
    path("products/<int:pk>/texts/", views_history.texts_of, name="texts_of"),
    path("texts/<int:job_id>/undo/", views_runs.undo_run, name="undo_run"),
    path("writing/voices/", views_voices.voice_list, name="voice_list"),
    path("writing/voices/edit/", views_voices.voice_edit, name="voice_edit"),
    path("writing/voices/<int:pk>/delete/", views_voices.voice_delete, name="voice_delete"),
    path("writing/voices/preview/<int:job_id>/", views_voices.voice_preview, name="voice_preview"),
    path("campaigns/", views_campaigns.campaign_list, name="campaign_list"),
    path("campaigns/new/", views_campaigns.campaign_new, name="campaign_new"),
    path("drafts/", views_drafts.draft_list, name="draft_list"),
    path("drafts/bulk/", views_decisions.bulk, name="bulk"),
    path("drafts/passing/", views_passing.accept_passing, name="accept_passing"),
    path("drafts/undo/", views_decisions.undo, name="undo"),
    path("drafts/<int:pk>/", views_drafts.draft_detail, name="draft_detail"),
    path("drafts/<int:pk>/edit/", views_drafts.edit, name="edit"),
    path("drafts/<int:pk>/check/", views_drafts.check, name="check"),
    path("drafts/<int:pk>/comments/", views_comments.add, name="comment"),
    path("comments/<int:pk>/delete/", views_comments.remove, name="remove_comment"),
    path("drafts/<int:pk>/accept/", views_decisions.accept, name="accept"),
    path("drafts/<int:pk>/reject/", views_decisions.reject, name="reject"),
]
