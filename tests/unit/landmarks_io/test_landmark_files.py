"""Reading landmark files: every accepted shape, and a clear word about every other one."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from repsight.core.layouts import COCO_17, HALPE_26, LAYOUTS, MHR_70, Layout
from repsight.core.skeleton import Landmark
from repsight.core.types import PoseTrack
from repsight.errors import RepsightError, UnknownName, UnreadableSource
from repsight.landmarks_io import ReadOptions, load_landmarks, save_landmarks
from repsight.landmarks_io import load as load_module
from repsight.landmarks_io.native import as_stored

WIDTH, HEIGHT = 720, 1280
KNEE = int(Landmark.LEFT_KNEE)


def pixels(points: int = 17, frames: int = 8) -> np.ndarray:
    """Points (frames, points, 2) somewhere inside the picture."""
    rng = np.random.default_rng(7)
    return rng.uniform([50, 50], [WIDTH - 50, HEIGHT - 50], size=(frames, points, 2))


def sized(**fields: object) -> ReadOptions:
    return ReadOptions(**{"fps_hz": 30.0, "size_px": (WIDTH, HEIGHT), **fields})


def saved(path: Path, **arrays: np.ndarray) -> Path:
    np.savez(path, allow_pickle=True, **arrays)
    return path


def track_of(frames: int = 12) -> PoseTrack:
    rng = np.random.default_rng(3)
    xy = rng.uniform(0, 1, (frames, 33, 2))
    xy[3, 5] = np.nan
    return PoseTrack(
        t_s=np.cumsum(rng.uniform(0.02, 0.05, frames)),
        xy=xy,
        visibility=rng.uniform(0, 1, (frames, 33)),
        world=rng.normal(0, 0.3, (frames, 33, 3)),
        aspect_ratio=9 / 16,
    )


# --- what Repsight writes ---------------------------------------------------------------------


def test_a_written_track_reads_back_exactly_as_stored(tmp_path: Path) -> None:
    track = as_stored(track_of())
    save_landmarks(tmp_path / "landmarks.npz", track)
    back = load_landmarks(tmp_path / "landmarks.npz").track
    np.testing.assert_array_equal(back.t_s, track.t_s)
    np.testing.assert_array_equal(back.xy, track.xy)
    np.testing.assert_array_equal(back.world, track.world)
    assert back.aspect_ratio == track.aspect_ratio
    seen = np.isfinite(track.xy).all(axis=2)
    np.testing.assert_array_equal(back.visibility[seen], track.visibility[seen])


def test_a_missing_point_reads_back_as_missing_and_invisible(tmp_path: Path) -> None:
    save_landmarks(tmp_path / "landmarks.npz", track_of())
    back = load_landmarks(tmp_path / "landmarks.npz").track
    assert np.isnan(back.xy[3, 5]).all()
    assert back.visibility[3, 5] == 0


def test_the_path_of_a_plate_reads_back_and_a_broken_one_is_named(tmp_path: Path) -> None:
    plate = np.random.default_rng(1).random((len(track_of()), 3))
    plate[2] = np.nan
    track = as_stored(replace(track_of(), plate=plate))
    save_landmarks(tmp_path / "a.npz", track)
    np.testing.assert_array_equal(load_landmarks(tmp_path / "a.npz").track.plate, track.plate)
    save_landmarks(tmp_path / "b.npz", track_of(), extra={"plate": plate[:3]})
    with pytest.raises(UnreadableSource, match="its plate is not centre x, y and radius"):
        load_landmarks(tmp_path / "b.npz")


def test_arrays_stored_beside_the_landmarks_come_back(tmp_path: Path) -> None:
    save_landmarks(tmp_path / "a.npz", track_of(), extra={"light": np.arange(3.0)})
    np.testing.assert_array_equal(load_landmarks(tmp_path / "a.npz").extra["light"], [0, 1, 2])


# --- layouts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", list(LAYOUTS.values()), ids=list(LAYOUTS))
@pytest.mark.parametrize("suffix", ["npy", "npz"])
def test_the_layout_is_recognised_by_its_number_of_points(
    tmp_path: Path, layout: Layout, suffix: str
) -> None:
    block = pixels(len(layout.points))
    path = tmp_path / f"poses.{suffix}"
    if suffix == "npy":
        np.save(path, block)
    else:
        saved(path, keypoints=block)
    read = load_landmarks(path, sized())
    assert read.layout == layout
    column = layout.points.index("left_knee")
    np.testing.assert_allclose(read.track.xy[:, KNEE], block[:, column] / HEIGHT)
    assert read.track.aspect_ratio == WIDTH / HEIGHT


def test_coco_lacks_feet_and_says_so(tmp_path: Path) -> None:
    np.save(tmp_path / "coco.npy", pixels())
    read = load_landmarks(tmp_path / "coco.npy", sized())
    assert np.isnan(read.track.xy[:, Landmark.LEFT_HEEL]).all()
    assert (read.track.visibility[:, Landmark.LEFT_HEEL] == 0).all()
    assert any("no heels, toes and hands" in note for note in read.notes)


def test_sam_3d_body_arrays_are_read_and_centred_on_the_hips(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    world = rng.normal([0.4, 0.1, 3.0], 0.05, (8, 70, 3))
    world[:, [5, 6], 1] -= 0.5
    path = saved(
        tmp_path / "sam.npz", pred_keypoints_2d=pixels(70), pred_keypoints_3d=world,
        timestamps=np.arange(8) / 25, image_size=np.array([WIDTH, HEIGHT]),
    )  # fmt: skip
    read = load_landmarks(path)
    assert read.layout == MHR_70
    assert read.track.world is not None
    hips = read.track.world[:, [Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(axis=1)
    np.testing.assert_allclose(hips, 0, atol=1e-12)
    np.testing.assert_allclose(np.diff(read.track.t_s), 0.04)


def test_world_points_in_millimetres_are_left_out_with_a_note(tmp_path: Path) -> None:
    world = np.random.default_rng(0).normal(0, 300, (8, 17, 3))
    path = saved(tmp_path / "mm.npz", keypoints=pixels(), world=world)
    read = load_landmarks(path, sized())
    assert read.track.world is None
    assert any("not in metres" in note for note in read.notes)


def test_points_named_in_another_order_are_put_in_place(tmp_path: Path) -> None:
    names = [*reversed(COCO_17.points)]
    block = pixels()
    path = saved(tmp_path / "named.npz", keypoints=block, names=np.array(names))
    read = load_landmarks(path, sized())
    np.testing.assert_allclose(read.track.xy[:, KNEE], block[:, names.index("left_knee")] / HEIGHT)


# --- units ------------------------------------------------------------------------------------


def test_shares_of_the_picture_are_made_isotropic(tmp_path: Path) -> None:
    shares = pixels() / [WIDTH, HEIGHT]
    np.save(tmp_path / "shares.npy", shares)
    read = load_landmarks(tmp_path / "shares.npy", sized())
    np.testing.assert_allclose(read.track.xy[:, KNEE], pixels()[:, 13] / HEIGHT)


def test_shares_without_a_picture_size_are_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "shares.npy", pixels() / [WIDTH, HEIGHT])
    with pytest.raises(UnreadableSource, match="--size"):
        load_landmarks(tmp_path / "shares.npy", ReadOptions(fps_hz=30))


def test_pixels_without_a_picture_size_are_read_with_a_note(tmp_path: Path) -> None:
    np.save(tmp_path / "pixels.npy", pixels())
    read = load_landmarks(tmp_path / "pixels.npy", ReadOptions(fps_hz=30))
    assert any("picture size is not known" in note for note in read.notes)


def test_coordinates_that_are_neither_pixels_nor_shares_are_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "odd.npy", pixels() / 200)
    with pytest.raises(UnreadableSource, match="neither pixels nor shares"):
        load_landmarks(tmp_path / "odd.npy", sized())
    assert len(load_landmarks(tmp_path / "odd.npy", sized(units="pixels")).track) == 8


# --- confidence -------------------------------------------------------------------------------


def test_a_third_number_within_one_is_the_confidence(tmp_path: Path) -> None:
    block = np.dstack([pixels(), np.full((8, 17), 0.25)])
    np.save(tmp_path / "xyc.npy", block)
    assert load_landmarks(tmp_path / "xyc.npy", sized()).track.visibility[0, KNEE] == 0.25


def test_a_third_number_beyond_one_is_left_out_with_a_note(tmp_path: Path) -> None:
    block = np.dstack([pixels(), np.full((8, 17), -0.4)])
    np.save(tmp_path / "xyz.npy", block)
    read = load_landmarks(tmp_path / "xyz.npy", sized())
    assert read.track.visibility[0, KNEE] == 1
    assert any("left out" in note for note in read.notes)


def test_of_four_numbers_the_last_is_the_visibility(tmp_path: Path) -> None:
    block = np.dstack([pixels(33), np.full((8, 33), -0.4), np.full((8, 33), 0.6)])
    np.save(tmp_path / "xyzv.npy", block.reshape(8, -1))
    assert load_landmarks(tmp_path / "xyzv.npy", sized()).track.visibility[0, KNEE] == 0.6


def test_scores_above_one_are_cut_with_a_note(tmp_path: Path) -> None:
    path = saved(tmp_path / "s.npz", keypoints=pixels(), scores=np.full((8, 17), 4.0))
    read = load_landmarks(path, sized())
    assert read.track.visibility.max() == 1
    assert any("cut to that range" in note for note in read.notes)


def test_points_at_exactly_zero_zero_are_missing(tmp_path: Path) -> None:
    block = pixels()
    block[2, 13] = 0
    np.save(tmp_path / "zero.npy", block)
    track = load_landmarks(tmp_path / "zero.npy", sized()).track
    assert np.isnan(track.xy[2, KNEE]).all()
    assert track.visibility[2, KNEE] == 0


# --- people -----------------------------------------------------------------------------------


def test_one_of_several_people_must_be_chosen(tmp_path: Path) -> None:
    block = np.stack([pixels(), pixels() + 10], axis=1)
    np.save(tmp_path / "two.npy", block)
    with pytest.raises(UnreadableSource, match=r"2 people.*--person"):
        load_landmarks(tmp_path / "two.npy", sized())
    second = load_landmarks(tmp_path / "two.npy", sized(person=1)).track
    np.testing.assert_allclose(second.xy[:, KNEE], (pixels()[:, 13] + 10) / HEIGHT)


# --- JSON -------------------------------------------------------------------------------------


def dumped(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_json_arrays_are_read(tmp_path: Path) -> None:
    content = {
        "layout": "halpe26", "width": WIDTH, "height": HEIGHT,
        "t_ms": [40 * i for i in range(8)], "keypoints": pixels(26).tolist(),
    }  # fmt: skip
    read = load_landmarks(dumped(tmp_path / "a.json", content))
    assert read.layout == HALPE_26
    assert read.size_px == (WIDTH, HEIGHT)
    np.testing.assert_allclose(read.track.t_s, np.arange(8) * 0.04)


@pytest.mark.parametrize("form", ["nested", "flat", "objects", "named"])
def test_json_frames_are_read_in_every_form(tmp_path: Path, form: str) -> None:
    block = np.dstack([pixels(), np.full((8, 17), 0.5)])
    frames = []
    for i, points in enumerate(block.tolist()):
        objects = [{"x": x, "y": y, "visibility": c} for x, y, c in points]
        keypoints = {
            "nested": points,
            "flat": [number for point in points for number in point],
            "objects": objects,
            "named": dict(zip(COCO_17.points, objects, strict=True)),
        }[form]
        frames.append({"t_s": i / 30, "keypoints": keypoints})
    content = {"width": WIDTH, "height": HEIGHT, "frames": frames}
    track = load_landmarks(dumped(tmp_path / "f.json", content)).track
    np.testing.assert_allclose(track.xy[:, KNEE], pixels()[:, 13] / HEIGHT)
    assert track.visibility[0, KNEE] == 0.5
    assert track.aspect_ratio == WIDTH / HEIGHT


def test_a_frame_without_a_person_is_missing(tmp_path: Path) -> None:
    frames: list[dict[str, object]] = [
        {"t_s": i / 30, "keypoints": points} for i, points in enumerate(pixels().tolist())
    ]
    frames[4]["keypoints"] = None
    track = load_landmarks(dumped(tmp_path / "f.json", frames), sized()).track
    assert np.isnan(track.xy[4]).all()
    assert np.isfinite(track.xy[5, KNEE]).all()


def test_json_that_is_not_landmarks_says_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="holds hello, but no 'xy'"):
        load_landmarks(dumped(tmp_path / "x.json", {"hello": 1}))
    with pytest.raises(UnreadableSource, match="neither a list of frames"):
        load_landmarks(dumped(tmp_path / "y.json", 12))
    with pytest.raises(UnreadableSource, match="lists no frames"):
        load_landmarks(dumped(tmp_path / "z.json", []))
    with pytest.raises(UnreadableSource, match="frame 0 has no 'keypoints'"):
        load_landmarks(dumped(tmp_path / "w.json", [{"a": 1}]))


def test_frames_with_different_numbers_of_points_are_refused(tmp_path: Path) -> None:
    frames = [{"keypoints": [[1, 2]] * 17}, {"keypoints": [[1, 2]] * 16}]
    with pytest.raises(UnreadableSource, match="differ in their number of points"):
        load_landmarks(dumped(tmp_path / "f.json", frames), sized())


# --- CSV --------------------------------------------------------------------------------------


def tabled(path: Path, rows: list[list[object]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def wide_rows() -> list[list[object]]:
    header: list[object] = [
        "t_s",
        *(f"{p}_{c}" for p in COCO_17.points for c in ("x", "y", "confidence")),
    ]
    block = np.dstack([pixels(), np.full((8, 17), 0.5)])
    return [header, *([i / 30, *row.ravel().tolist()] for i, row in enumerate(block))]


def test_a_table_with_a_row_per_frame_is_read(tmp_path: Path) -> None:
    track = load_landmarks(tabled(tmp_path / "w.csv", wide_rows()), sized(fps_hz=None)).track
    np.testing.assert_allclose(track.xy[:, KNEE], pixels()[:, 13] / HEIGHT)
    assert track.visibility[0, KNEE] == 0.5


def test_a_table_with_a_row_per_point_is_read(tmp_path: Path) -> None:
    rows: list[list[object]] = [["t_s", "landmark", "x", "y"]]
    for i, frame in enumerate(pixels()):
        rows += [[i / 30, n, *p] for n, p in zip(COCO_17.points, frame.tolist(), strict=True)]
    track = load_landmarks(tabled(tmp_path / "l.csv", rows), sized(fps_hz=None)).track
    np.testing.assert_allclose(track.xy[:, KNEE], pixels()[:, 13] / HEIGHT)
    np.testing.assert_allclose(track.t_s, np.arange(8) / 30)


def test_an_empty_cell_is_a_point_that_was_not_seen(tmp_path: Path) -> None:
    rows = wide_rows()
    column = rows[0].index("left_knee_x")
    rows[3][column : column + 3] = ["", "", ""]
    track = load_landmarks(tabled(tmp_path / "w.csv", rows), sized(fps_hz=None)).track
    assert np.isnan(track.xy[2, KNEE]).all()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda rows: rows[2].pop(), "line 3 has 51 cells, not 52"),
        (lambda rows: rows[2].__setitem__(5, "left"), "'left' in line 3 is not a number"),
        (lambda rows: rows.__delitem__(slice(1, None)), "it has no rows"),
        (lambda rows: rows.__setitem__(0, [f"a{i}" for i in range(52)]), "name no body we know"),
    ],
)
def test_a_broken_table_names_the_line(
    tmp_path: Path, change: Callable[[list[list[object]]], object], complaint: str
) -> None:
    rows = wide_rows()
    change(rows)
    with pytest.raises(UnreadableSource, match=complaint):
        load_landmarks(tabled(tmp_path / "w.csv", rows), sized())


# --- what cannot be read ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "shape", [(8,), (8, 17), (8, 12, 2), (8, 17, 1), (8, 17, 5), (2, 2, 2, 2, 2)]
)
def test_a_wrong_shape_is_told_with_what_is_wanted(tmp_path: Path, shape: tuple[int, ...]) -> None:
    np.save(tmp_path / "x.npy", np.ones(shape))
    with pytest.raises(UnreadableSource) as caught:
        load_landmarks(tmp_path / "x.npy", sized())
    assert "17 (COCO)" in str(caught.value)
    assert caught.value.next_step


@pytest.mark.parametrize("frames", [0, 1])
def test_no_frames_or_a_single_one_are_refused(tmp_path: Path, frames: int) -> None:
    np.save(tmp_path / "x.npy", pixels(frames=max(frames, 1))[:frames])
    with pytest.raises(UnreadableSource, match=r"no frames|single frame"):
        load_landmarks(tmp_path / "x.npy", sized())


def test_infinite_coordinates_are_refused(tmp_path: Path) -> None:
    block = pixels()
    block[5, 3, 0] = np.inf
    np.save(tmp_path / "x.npy", block)
    with pytest.raises(UnreadableSource, match="frame 5 holds an infinite coordinate"):
        load_landmarks(tmp_path / "x.npy", sized())


def test_a_confidence_that_is_not_a_number_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "x.npz", keypoints=pixels(), confidence=np.full((8, 17), np.nan))
    with pytest.raises(UnreadableSource, match="confidence is not a number"):
        load_landmarks(path, sized())


@pytest.mark.parametrize(
    ("times", "complaint"),
    [
        ([0, 1, 2, 3, 3, 5, 6, 7], "do not increase at frame 4"),
        ([0, 1, 2, 3, 2, 5, 6, 7], "do not increase at frame 4"),
        ([0, 1, np.nan, 3, 4, 5, 6, 7], "time of frame 2 is not a number"),
        ([0, 1, 2], "3 times for 8 frames"),
        ([330 * i for i in range(8)], "name them t_ms"),
    ],
)
def test_times_that_cannot_be_true_are_refused(
    tmp_path: Path, times: list[float], complaint: str
) -> None:
    seconds = np.array(times) * (0.1 if np.nanmax(times) < 10 else 1)
    path = saved(tmp_path / "x.npz", keypoints=pixels(), t_s=seconds)
    with pytest.raises(UnreadableSource, match=complaint):
        load_landmarks(path, sized())


def test_a_file_without_times_needs_a_frame_rate(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", pixels())
    with pytest.raises(UnreadableSource, match="--fps 30"):
        load_landmarks(tmp_path / "x.npy")


def test_arrays_that_do_not_fit_each_other_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "x.npz", keypoints=pixels(), confidence=np.ones((8, 16)))
    with pytest.raises(UnreadableSource, match="'confidence' is 8 x 16, the points 8 x 17"):
        load_landmarks(path, sized())
    path = saved(tmp_path / "y.npz", keypoints=pixels(), world=np.ones((8, 17, 2)))
    with pytest.raises(UnreadableSource, match="'world' is 8 x 17 x 2"):
        load_landmarks(path, sized())


def test_pickled_objects_are_never_loaded(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(UnreadableSource, match="cannot be read as npy"):
        load_landmarks(tmp_path / "x.npy", sized())
    path = saved(tmp_path / "y.npz", keypoints=np.array([{"a": 1}], dtype=object))
    with pytest.raises(UnreadableSource, match="cannot be read as npz"):
        load_landmarks(path, sized())


@pytest.mark.parametrize("suffix", ["npz", "npy", "json", "csv"])
@pytest.mark.parametrize("content", [b"", b"\x00\xff\x00garbage", b"PK\x03\x04half"])
def test_damaged_files_are_told_apart_from_landmarks(
    tmp_path: Path, suffix: str, content: bytes
) -> None:
    path = tmp_path / f"broken.{suffix}"
    path.write_bytes(content)
    with pytest.raises(RepsightError) as caught:
        load_landmarks(path, sized())
    assert path.name in caught.value.what
    assert caught.value.next_step


def test_a_file_cut_short_is_told(tmp_path: Path) -> None:
    path = tmp_path / "landmarks.npz"
    save_landmarks(path, track_of())
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(UnreadableSource, match="cannot be read as npz"):
        load_landmarks(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="There is no file"):
        load_landmarks(tmp_path / "none.npz")
    (tmp_path / "folder.npz").mkdir()
    with pytest.raises(UnreadableSource, match="is not a file"):
        load_landmarks(tmp_path / "folder.npz")


def test_another_ending_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    (tmp_path / "poses.xlsx").write_bytes(b"abc")
    with pytest.raises(UnreadableSource, match=r"\.csv, \.json, \.npy, \.npz"):
        load_landmarks(tmp_path / "poses.xlsx")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(600 * 1024**2)
    with pytest.raises(UnreadableSource, match="600 MB, more than 512"):
        load_landmarks(path)


def test_a_small_file_that_unpacks_to_gigabytes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_module, "_MAX_UNPACKED_BYTES", 10_000)
    with zipfile.ZipFile(tmp_path / "bomb.npz", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xy.npy", bytes(20_000))
    with pytest.raises(UnreadableSource, match="unpacks to"):
        load_landmarks(tmp_path / "bomb.npz")


def test_unknown_layouts_and_units_are_told_with_the_known_ones() -> None:
    with pytest.raises(UnknownName, match="coco17"):
        ReadOptions(layout="openpose")
    with pytest.raises(UnknownName, match="normalised"):
        ReadOptions(units="feet")  # pyright: ignore[reportArgumentType] - that is the test


def test_a_layout_that_does_not_fit_the_file_is_told(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", pixels())
    with pytest.raises(UnreadableSource, match="17 points, not the 26 of Halpe 26"):
        load_landmarks(tmp_path / "x.npy", sized(layout="halpe26"))
