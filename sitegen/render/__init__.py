"""Pages and layouts -> bytes."""
