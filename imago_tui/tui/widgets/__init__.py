"""One widget a file; its style stands next to it."""
