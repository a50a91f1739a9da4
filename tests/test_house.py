"""The house itself: what is promised about files, checked on the files."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("vigie", "crawlers", "sentiment", "alerts", "web", "ops")


def test_the_compose_file_follows_the_compose_specification() -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run(
        [*check, "docker-compose.yml"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_lock_pins_every_dependency_and_names_no_registry_host() -> None:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert len(pins) > 50
    assert [line for line in pins if not re.match(r"^[\w.-]+==[\w.]+( ;.*)?$", line)] == []


def test_the_shipped_model_is_at_most_45_megabytes() -> None:
    files = [path for path in (ROOT / "sentiment" / "model").rglob("*") if path.is_file()]
    assert 10e6 < sum(path.stat().st_size for path in files) <= 45e6


def test_every_link_of_the_readme_and_the_docs_leads_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_command_that_the_readme_shows_exists() -> None:
    from ops.cli import cli

    readme = (ROOT / "README.md").read_text("utf-8")
    shown = set(re.findall(r"(?:^    |`)vigie (\w+)", readme, re.MULTILINE))
    assert shown
    assert shown <= set(cli.commands)


def test_no_module_is_named_utils_and_none_outgrows_a_screenful_by_far() -> None:
    modules = [
        path
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if "versions" not in path.parts
    ]
    assert not [path for path in modules if path.stem in {"utils", "helpers", "common", "misc"}]
    sizes = {path: path.read_text("utf-8").count("\n") for path in modules}
    assert {path: size for path, size in sizes.items() if size > 400} == {}
