"""What this package is called: its version, title and description, for all who cite it."""

__version__ = "0.1.0"
TITLE = "UK child-safety offence statistics: what was recorded, what was printed about it"
DESCRIPTION = "Aggregate published statistics only. Offences recorded are not offences committed."
