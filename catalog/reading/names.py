"""Column names of shops in several languages. Data only."""

from __future__ import annotations

# fmt: off
# field → names; compared by `mapping.normal_name`, so case, punctuation and parentheses do not matter
FIELDS: dict[str, tuple[str, ...]] = {
    "key": (
        "id", "product id", "item id", "handle", "uid", "goods id", "product handle", "external id", "product number",
        "商品id", "商品编号", "产品编号", "货号id", "编号", "宝贝id", "artikelnummer id", "id produit", "id producto",
    ),
    "sku": (
        "sku", "variant sku", "sku code", "item number", "item no", "article number", "article no", "part number",
        "product code", "item code", "code", "ref", "reference", "model number", "mpn", "artikelnummer", "artikel nr",
        "référence", "referencia", "codice", "código", "商家编码", "货号", "商品编码", "产品编码", "商品货号",
        "型号编码", "品番", "商品コード", "상품코드", "артикул",
    ),
    "title": (
        "title", "name", "product name", "product title", "product", "item name", "item", "item title",
        "product_title", "titre", "nom", "nom du produit", "titel", "bezeichnung", "artikelname", "produktname",
        "nombre", "nombre del producto", "título", "titolo", "nome", "nome prodotto", "naam", "productnaam",
        "商品标题", "商品名称", "产品名称", "标题", "名称", "品名", "宝贝标题", "商品名", "商品", "产品标题",
        "商品名稱", "品名規格", "상품명", "название", "наименование", "اسم المنتج", "الاسم", "المنتج",
    ),
    "description": (
        "description", "body", "body html", "long description", "product description", "full description", "details",
        "desc", "descriptif", "description longue", "beschreibung", "produktbeschreibung", "langbeschreibung",
        "descripción", "descrizione", "descrição", "omschrijving", "商品描述", "描述", "产品描述", "详情", "商品详情",
        "宝贝描述", "商品說明", "商品説明", "説明", "상품설명", "описание", "الوصف", "وصف المنتج",
    ),
    "vendor": (
        "vendor", "brand", "manufacturer", "brand name", "maker", "marque", "fabricant", "marke", "hersteller",
        "marca", "fabricante", "produttore", "merk", "品牌", "厂商", "生产商", "店铺名称", "店铺", "供应商",
        "ブランド", "メーカー", "브랜드", "бренд", "производитель", "الماركة", "العلامة التجارية",
    ),
    "product_type": (
        "type", "product type", "category", "categories", "product category", "catégorie", "categorie", "kategorie",
        "warengruppe", "categoría", "categoria", "productgroep", "类目", "分类", "商品分类", "类别", "产品类别",
        "商品类目", "分類", "カテゴリ", "カテゴリー", "카테고리", "категория", "الفئة", "التصنيف", "القسم",
    ),
    "tags": (
        "tags", "tag", "keywords", "labels", "mots clés", "schlagworte", "etiquetas", "标签", "关键词", "タグ",
    ),
    "status": (
        "status", "published", "active", "visible", "enabled", "actif", "aktiv", "estado", "状态", "上架", "商品状态",
    ),
    "price": (
        "price", "sale price", "selling price", "regular price", "unit price", "variant price", "price incl tax",
        "price excl tax", "prix", "prix de vente", "preis", "verkaufspreis", "precio", "prezzo", "preço", "prijs",
        "价格", "商品价格", "售价", "单价", "一口价", "销售价", "価格", "販売価格", "가격", "цена", "السعر", "سعر",
    ),
    "compare_at": (
        "compare at price", "compare price", "list price", "msrp", "rrp", "original price", "old price", "uvp",
        "prix barré", "原价", "市场价", "划线价", "定価",
    ),
    "quantity": (
        "quantity", "qty", "stock", "inventory", "stock quantity", "inventory quantity", "on hand", "quantité",
        "menge", "bestand", "lagerbestand", "cantidad", "existencias", "quantità", "quantidade", "voorraad", "库存",
        "数量", "库存数量", "在庫", "在庫数", "재고", "количество", "الكمية", "المخزون",
    ),
    "image_url": (
        "image", "image url", "image urls", "image link", "image src", "images", "photo", "picture", "main image",
        "bild", "bild url", "imagen", "immagine", "imagem", "afbeelding", "图片", "图片链接", "商品图片链接", "主图",
        "商品图片", "画像", "이미지", "изображение", "الصورة",
    ),
}

ATTRIBUTES: tuple[str, ...] = (
    "color", "colour", "size", "material", "fabric", "weight", "dimensions", "length", "width", "height", "depth",
    "capacity", "volume", "style", "pattern", "gender", "age group", "season", "country of origin", "origin",
    "made in", "ingredients", "flavor", "flavour", "scent", "finish", "shape", "power", "voltage", "battery",
    "screen size", "memory", "storage", "ram", "rom", "compatibility", "care", "warranty", "composition", "features",
    "feature", "couleur", "taille", "matière", "matériau", "poids", "farbe", "größe", "gewicht", "tamaño", "peso",
    "colore", "taglia", "materiale", "cor", "tamanho", "kleur", "maat", "materiaal", "颜色", "尺寸", "尺码", "材质",
    "面料", "重量", "规格", "型号", "款式", "风格", "季节", "产地", "容量", "功率", "成分", "口味", "カラー",
    "サイズ", "素材", "색상", "사이즈", "цвет", "размер", "материал", "вес", "اللون", "المقاس", "الحجم", "الوزن",
    "المادة",
)

# A name with one of these words is about the business, not about the product.
NEVER_ATTRIBUTES: tuple[str, ...] = (
    "cost", "wholesale", "tax", "discount", "margin", "supplier", "date", "time", "seo", "meta", "url", "link", "id",
    "stock", "price", "visibility", "shipping", "warehouse", "ecotax", "published", "created", "updated", "position",
    "upc", "ean", "gtin", "isbn", "barcode", "image", "photo", "comment", "note", "notes", "available",
    "availability", "shop", "delete", "customizable", "uploadable", "链接", "商品详情链接", "店铺链接", "成本",
    "税率", "条码", "购买人数", "销量", "付款人数", "chapo", "postscriptum", "keywords", "rating", "reviews", "sold",
    "short", "text", "condition",
)

# At the end of a name they say which language the column is in.
LANGUAGE_TAGS = frozenset((
    "ar", "br", "cn", "de", "en", "es", "fr", "gb", "it", "ja", "jp", "ko", "nl", "pl", "pt", "ru", "tw", "uk", "us",
    "zh",
))
# fmt: on
