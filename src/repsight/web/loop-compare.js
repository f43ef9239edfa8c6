// @ts-check
/** Where an own repetition differs from the athlete's by more than can be an error. */

import { pairAt, tripleAt } from "./numbers.js";

/** Joints by name: columns of the left and the right side. */
export const JOINTS = /** @type {Record<string, [number, number]>} */ ({
  nose: [0, 0], ear: [7, 8], shoulder: [11, 12], elbow: [13, 14], wrist: [15, 16],
  hip: [23, 24], knee: [25, 26], ankle: [27, 28], heel: [29, 30], toe: [31, 32],
});

/**
 * The column of a joint; that of the nose for what is no joint of the body.
 * @param {string} joint
 * @param {0 | 1} side
 */
export const columnOf = (joint, side) => JOINTS[joint]?.[side] ?? 0;

/** Parts of the body that have a direction. */
export const SEGMENTS = /** @type {const} */ ({
  trunk: ["hip", "shoulder"],
  thigh: ["hip", "knee"],
  shin: ["knee", "ankle"],
  upper_arm: ["shoulder", "elbow"],
  forearm: ["elbow", "wrist"],
});

/** @typedef {keyof typeof SEGMENTS} Segment */
/** @typedef {[0 | 1, ...(0 | 1)[]]} Sides left is 0; the first one is looked at where one is enough */
/** @typedef {{segment: Segment, side: 0 | 1, off_deg: number}} Difference */

/** A part that points at the camera has no direction in the picture: heuristic. */
const SEEN_LENGTH = 0.6;
/** Differences of less than two errors are none. */
const ERRORS = 2;

/**
 * What may be compared: parts both of whose ends the exercise's rules are about, else all.
 * @param {{joints: string[]}[]} cues
 * @returns {Segment[]}
 */
export function compared(cues) {
  const named = new Set(cues.flatMap((cue) => cue.joints));
  const all = /** @type {Segment[]} */ (Object.keys(SEGMENTS));
  const about = all.filter((name) => SEGMENTS[name].every((joint) => named.has(joint)));
  return about.length ? about : all;
}

/**
 * @param {Float32Array} flat the athlete's joints (33, 2) in the picture, metres
 * @param {Float32Array} points the same in space (33, 3)
 * @param {Float32Array} own (33, 2), NaN where unseen
 * @param {{segments: Segment[], error_deg: number, sides: (0 | 1)[]}} how
 * @returns {Difference[]} the largest first
 */
export function differences(flat, points, own, { segments, error_deg, sides }) {
  const found = segments.flatMap((segment) =>
    sides.map((side) => {
      const [from, to] = SEGMENTS[segment];
      return { segment, side, off_deg: turned(flat, points, own, columnOf(from, side), columnOf(to, side)) };
    }),
  );
  return found
    .filter((one) => Math.abs(one.off_deg) > ERRORS * error_deg)
    .sort((a, b) => Math.abs(b.off_deg) - Math.abs(a.off_deg));
}

/**
 * By how much the own part is turned against the athlete's, in degrees; NaN if that is not seen.
 * @param {Float32Array} flat
 * @param {Float32Array} points
 * @param {Float32Array} own
 * @param {number} from
 * @param {number} to
 */
function turned(flat, points, own, from, to) {
  const way = (/** @type {Float32Array} */ xy) => {
    const [[x, y], [toX, toY]] = [pairAt(xy, 2 * from), pairAt(xy, 2 * to)];
    return { x: toX - x, y: toY - y };
  };
  const [{ x: ax, y: ay }, { x: bx, y: by }] = [way(flat), way(own)];
  const [start, end] = [tripleAt(points, 3 * from), tripleAt(points, 3 * to)];
  const long = Math.hypot(end[0] - start[0], end[1] - start[1], end[2] - start[2]);
  if (Math.hypot(ax, ay) < SEEN_LENGTH * long) return NaN;
  return (Math.atan2(ax * by - ay * bx, ax * bx + ay * by) * 180) / Math.PI;
}

/**
 * The sides to look at: the nearer one from the side, else both.
 * @param {number} yaw_deg
 * @returns {Sides}
 */
export function sidesSeen(yaw_deg) {
  const turn = Math.sin((yaw_deg * Math.PI) / 180);
  if (Math.abs(turn) < 0.8) return [0, 1];
  return turn > 0 ? [0] : [1];
}
