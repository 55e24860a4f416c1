"""What every address shares: middleware, authentication, problems, caching, negotiation."""
