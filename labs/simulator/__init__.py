"""How ECS behaves. `paths` and `permissions` answer questions about the world, `starting` holds the steps
of a task's start, `rules` what happens to tasks, targets and deployments as time passes."""
