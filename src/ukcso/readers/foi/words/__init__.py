"""What the words of a sheet say: its cells, its labels, its headings, its key."""
