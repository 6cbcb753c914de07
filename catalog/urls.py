"""Addresses under `/m/<slug>/`."""

from __future__ import annotations

from django.urls import path

from catalog import views_exports, views_imports, views_products

app_name = "catalog"
urlpatterns = [
    path("products/", views_products.product_list, name="product_list"),
    path("products/<int:pk>/", views_products.product_detail, name="product_detail"),
    path("products/<int:pk>/history/<int:version>/restore/", views_products.restore, name="restore"),
    path("imports/", views_imports.import_list, name="import_list"),
    path("imports/<int:pk>/", views_imports.import_detail, name="import_detail"),
    path("imports/<int:pk>/reread/", views_imports.reread, name="reread"),
    path("imports/<int:pk>/count/", views_imports.count, name="count"),
    path("imports/<int:pk>/confirm/", views_imports.confirm, name="confirm"),
    path("imports/<int:pk>/discard/", views_imports.discard, name="discard"),
    path("imports/<int:pk>/issues.csv", views_imports.issues_csv, name="issues_csv"),
    path("imports/<int:pk>/export/", views_exports.export, name="export"),
    path("imports/<int:pk>/export/file/", views_exports.download, name="download"),
    path("exports/", views_exports.export_list, name="export_list"),
]
