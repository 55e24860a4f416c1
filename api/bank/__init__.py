"""The bank's files: payments out, returns and statements in, and how the books agree with them."""
