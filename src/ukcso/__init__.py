"""UK child-safety offence statistics."""
