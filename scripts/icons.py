"""Write `ecomsite/static/icons.svg` out of an unpacked `lucide-static` package: the icons of `icons.txt`, no more.

npm pack lucide-static@1.62.0 && tar xzf lucide-static-*.tgz
python scripts/icons.py package/icons
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPRITE = HERE.parent / "ecomsite" / "static" / "icons.svg"


def symbol(name: str, svg: str) -> str:
    """One `<symbol>`: the drawing alone, its stroke settings come from the CSS class `icon`."""
    drawing = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
    if drawing is None:
        raise SystemExit(f"{name}.svg holds no <svg> element.")
    body = re.sub(r"\s+", " ", drawing[1]).replace("> <", "><").replace(" />", "/>").strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>'


def main(folder: Path) -> None:
    names = sorted(set((HERE / "icons.txt").read_text().split()))
    missing = [name for name in names if not (folder / f"{name}.svg").exists()]
    if missing:
        raise SystemExit(f"lucide-static has no icon named {', '.join(missing)}. Change scripts/icons.txt.")
    symbols = [symbol(name, (folder / f"{name}.svg").read_text()) for name in names]
    head = '<svg xmlns="http://www.w3.org/2000/svg"><!-- lucide-static 1.62.0, ISC licence: vendor/lucide.LICENSE -->'
    SPRITE.write_text("\n".join([head, *symbols, "</svg>"]) + "\n")
    print(f"{SPRITE.name}: {len(names)} icons, {SPRITE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
