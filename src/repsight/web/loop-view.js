// @ts-check
/** From the gym's metres to the picture: a camera without perspective, and its framing. */

import { tripleAt } from "./numbers.js";

/**
 * Right, up and towards the camera, each a unit vector; the picture's middle in metres; how many
 * metres are half its height. `aspect` is width / height.
 * @typedef {{right: Triple, up: Triple, near: Triple, middle: [number, number],
 *   half_m: number, aspect: number}} View
 * @typedef {import("./numbers.js").Triple} Triple
 */

/**
 * @param {number} yaw_deg 0 sees the face, 90 the left side
 * @param {number} pitch_deg how far the camera looks down
 * @returns {Pick<View, "right" | "up" | "near">}
 */
export function axes(yaw_deg, pitch_deg) {
  const [yaw, pitch] = [(yaw_deg * Math.PI) / 180, (pitch_deg * Math.PI) / 180];
  const [s, c] = [Math.sin(yaw), Math.cos(yaw)];
  return {
    right: [-s, c, 0],
    up: [-Math.sin(pitch) * c, -Math.sin(pitch) * s, Math.cos(pitch)],
    near: [Math.cos(pitch) * c, Math.cos(pitch) * s, Math.sin(pitch)],
  };
}

/**
 * @param {ArrayLike<number>} from
 * @param {number} i
 * @param {Triple} axis
 */
export function along(from, i, axis) {
  const [x, y, z] = tripleAt(from, i);
  return x * axis[0] + y * axis[1] + z * axis[2];
}

/**
 * The smallest box around all joints of a loop as the camera sees them: left, right, low, high.
 * @param {Float32Array} points (N, 33, 3)
 * @param {ReturnType<typeof axes>} camera
 * @returns {[number, number, number, number]}
 */
export function box(points, { right, up }) {
  // the floor belongs to it, also under somebody who hangs
  const found = /** @type {[number, number, number, number]} */ ([Infinity, -Infinity, 0, -Infinity]);
  for (let i = 0; i < points.length; i += 3) {
    const [x, y] = [along(points, i, right), along(points, i, up)];
    found[0] = Math.min(found[0], x);
    found[1] = Math.max(found[1], x);
    found[2] = Math.min(found[2], y);
    found[3] = Math.max(found[3], y);
  }
  return found;
}

/** Free metres around the body, and the share of the height above it that words have. */
const ROOM_M = 0.24;
const WORDS_SHARE = 0.17;

/**
 * A view of a box with room around it.
 * @param {ReturnType<typeof axes>} camera
 * @param {[number, number, number, number]} around
 * @param {number} aspect
 * @returns {View}
 */
export function framed(camera, [left, right, low, high], aspect) {
  const tall_m = (high - low + 2 * ROOM_M) / (1 - WORDS_SHARE);
  const half_m = Math.max(tall_m / 2, ((right - left) / 2 + ROOM_M) / aspect);
  return { ...camera, middle: [(left + right) / 2, low - ROOM_M + half_m], half_m, aspect };
}

/**
 * Joints (33, 3) as seen (33, 2), metres to the right and up.
 * @param {Float32Array} points
 * @param {View} view
 */
export function flattened(points, { right, up }) {
  const flat = new Float32Array((points.length / 3) * 2);
  for (let i = 0; i < points.length / 3; i += 1) {
    flat[2 * i] = along(points, 3 * i, right);
    flat[2 * i + 1] = along(points, 3 * i, up);
  }
  return flat;
}
