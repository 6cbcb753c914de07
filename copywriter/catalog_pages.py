"""What the copywriter adds to the catalog's pages: badges, filters, a panel on a product's page, the bulk button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.extensions import Mark
from catalog.models import Product
from copywriter.models import Draft, DraftStatus
from copywriter.reviewing.cards import card

STATES = {"drafted": DraftStatus.PENDING, "refused": DraftStatus.REFUSED}
SHOWN = (DraftStatus.PENDING, DraftStatus.REFUSED)


class CopywriterPages:
    """An `Extension` of the catalog."""

    name = "copywriter"
    panel_template = "copywriter/_product_panel.html"
    bulk_template = "copywriter/_bulk_button.html"

    def choices(self) -> Sequence[tuple[str, str]]:
        return [("drafted", _("With a draft to review")), ("refused", _("Too little known to write"))]

    def narrow(self, products: QuerySet[Product], choice: str) -> QuerySet[Product]:
        return products.filter(Exists(Draft.objects.filter(product_id=OuterRef("pk"), status=STATES[choice])))

    def marks(self, slug: str, products: Sequence[Product]) -> dict[int, Mark]:
        """The newest open draft of each decides."""
        drafts = Draft.objects.filter(product_id__in=[product.pk for product in products], status__in=SHOWN)
        found: dict[int, Mark] = {}
        for pk, product_id, status in drafts.order_by("pk").values_list("pk", "product_id", "status"):
            url = reverse("copywriter:draft_detail", kwargs={"slug": slug, "pk": pk})
            waits = status == DraftStatus.PENDING
            found[product_id] = Mark(_("Draft to review"), "info", url) if waits else Mark(_("Refused"), "warn", url)
        return found

    def panel(self, product: Product) -> dict[str, Any]:
        draft = (
            Draft.objects.filter(product=product, status__in=SHOWN)
            .select_related("product", "job", "decided_by")
            .order_by("-pk")
            .first()
        )
        return {"card": card(draft) if draft is not None else None}
