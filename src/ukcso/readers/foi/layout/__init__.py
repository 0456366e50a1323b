"""Where a sheet has its areas, periods and answers, and what follows for each cell."""
