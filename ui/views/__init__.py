"""Show view-models and hand them the person's wishes. They decide nothing."""
