"""Files as people and offices keep them, read to frames valid against the schemas."""
