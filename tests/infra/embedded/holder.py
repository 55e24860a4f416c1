"""A process that holds the embedded server until its input ends: `python -m ... FOLDER`."""

import signal
import sys
from pathlib import Path

from infra.config.settings import Settings
from infra.embedded.server import EmbeddedPostgres

if __name__ == "__main__":
    # Whoever runs the tests in the background has Ctrl-C ignored, and so have their children.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with EmbeddedPostgres(Settings(data_folder=Path(sys.argv[1]))).lease() as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        sys.stdin.read()
