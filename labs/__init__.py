"""Runnable incident labs: broken ECS environments on moto, repaired with real AWS tools."""
