"""What all views share: tables, the log they read, writing, block sums."""
