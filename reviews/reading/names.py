"""Column names of review exports in several languages. Data only."""

from __future__ import annotations

from catalog.reading.mapping import normal_name

# fmt: off
# field → names; compared by `normal_name`, so case, punctuation and parentheses do not matter
FIELDS: dict[str, tuple[str, ...]] = {
    "text": (
        "review", "review text", "review body", "review content", "review comment", "text", "body", "comment",
        "comments", "content", "feedback", "message", "opinion", "avis", "commentaire", "bewertungstext", "kommentar",
        "rezension", "reseña", "opinión", "comentario", "recensione", "commento",
        "beoordeling", "评论", "评价", "评论内容",
        "评价内容", "内容", "評論", "レビュー", "口コミ", "리뷰", "후기", "отзыв", "التعليق", "المراجعة",
    ),
    "headline": (
        "title", "review title", "review headline", "headline", "summary", "subject", "review summary", "titre",
        "titel", "título", "titolo", "标题", "评价标题", "评论标题", "タイトル", "제목", "заголовок",
    ),
    "rating": (
        "rating", "ratings", "stars", "star", "star rating", "score", "review rating", "review score", "rating value",
        "overall", "overall rating", "sterne", "bewertung", "puntuación", "calificación", "valutazione", "punteggio",
        "étoiles", "avaliação", "评分", "星级", "评级", "打分", "評価", "별점", "평점", "оценка", "рейтинг", "التقييم",
    ),
    "written_on": (
        "date", "review date", "created at", "created", "date created", "submitted at", "submission date", "time",
        "posted at", "reviewed at", "review time", "published at", "timestamp", "date published", "datum", "fecha",
        "日期", "评价时间", "评论时间", "评论日期", "时间", "投稿日", "작성일", "дата", "التاريخ",
    ),
    "product_key": (
        "sku", "product sku", "item sku", "product handle", "handle", "product id", "product code", "product key",
        "product url", "asin", "parent asin", "item id", "item number", "article number", "artikelnummer", "référence",
        "referencia", "codice", "商品id", "商品编号", "产品编号", "货号", "商家编码", "商品コード", "артикул",
    ),
    "product_title": (
        "product", "product title", "product name", "item", "item name", "item title", "produkt", "produktname",
        "produit", "nom du produit", "producto", "prodotto", "商品", "商品名称", "产品", "产品名称",
        "商品标题", "商品名", "상품명",
        "товар", "المنتج",
    ),
    "author": (
        "author", "reviewer", "reviewer name", "author name", "name", "customer", "customer name", "user", "user name",
        "username", "display name", "nickname", "profile name", "auteur", "autor", "kunde", "cliente", "autore", "用户",
        "用户名", "昵称", "买家", "买家昵称", "评论人", "投稿者", "작성자", "автор", "имя", "الاسم",
    ),
    "contact": (
        "email", "e mail", "mail", "email address", "reviewer email", "author email", "customer email", "phone",
        "telephone", "phone number", "user id", "reviewer id", "customer id", "邮箱",
        "电话", "手机", "手机号", "用户id",
    ),
    "language": (
        "language", "lang", "locale", "review language", "sprache", "langue", "idioma", "lingua", "语言", "言語",
    ),
    "source": ("source", "channel", "platform", "marketplace", "origin", "来源", "平台", "渠道", "quelle", "fuente"),
    "source_id": (
        "review id", "id", "uid", "uuid", "external id", "comment id", "reviewid",
        "评价id", "评论id", "评价编号", "评论编号",
    ),
}
# fmt: on
KNOWN = {normal_name(name): field for field, names in FIELDS.items() for name in names}
