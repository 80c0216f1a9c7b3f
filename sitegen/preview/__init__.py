"""The preview of a site, kept open while it is written: `sitegen serve`."""
