"""What keeps the ledger from working just now."""


class Unavailable(Exception):
    """Something outside the rules is missing or in the way; the text says what to do.

    The command line prints it and exits with 3, a door answers 503.
    """
