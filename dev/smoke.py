"""Start `make run` on a free port, open its first page, press Ctrl-C: the end of `make ci`."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

from dev.processes import LOOPBACK, ROOT, free_port

FIRST_PAGE_WITHIN = 90.0
STOPS_WITHIN = 30.0


def main() -> int:
    """Fail unless the first page comes and everything stops."""
    port = free_port()
    site = f"http://{LOOPBACK}:{port}"
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # noqa: S103, PTH101  # as a clone's own folder would be
        environment = {**os.environ, "PORT": str(port), "RUN_DIR": folder}
        started = time.monotonic()
        with subprocess.Popen([sys.executable, "-m", "dev.run"], cwd=ROOT, env=environment) as run:
            try:
                status = first_page(site, run)
                print(f"First page: {status} after {time.monotonic() - started:.1f} s", flush=True)
            finally:
                run.send_signal(signal.SIGINT)
                code = run.wait(STOPS_WITHIN)
    print(f"Stopped with {code}", flush=True)
    return int(status != 200 or code != 0)  # noqa: PLR2004  # HTTP's "OK"


def first_page(site: str, run: subprocess.Popen[bytes]) -> int:
    """Wait for the first page and give its status."""
    deadline = time.monotonic() + FIRST_PAGE_WITHIN
    while time.monotonic() < deadline and run.poll() is None:
        try:
            with urllib.request.urlopen(site, timeout=10) as page:  # noqa: S310  # our own address
                status: int = page.status
                return status
        except OSError:
            time.sleep(0.2)
    raise SystemExit("make run did not reach its first page")


if __name__ == "__main__":
    raise SystemExit(main())
