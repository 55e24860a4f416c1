"""What the public sees of an event, and the records that tell it."""
