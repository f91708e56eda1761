"""ecsquiz: questions about Amazon ECS, compiled into a bank and practised, printed and published from it."""

__version__ = "0.1.0"
