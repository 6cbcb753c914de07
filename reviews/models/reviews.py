"""One customer's review of a product or of the shop."""

from __future__ import annotations

from django.db import models

from catalog.models import Product
from foundation.tenancy.models import TenantForeignKey, TenantModel
from reviews.models.files import ReviewFile

NAME, ID, TITLE, SOURCE = 255, 255, 500, 80  # characters


class ReviewAuthor(TenantModel):
    """Who wrote reviews: the only place of a name and a contact, so that deleting the row deletes them.

    Two reviews are of one author where their contacts are the same, or their names where there is no contact.
    """

    digest = models.UUIDField()
    name = models.CharField(max_length=NAME, blank=True, default="")
    contact = models.CharField(max_length=NAME, blank=True, default="")  # an address, a number or a user's id
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merchant", "digest"], name="one_author_per_digest")]

    def __str__(self) -> str:
        return self.name or self.contact


class Review(TenantModel):
    """`text` is plain text as the customer wrote it; nothing in it is ever markup or an instruction.

    `product` is None for a review of the shop, and where no product is known yet by what the file calls it
    (`product_key`, `product_title`): those are kept, so that it can be matched later.
    """

    # Every index begins with it, those of ties too: the database looks a tie up by both of its columns, and an index of
    # one of them alone loses, in a shop that is not analysed yet, against any other that begins with the merchant.
    merchant = models.ForeignKey("tenancy.Merchant", on_delete=models.CASCADE, related_name="+", db_index=False)
    product = TenantForeignKey(
        Product, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews", db_index=False
    )
    author = TenantForeignKey(
        ReviewAuthor, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews", db_index=False
    )
    file = TenantForeignKey(
        ReviewFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews", db_index=False
    )
    digest = models.UUIDField()  # what makes it the same review again: see reviews.reading.identity
    product_key = models.CharField(max_length=ID, blank=True, default="")
    product_title = models.CharField(max_length=TITLE, blank=True, default="")
    source = models.CharField(max_length=SOURCE, blank=True, default="")
    source_id = models.CharField(max_length=ID, blank=True, default="")
    text = models.TextField()
    rating = models.PositiveSmallIntegerField(null=True, blank=True)  # stars, 1 to 5
    written_on = models.DateField(null=True, blank=True)
    day = models.DateField()  # `written_on`, else the day it came in: what lists are ordered by
    language = models.CharField(max_length=8, blank=True, default="")  # "" where too little is said to tell
    position = models.PositiveIntegerField(default=0)  # row of the file
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merchant", "digest"], name="one_review_per_digest"),
            models.CheckConstraint(condition=models.Q(rating__range=(1, 5)), name="rating_is_1_to_5"),
        ]
        indexes = [
            models.Index(fields=["merchant", "day", "id"], name="review_by_day"),
            models.Index(fields=["merchant", "product", "day", "id"], name="review_by_product"),
            models.Index(fields=["merchant", "author"], name="review_by_author"),
            models.Index(fields=["merchant", "file"], name="review_by_file"),
            models.Index(fields=["merchant", "source"], name="review_by_source"),
            models.Index(fields=["merchant", "language"], name="review_by_language"),
            models.Index(
                fields=["merchant", "day", "id"], name="review_unmatched", condition=models.Q(product__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def named(self) -> str:
        """What the file calls the product."""
        return self.product_title or self.product_key
