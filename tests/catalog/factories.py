"""Files of our own writing, and the short way from bytes to a published catalog."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from catalog import services
from catalog.models import CatalogFile
from foundation.jobs.engine import run_chunk
from foundation.jobs.models import Job

SHOPIFY_HEADER = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,"
    "Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Image Src,Image Position,Status"
)
SHOPIFY = (
    SHOPIFY_HEADER
    + '''
oak-stool,Oak Stool,<p>A stool.</p>,Bench & Co,Stool,"oak, seat",TRUE,Title,Default Title,,,ST-1,4000,7,89.00,http://x/1.png,1,active
wool-scarf,Wool Scarf,,Loom,Scarf,wool,TRUE,Color,Red,Size,S,SC-R-S,120,3,29.90,http://x/2.png,1,active
wool-scarf,,,,,,,,Red,,L,SC-R-L,130,4,31.90,,,
wool-scarf,,,,,,,,Blue,,S,SC-B-S,120,5,29.90,http://x/3.png,2,
mug,"Mug, ""big""","<p>Holds
0.4 l</p>",Kiln,Mug,,FALSE,Title,Default Title,,,MUG,300,0,9.5,,,draft
'''
)
WOO_HEADER = (
    "ID,Type,SKU,Name,Published,Short description,Description,Stock,Sale price,Regular price,Categories,Tags,Images,"
    "Parent,Attribute 1 name,Attribute 1 value(s),Weight (kg),Meta: x\n"
)
WOO = (
    WOO_HEADER
    + """10,variable,tee,Tee,1,short,Soft tee,,,,Clothing > Tees,,http://x/a.png,,Color,"Red, Blue",0.2,
11,variation,tee-red,Tee - Red,1,,,5,8,10,,,,tee,Color,Red,,
12,variation,,Tee - Blue,1,,,6,,10,,,,id:10,Color,Blue,,
13,simple,cap,Cap,0,,"Line\\none",1,,15,Clothing,hat,"http://x/b.png, http://x/c.png",,,,,keep
14,variation,lost,Lost,1,,,6,,10,,,,nowhere,Color,Blue,,
"""
)
PLAIN = """SKU;Name;Description;Price;Stock;Material;Internal note
A-1;Oak stool;;89,00;7;oak;x
A-2;Wool scarf;Warm;1.299,50;3;wool;y
A-3;Mug;"Two
lines";9,5;;stoneware;
"""


def upload(data: bytes | str, name: str = "catalog.csv") -> CatalogFile:
    raw = data.encode() if isinstance(data, str) else data
    return services.upload(name, io.BytesIO(raw))


def run(job: Job) -> None:
    """As a worker would, until nothing of the job is left."""
    while run_chunk(job.queue, job.pk):
        pass


def publish(file: CatalogFile) -> CatalogFile:
    run(services.confirm(file))
    file.refresh_from_db(from_queryset=CatalogFile.objects.all())
    return file


def take_in(data: bytes | str, name: str = "catalog.csv") -> CatalogFile:
    return publish(upload(data, name))


def exported(file: CatalogFile) -> bytes:
    done = services.export(file)
    try:
        return done.path.read_bytes()
    finally:
        done.path.unlink()


def as_csv(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()
