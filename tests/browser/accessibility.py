"""What every page has to keep at both widths and in both colour schemes: axe's rules, nothing wider than the screen."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from ecomsite.services.layout import REPOSITORY

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
LIGHT, DARK = "light", "dark"
# What colours can break; everything else is the same in both schemes and looked at in one.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe().axe_script

FINDINGS = """async (run) => {
  const found = await axe.run(document, {resultTypes: ["violations"], ...run});
  return found.violations.map((each) =>
    `${each.id}: ${each.help} — ${each.nodes.slice(0, 3).map((node) => `${node.target} ${node.any
      .map((check) => check.message).join(" ").slice(0, 160)}`).join(" | ")} (${each.nodes.length})`);
}"""
WIDER = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > width + 1 && !each.closest(".table-wrap"))
    .slice(0, 4).map((each) => `${each.tagName}.${each.className} ends at ${each.getBoundingClientRect().right}`);
}"""


def pictures() -> Path:
    folder = Path(os.environ.get("BROWSER_SCREENSHOTS") or REPOSITORY / "artefacts" / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass
class Look:
    """Looks at pages one after the other; `wrong` says what does not hold where. Pictures if `keep` is true."""

    page: Page
    wrong: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def at(self, name: str, *, keep: bool = False) -> None:
        """Looks at the page that is open."""
        self.seen.append(name)
        self.page.evaluate(AXE)
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            self._unroll(size)
            for scheme in (LIGHT, DARK):
                self.page.evaluate("(scheme) => { document.documentElement.dataset.theme = scheme }", scheme)
                self._check(f"{name}, {size['width']} px, {scheme}", phone=size is PHONE, colours_only=scheme == DARK)
                if keep:
                    self._picture(name, size, scheme)
        self.page.evaluate("() => { delete document.documentElement.dataset.theme }")

    def _unroll(self, size: dict[str, int]) -> None:
        """The whole page in one screen: a bar at the screen's end covers whatever stands there, until one scrolls."""
        height = int(self.page.evaluate("document.documentElement.scrollHeight"))
        self.page.set_viewport_size({"width": size["width"], "height": max(size["height"], height)})

    def report(self) -> str:
        return "\n".join(["", *self.wrong])

    def _check(self, where: str, *, phone: bool, colours_only: bool) -> None:
        only = {"type": "rule", "values": OF_COLOURS} if colours_only else {"type": "tag", "values": TAGS}
        self.wrong += [f"{where}: {finding}" for finding in self.page.evaluate(FINDINGS, {"runOnly": only})]
        if phone and not colours_only:
            self.wrong += [f"{where}: wider than the screen: {each}" for each in self.page.evaluate(WIDER)]

    def _picture(self, name: str, size: dict[str, Any], scheme: str) -> None:
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        self.page.screenshot(path=pictures() / f"{plain}-{size['width']}-{scheme}.png", full_page=True)
