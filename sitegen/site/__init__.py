"""All posts -> all pages."""
