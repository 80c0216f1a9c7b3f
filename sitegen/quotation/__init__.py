"""What makes a quotation a quotation."""
