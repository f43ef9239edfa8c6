"""Pictures of the athlete show what the landmarks say, and always the same bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from repsight.athlete.camera import Camera, project
from repsight.athlete.encode import save_video
from repsight.athlete.figure import Look, Parts, figure_parts
from repsight.athlete.performance import Performance, perform
from repsight.athlete.raycast import Canvas, Disc, draw_discs, draw_parts, rays
from repsight.athlete.render import Actor, Film, render, still

SMALL = Film(size=(90, 120))


@pytest.fixture(scope="module")
def squat() -> Performance:
    return perform("squat", reps=1, seed=1)


def test_a_sphere_is_drawn_where_it_projects_and_at_its_distance() -> None:
    camera = Camera(yaw_deg=0.0, distance_m=3.0, height_m=1.0, look_at_m=(0.0, 0.0, 1.0))
    directions = rays(camera, (240, 320))
    canvas, parts = Canvas.blank((320, 240)), Parts()
    centre = np.array([0.0, 0.3, 1.2])
    parts.add(centre, centre, radius_m=0.1, colour=(9, 9, 9))
    draw_parts(canvas, parts, camera=camera, directions=directions)
    rows, columns = np.nonzero(np.isfinite(canvas.distance_m))
    expected = project(np.broadcast_to(centre, (1, 33, 3)), camera).xy[0, 0] * 320
    np.testing.assert_allclose([columns.mean(), rows.mean()], expected, atol=1.0)
    nearest = np.linalg.norm(centre - camera.place_m) - 0.1
    np.testing.assert_allclose(canvas.distance_m.min(), nearest, atol=2e-3)
    lengths = np.linalg.norm(canvas.normal[rows, columns], axis=-1)
    np.testing.assert_allclose(lengths, 1.0, atol=1e-3)


def test_a_sweep_covers_exactly_the_union_of_its_spheres() -> None:
    camera = Camera(yaw_deg=20.0, distance_m=3.0)
    directions = rays(camera, (120, 160))
    first, last = np.array([0.3, -0.2, 0.7]), np.array([-0.4, 0.4, 1.3])
    swept, spheres = Canvas.blank((160, 120)), Canvas.blank((160, 120))
    cone, beads = Parts(), Parts()
    cone.add(first, last, radius_m=0.12, last_m=0.05, colour=(1, 1, 1))
    for share in np.linspace(0.0, 1.0, 400):
        place = first + share * (last - first)
        beads.add(place, place, radius_m=0.12 - 0.07 * float(share), colour=(1, 1, 1))
    draw_parts(swept, cone, camera=camera, directions=directions)
    draw_parts(spheres, beads, camera=camera, directions=directions)
    both = np.isfinite(swept.distance_m) & np.isfinite(spheres.distance_m)
    either = np.isfinite(swept.distance_m) | np.isfinite(spheres.distance_m)
    assert both.sum() > 0.99 * either.sum()
    np.testing.assert_allclose(swept.distance_m[both], spheres.distance_m[both], atol=2e-3)


def test_what_is_nearer_hides_what_is_behind() -> None:
    camera = Camera(yaw_deg=90.0, distance_m=3.0, look_at_m=(0.0, 0.0, 1.0))
    directions = rays(camera, (60, 80))
    canvas, parts = Canvas.blank((80, 60)), Parts()
    far = np.array([0.0, -0.5, 1.0])
    parts.add(far, far, radius_m=0.1, colour=(200, 0, 0))
    draw_parts(canvas, parts, camera=camera, directions=directions)
    plate = Disc(np.array([0.0, 0.5, 1.0]), np.array([0.0, 1.0, 0.0]), 0.3, 0.04, (0, 200, 0))
    draw_discs(canvas, [plate], camera=camera, directions=directions)
    assert tuple(canvas.colour[40, 30]) == (0, 200, 0)
    assert not (canvas.colour[..., 0] > 0).any()


@pytest.mark.parametrize("exercise", ["squat", "push_up", "deadlift"])
def test_the_body_surrounds_its_own_joints(exercise: str) -> None:
    done = perform(exercise, reps=1, seed=2)
    turn_s = np.array([done.truth.reps[0].turn_s])
    camera = done.camera(yaw_deg=60.0, aspect_ratio=1.0)
    points = done.points_at(turn_s)
    parts = figure_parts(points[0], done.body, Look())
    canvas = Canvas.blank((300, 300))
    draw_parts(canvas, parts, camera=camera, directions=rays(camera, (300, 300)))
    pixels = (project(points, camera).xy[0, [*range(11, 17), *range(23, 29)]] * 300).astype(int)
    assert np.isfinite(canvas.distance_m[pixels[:, 1], pixels[:, 0]]).all()


def test_the_same_arguments_give_the_same_bytes(squat: Performance) -> None:
    film = replace(SMALL, noise=5.0, fps=2.0)
    first, second = (
        [rgb.tobytes() for _, rgb in render(squat, film=film, end_s=2.0)] for _ in range(2)
    )
    assert first == second
    assert len(first) == 4


def test_frames_carry_their_times(squat: Performance) -> None:
    times = [t_s for t_s, _ in render(squat, film=replace(SMALL, fps=4.0), start_s=1.0, end_s=2.0)]
    np.testing.assert_allclose(times, [1.0, 1.25, 1.5, 1.75])


def test_darkness_darkens_and_adds_noise(squat: Performance) -> None:
    bright, dark = (
        still(squat, 1.0, film=replace(SMALL, light_gain=gain, noise=4.0)).astype(float)
        for gain in (1.0, 0.1)
    )
    assert dark.mean() < 0.2 * bright.mean()


def test_a_second_person_can_stand_beside(squat: Performance) -> None:
    other = Actor(perform("standing", seed=9), look=Look(shirt=(250, 240, 0)), at_m=(-0.2, -1.0))
    alone = still(squat, 1.0, film=SMALL)
    together = still(squat, 1.0, film=SMALL, others=[other])
    assert (alone != together).any(axis=-1).mean() > 0.01


def test_plates_can_be_left_off(squat: Performance) -> None:
    camera = squat.camera(yaw_deg=90.0)
    loaded, bare = (still(squat, 1.0, camera=camera, film=SMALL, plates=p) for p in (True, False))
    assert (loaded != bare).any()


def test_a_clip_reads_back_with_its_times(squat: Performance, tmp_path: Path) -> None:
    av = pytest.importorskip("av")
    film = replace(SMALL, fps=10.0)
    path = save_video(tmp_path / "set.mp4", render(squat, film=film, end_s=1.0), fps=10.0)
    with av.open(str(path)) as container:
        times = [frame.time for frame in container.decode(video=0)]
    np.testing.assert_allclose(times, np.arange(10) / 10.0, atol=2e-3)


def test_a_video_without_frames_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("av")
    with pytest.raises(ValueError, match="at least one"):
        save_video(tmp_path / "none.mp4", [])
