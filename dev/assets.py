"""Build what the browser gets: our stylesheet from Sass, and GOV.UK's script as a module.

    python -m dev.assets

builds into static/build/, and does nothing when nothing it reads has changed.
"""

import os
import re
import subprocess
from hashlib import sha256
from pathlib import Path

from dev.processes import ROOT, CannotRun

MODULES = ROOT / "node_modules"
SOURCES = ROOT / "static" / "scss"
STYLESHEET = SOURCES / "app.scss"
SCRIPT = MODULES / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js"
BUILD = ROOT / "static" / "build"
STAMP = BUILD / ".stamp"  # collectstatic leaves names with a leading dot alone
SOURCE_MAP = re.compile(r"//# sourceMappingURL=.*")


def fingerprint(sources: Path, branding: str) -> str:
    """Sum up everything that the build reads."""
    summary = sha256(branding.encode())
    for path in [*sorted(sources.rglob("*.scss")), SCRIPT, ROOT / "package-lock.json"]:
        summary.update(str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path).encode())
        summary.update(path.read_bytes())
    summary.update(Path(__file__).read_bytes())
    return summary.hexdigest()


def without_source_map(script: str) -> str:
    """Drop the line that names a source map: manifest storage would look for the file."""
    return SOURCE_MAP.sub("", script)


def compile_stylesheet(source: Path, target: Path) -> None:
    """Turn Sass into CSS."""
    compiled = subprocess.run(  # noqa: S603  # our own fixed command
        [
            str(MODULES / ".bin" / "sass"),
            f"--load-path={MODULES}",
            "--style=compressed",
            "--no-source-map",
            "--quiet-deps",
            str(source),
            str(target),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if compiled.returncode:
        raise CannotRun(f"The stylesheet does not compile:\n{compiled.stderr}")


def build() -> bool:
    """Build both files unless they are current; say whether there was anything to do."""
    if not SCRIPT.exists():
        raise CannotRun("node_modules is missing: run make install")
    current = fingerprint(SOURCES, os.environ.get("SERVICE_BRANDING", ""))
    if STAMP.exists() and STAMP.read_text() == current:
        return False
    BUILD.mkdir(parents=True, exist_ok=True)
    half_made = BUILD / f".{os.getpid()}.css"  # two builds at once must not mix
    try:
        compile_stylesheet(STYLESHEET, half_made)
        half_made.replace(BUILD / "app.css")
    finally:
        half_made.unlink(missing_ok=True)
    (BUILD / SCRIPT.name).write_text(without_source_map(SCRIPT.read_text()))
    STAMP.write_text(current)
    return True


if __name__ == "__main__":
    try:
        print("Built static/build" if build() else "static/build is current")
    except CannotRun as problem:
        raise SystemExit(str(problem)) from problem
