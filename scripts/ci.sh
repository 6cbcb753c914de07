#!/usr/bin/env bash
# The sections of .ci/run, each with its time.
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
begun=$SECONDS

section() {
    local name=$1 since=$SECONDS
    shift
    printf '\n=== %s\n' "$name"
    "$@"
    printf '=== %s: %d s\n' "$name" $((SECONDS - since))
}

system_packages() {
    local missing=()
    command -v chromium >/dev/null || missing+=(chromium)
    [ -n "$(fc-list :lang=zh 2>/dev/null)" ] || missing+=(fonts-noto-cjk fontconfig)
    command -v msgfmt >/dev/null || missing+=(gettext)
    if [ ${#missing[@]} -eq 0 ]; then
        echo "nothing to install"
        return
    fi
    echo "installing ${missing[*]}"
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo -n)
    "${root[@]}" apt-get -q update >/dev/null
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "${missing[@]}" >/dev/null
}

deploy_check() {
    .venv/bin/python manage.py check --deploy --fail-level WARNING
    # As it runs behind a TLS proxy (docs/operations.md); a warning fails.
    HTTPS=1 ALLOWED_HOSTS=shop.example.com .venv/bin/python manage.py check --deploy --fail-level WARNING
    .venv/bin/python manage.py makemigrations --check --dry-run
}

translations() {
    local file
    for file in $(git ls-files '*.po'); do
        msgfmt --check --output-file=/dev/null "$file"
    done
}

section "system packages" system_packages
section "set-up" "$PYTHON" scripts/bootstrap.py --dev
section "style" .venv/bin/ruff check --no-cache .
section "format" .venv/bin/ruff format --check .
section "types" .venv/bin/mypy
section "translations" translations
section "deploy check" deploy_check
[ "${CI_SECTIONS:-all}" = quick ] && exit 0 # what needs no minutes, before a commit
section "tests" make test
section "make run, from its start to its end" "$PYTHON" scripts/smoke.py
printf '\nEverything holds: %d s\n' $((SECONDS - begun))
