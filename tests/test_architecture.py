"""The rules of docs/architecture.md, held by tests. An allow-list carries its reasons, and a stale entry fails."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from foundation.tenancy.tenant import TenantForeignKey, TenantModel

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("ecomsite", "foundation", "catalog", "copywriter", "reviews")

# Who may import whom, besides itself and the standard library. The longest prefix that fits a module decides.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "foundation.evidence": (),
    "foundation.inference": (),
    "foundation.tenancy": (),
    "foundation.jobs": ("foundation.tenancy",),
    "catalog": ("foundation",),
    "copywriter": ("foundation", "catalog"),
    "reviews": ("foundation", "catalog"),
    "ecomsite": PACKAGES,
}
NO_DJANGO = ("foundation.evidence", "foundation.inference", "catalog.reading")
NO_DATABASE = ("copywriter.writing", "copywriter.kinds", "copywriter.compliance")
DATABASE = ("django.db", "catalog", "foundation.tenancy", "foundation.jobs")
HEAVY = ("torch", "transformers", "openvino", "openvino_genai", "optimum")

# `Model.unscoped` outside any merchant's scope: file → why.
UNSCOPED: dict[str, str] = {
    "foundation/tenancy/tenant.py": "defines it",
    "foundation/jobs/claims.py": "workers pick the next chunk over all shops, fairly; they enter its scope then",
    "foundation/jobs/commands.py": "the operator names a job by its id; its scope is entered then",
    "foundation/jobs/finishing.py": "jobs of any shop whose worker was lost before their end",
    "foundation/jobs/guilt.py": "leases are known by their id alone, whichever shop's they are",
    "foundation/jobs/health.py": "the operator's view: does the work of all shops move",
    "foundation/jobs/keeper.py": "renews the leases of this process, whichever shops' they are",
    "foundation/jobs/scratch.py": "commands' own shops, whose commands may be gone: whichever shop they are",
    "foundation/jobs/repair.py": "takes back what lost workers held, of any shop",
}


def python_files() -> Iterator[tuple[str, Path, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            yield module, path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            assert node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_at_load(tree: ast.Module) -> Iterator[str]:
    """Imports that run when the module is loaded: not those inside a function or under TYPE_CHECKING."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from imported(node)
        pending.extend(ast.iter_child_nodes(node))


def under(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix + ".")


def home(module: str) -> str:
    return max((prefix for prefix in MAY_IMPORT if under(module, prefix)), key=len, default="foundation")


def test_imports_go_one_way() -> None:
    wrong = []
    for module, path, tree in python_files():
        own = home(module)
        allowed = (own, *MAY_IMPORT.get(own, ()))
        wrong += [
            f"{path.relative_to(ROOT)} imports {name}"
            for name in imported(tree)
            if any(under(name, package) for package in PACKAGES) and not any(under(name, place) for place in allowed)
        ]
    assert wrong == []


def test_pure_packages_know_no_django() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for module, path, tree in python_files()
        if any(under(module, place) for place in NO_DJANGO)
        for name in imported(tree)
        if under(name, "django")
    ]
    assert wrong == []


def test_what_writes_texts_knows_no_database() -> None:
    """Nor anything else of the copywriter, which does."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for module, path, tree in python_files()
        if any(under(module, place) for place in NO_DATABASE)
        for name in imported(tree)
        if any(under(name, place) for place in DATABASE)
        or (under(name, "copywriter") and not any(under(name, place) for place in NO_DATABASE))
    ]
    assert wrong == []


def test_heavy_libraries_are_imported_inside_functions_of_inference_only() -> None:
    wrong = []
    for module, path, tree in python_files():
        at_load = set(imported_at_load(tree))
        for name in imported(tree):
            if not any(under(name, heavy) for heavy in HEAVY):
                continue
            if not under(module, "foundation.inference") or name in at_load:
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("module", ["ecomsite.urls", "ecomsite.asgi", "ecomsite.celery"])
def test_the_web_process_loads_no_model_library(module: str) -> None:
    code = (
        "import os, sys, django\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'ecomsite.settings'\n"
        "django.setup()\n"
        f"import {module}\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_unscoped_is_used_where_the_list_says() -> None:
    users = {
        str(path.relative_to(ROOT))
        for _module, path, tree in python_files()
        if any(isinstance(node, ast.Attribute) and node.attr == "unscoped" for node in ast.walk(tree))
        or path.name == "tenant.py"
    }
    assert users - UNSCOPED.keys() == set(), "new users of `unscoped`: give the reason in UNSCOPED or enter a scope"
    assert UNSCOPED.keys() - users == set(), "stale entries"
    assert all(len(reason) > 5 for reason in UNSCOPED.values())


def tenant_models() -> list[type[TenantModel]]:
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


def test_tenant_rows_are_tied_by_tenant_keys() -> None:
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in tenant_models()
        for field in model._meta.concrete_fields
        if field.is_relation
        and field.related_model
        and issubclass(field.related_model, TenantModel)
        and not isinstance(field, TenantForeignKey)
    ]
    assert wrong == [], "use TenantForeignKey"


@pytest.mark.django_db
def test_every_tie_is_held_by_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, array_agg(a.attname::text ORDER BY a.attname)"
            " FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY(c.conkey)"
            " WHERE contype = 'f' GROUP BY c.oid, conrelid"
        )
        held = {(table, tuple(sorted(columns))) for table, columns in cursor.fetchall()}
    missing = [
        f"{model._meta.db_table}.{field.column}"
        for model in tenant_models()
        for field in model._meta.concrete_fields
        if isinstance(field, TenantForeignKey)
        and (model._meta.db_table, tuple(sorted(("merchant_id", field.column)))) not in held
    ]
    assert missing == [], "add `*tie(table, column, target)` to the migration"
