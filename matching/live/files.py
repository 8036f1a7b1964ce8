"""Arrays as files that workers map into memory, in a directory named for what is in it.

PostgreSQL keeps the arrays; a worker that has not got the files writes them from there, so that
any worker may take any part, and a directory that is lost costs nothing.
"""

import hashlib
import io
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from django.conf import settings

from matching.engine.opportunities import Opportunities
from matching.engine.people import People

Columns = dict[str, npt.NDArray[Any]]
Kind = TypeVar("Kind", People, Opportunities)
MANIFEST = "manifest.json"
KEPT_SECONDS = 2 * 86_400


class Damaged(Exception):
    """What was read is not what its hash says."""


def packed(people: People) -> bytes:
    """Write people's arrays down."""
    buffer = io.BytesIO()
    np.savez(buffer, **{column.name: getattr(people, column.name) for column in fields(people)})
    return buffer.getvalue()


def mapped(kind: type[Kind], hash_: str, content: Callable[[], bytes]) -> Kind:
    """Map arrays into memory; ``content`` reads them from the database if files are not there.

    They are mapped so that a write would stay in this process (numpy's mode "c").
    """
    home = directory() / hash_
    if not (home / MANIFEST).exists():
        _write(home, content())
    names = [column.name for column in fields(kind)]
    columns = {
        name: np.asarray(np.load(home / f"{name}.npy", mmap_mode="c", allow_pickle=False))
        for name in names
    }
    return kind(**columns)


def directory() -> Path:
    """Give the directory of all the arrays."""
    return Path(settings.MATCHING_DIR)


def _write(home: Path, content: bytes) -> None:
    """Write files beside their place and move them there at once; of two workers, either wins."""
    found = hashlib.sha256(content).hexdigest()
    if found != home.name:
        raise Damaged(f"{home.name} holds {found}")
    home.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix="new-", dir=home.parent))
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        shapes = {}
        for name in arrays.files:
            array = arrays[name]
            np.save(new / f"{name}.npy", array, allow_pickle=False)
            shapes[name] = [str(array.dtype), *array.shape]
    (new / MANIFEST).write_text(json.dumps({"sha256": found, "arrays": shapes}, indent=1))
    try:
        os.rename(new, home)  # noqa: PTH104 - one step, unlike a copy
    except OSError:
        shutil.rmtree(new)
        if not (home / MANIFEST).exists():
            raise


def tidy() -> None:
    """Take away what has not been written for two days."""
    for home in directory().glob("*"):
        if time.time() - home.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(home, ignore_errors=True)
