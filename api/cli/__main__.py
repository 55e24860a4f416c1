"""`python -m api.cli` is `mingzhang`."""

from api.cli import main

main()
