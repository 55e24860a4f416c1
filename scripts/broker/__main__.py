"""`python -m scripts.broker`: run a broker until Ctrl-C, for trying the stream by hand."""

from __future__ import annotations

import signal
import sys

from scripts.broker.broker import Broker
from scripts.broker.programs import ProgramMissing


def main() -> None:
    """Run a broker and say where it is."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with Broker() as broker:
        print(f"KAFKA_BOOTSTRAP={broker.bootstrap}", flush=True)
        signal.pause()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit()
    except ProgramMissing as missing:
        sys.exit(str(missing))
