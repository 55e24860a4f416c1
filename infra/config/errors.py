"""What keeps the ledger from working just now."""

from domain.kernel.sentences import Explained


class Unavailable(Explained):
    """Something outside the rules is missing or in the way; the message says what to do.

    The command line prints it and exits with 3, HTTP answers 503.
    """
