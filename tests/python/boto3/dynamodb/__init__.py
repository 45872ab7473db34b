"""Plain values and those of the wire."""
