from __future__ import annotations

from datetime import UTC, datetime

from labs.world.clock import LONGEST_GAP, Clock


class Wall:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def test_virtual_time_passes_sixty_times_as_fast_as_the_wall() -> None:
    wall = Wall()
    clock = Clock(wall)
    wall.now += 2
    assert clock.take_elapsed() == 120
    assert clock.take_elapsed() == 0


def test_a_coffee_break_is_cut_short() -> None:
    wall = Wall()
    clock = Clock(wall)
    wall.now += 3600
    assert clock.take_elapsed() == LONGEST_GAP


def test_a_wall_clock_that_is_set_back_does_not_turn_time_back() -> None:
    wall = Wall()
    clock = Clock(wall)
    wall.now -= 3600
    assert clock.take_elapsed() == 0


def test_the_past_is_as_old_as_virtual_time_says() -> None:
    wall = Wall()
    clock = Clock(wall, now=900.0)
    assert clock.shown(0.0) == datetime.fromtimestamp(wall.now - 900, UTC)
    assert clock.shown(900.0) == datetime.fromtimestamp(wall.now, UTC)
