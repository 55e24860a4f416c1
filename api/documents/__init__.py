"""What describes the interface to programs: OpenAPI, AsyncAPI, JSON Schemas."""
