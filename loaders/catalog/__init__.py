"""The 35X catalog: the eleven chains, the plan and known firms as data files, and their loader."""
