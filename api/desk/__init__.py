"""The desk (办公台): pages for those who work in the office, signed in, in two languages."""
