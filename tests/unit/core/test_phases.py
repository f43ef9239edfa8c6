"""The causal phase machine on plain numbers."""

from __future__ import annotations

import numpy as np

from repsight.core.phases import PhaseMachine


def _run(values: np.ndarray, *, step_s: float = 1 / 30) -> list[str]:
    machine = PhaseMachine()
    seen: list[str] = []
    for i, u in enumerate(values):
        seen += machine.step(i * step_s, float(u), least=0.2, wanted=0.6)
    return seen


def _bump(height: float = 1.0, n: int = 45) -> np.ndarray:
    return height * np.sin(np.linspace(0, np.pi, n))


def test_one_excursion_leaves_turns_and_returns():
    assert _run(_bump()) == ["left", "turned", "returned"]


def test_rest_between_excursions_belongs_to_none():
    values = np.concatenate([_bump(), np.zeros(60), _bump()])
    assert _run(values) == ["left", "turned", "returned"] * 2


def test_small_movements_are_not_followed():
    assert _run(0.1 * np.sin(np.linspace(0, 30, 300))) == []


def test_a_recording_that_begins_on_the_way_back_invents_nothing():
    assert _run(np.concatenate([np.linspace(1, 0, 20), np.zeros(30)])) == []


def test_holding_the_turnaround_is_one_turn():
    held = np.concatenate([np.linspace(0, 1, 20), np.ones(60), np.linspace(1, 0, 20)])
    assert _run(held) == ["left", "turned", "returned"]


def test_setting_out_again_before_rest_ends_the_excursion():
    values = np.concatenate([_bump(), 0.4 + 0 * _bump()[:1], np.linspace(0.4, 1, 20)])
    dip = np.concatenate([np.linspace(0, 1, 20), np.linspace(1, 0.4, 15), np.linspace(0.4, 1, 15)])
    assert _run(dip)[:3] == ["left", "turned", "returned"]
    assert _run(values).count("returned") == 1


def test_the_excursion_can_be_read_when_it_has_returned():
    machine = PhaseMachine()
    for i, u in enumerate(_bump()):
        if "returned" in machine.step(i / 30, float(u), least=0.2, wanted=0.6):
            break
    assert machine.low_s < machine.high_s < i / 30
    assert machine.high > 0.95


def test_a_blip_at_the_turnaround_does_not_end_the_excursion():
    held = np.concatenate([np.linspace(0, 1, 20), np.ones(20), [0.6, 0.6], np.ones(10)])
    values = np.concatenate([held, np.linspace(1, 0, 20)])
    assert _run(values) == ["left", "turned", "returned"]


def test_after_half_a_return_home_is_still_where_the_lifter_set_out():
    halfway = np.concatenate(
        [np.linspace(0, 1, 20), np.linspace(1, 0.6, 15), np.linspace(0.6, 1, 15)]
    )
    machine = PhaseMachine()
    ends = []
    for i, u in enumerate(np.concatenate([halfway, np.linspace(1, 0, 40)])):
        if "returned" in machine.step(i / 30, float(u), least=0.2, wanted=0.6):
            ends.append(machine.back)
    assert len(ends) == 2
    assert ends[1] < 0.2


def test_setting_out_is_the_last_moment_at_rest_however_slowly_it_drifted_before():
    creeping = np.concatenate([np.linspace(0, 0.05, 150), np.linspace(0.05, 1, 30)])
    machine = PhaseMachine()
    for i, u in enumerate(creeping):
        machine.step(i / 30, float(u), least=0.2, wanted=0.6)
    assert abs(machine.set_out_s - 5.0) < 0.15
