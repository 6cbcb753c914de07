"""What people say to each other about a draft."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from copywriter.models.draft import Draft
from foundation.tenancy.models import TenantForeignKey, TenantModel


class Comment(TenantModel):
    draft = TenantForeignKey(Draft, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.text[:60]
