"""The budgets of the design, measured as ratios against a floor in the same run."""
