"""Where the learner types: an environment and a shell whose AWS tools talk to the lab and to nothing else."""
