#!/bin/sh
# Fuzz the page reader for a bounded time, from the test pages: what is found stays in fuzz/corpus.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
corpus=${CORPUS:-fuzz/corpus/extract}
mkdir -p "$corpus"
for page in tests/pages/structured/*/page.html; do
    # The first byte chooses the charset: any will do.
    { printf ' '; cat "$page"; } > "$corpus/$(basename "$(dirname "$page")").seed"
done
exec "$python" fuzz/extract_page.py "$corpus" -dict=fuzz/html.dict -max_len=20000 \
    -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$corpus/crash-" \
    -max_total_time="${SECONDS_LIMIT:-300}"
