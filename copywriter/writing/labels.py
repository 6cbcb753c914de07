"""Names of fields in English, for shops that name them in another language. Pure."""

from __future__ import annotations

from dataclasses import replace

from foundation.evidence import Fact

_NAMES = {
    "Color": "couleur coloris farbe colore cor kleur kolor färg farve",
    "Size": "taille pointure größe groesse talla taglia tamaño tamanho maat rozmiar storlek",
    "Material": "matière matériau matiere materiau materiale materiaal materiał",
    "Weight": "poids gewicht peso waga vikt",
    "Length": "longueur länge laenge longitud largo lunghezza comprimento lengte długość längd",
    "Width": "largeur breite ancho anchura larghezza largura breedte szerokość bredd",
    "Height": "hauteur höhe hoehe altura alto altezza hoogte wysokość höjd",
    "Depth": "profondeur tiefe profundidad profondità profundidade diepte głębokość djup",
    "Diameter": "diamètre durchmesser diámetro diametro diâmetro średnica",
    "Capacity": "capacité contenance kapazität fassungsvermögen capacidad capacità capacidade pojemność",
    "Pattern": "muster estampado motivo patroon wzór",
    "Style": "stil estilo stile stijl styl",
    "Shape": "forme forma vorm kształt",
    "Flavor": "goût saveur geschmack sabor gusto smaak smak",
    "Scent": "duft aroma profumo geur zapach",
    "Ingredients": "ingrédients zutaten ingredientes ingredienti ingrediënten składniki",
    "Care": "entretien pflege pflegehinweise cuidado onderhoud pielęgnacja",
    "Warranty": "garantie garantía garanzia garantia gwarancja",
    "Country of origin": "origine herkunft herkunftsland procedencia herkomst pochodzenie",
}
_SPOKEN = {"net content": "Amount", "model number": "Model"}
"""What a marketplace calls a field, and what a sentence is easily made of: "You get 12 oz"."""
ENGLISH = {name: label for label, names in _NAMES.items() for name in names.split()}


def in_english(label: str) -> str:
    """The English name of a common field, else the label as it stands."""
    return ENGLISH.get(label.lower(), label)


def spoken(fact: Fact) -> Fact:
    """The fact under the name that the model is told."""
    return replace(fact, label=_SPOKEN.get(fact.label.lower(), fact.label))
