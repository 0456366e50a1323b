"""Areas and years set side by side: whether a difference is more than usual."""
