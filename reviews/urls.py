"""Addresses under `/m/<slug>/`."""

from __future__ import annotations

from django.urls import path

from reviews import views_imports, views_reviews

app_name = "reviews"
urlpatterns = [
    path("reviews/", views_reviews.review_list, name="review_list"),
    path("reviews/add/", views_reviews.review_new, name="review_new"),
    path("reviews/match/", views_reviews.match, name="match"),
    path("reviews/import/", views_imports.import_list, name="import_list"),
    path("reviews/import/<int:pk>/", views_imports.import_detail, name="import_detail"),
    path("reviews/import/<int:pk>/reread/", views_imports.reread, name="reread"),
    path("reviews/import/<int:pk>/count/", views_imports.count, name="count"),
    path("reviews/import/<int:pk>/confirm/", views_imports.confirm, name="confirm"),
    path("reviews/import/<int:pk>/discard/", views_imports.discard, name="discard"),
    path("reviews/import/<int:pk>/undo/", views_imports.undo, name="undo"),
    path("reviews/import/<int:pk>/issues.csv", views_imports.issues_csv, name="issues_csv"),
    path("reviews/<int:pk>/", views_reviews.review_detail, name="review_detail"),
    path("reviews/<int:pk>/remove/", views_reviews.remove, name="remove"),
    path("reviews/authors/<int:pk>/remove/", views_reviews.remove_author, name="remove_author"),
]
