"""What operators and developers run now and then."""
