// @ts-check
/** Whether the camera sees what it must before a set: one instruction at a time. */

import { numberAt } from "./numbers.js";

const VALUES = 6;
const NOSE = 0;
const [L_SHOULDER, R_SHOULDER, L_HIP, R_HIP, L_ANKLE, R_ANKLE] = /** @type {const} */ ([11, 12, 23, 24, 27, 28]);
/** Head, hands, feet: what must be inside the picture. */
const ENDS = [NOSE, 15, 16, L_ANKLE, R_ANKLE, 31, 32];
/** A landmark that is seen at least this well; heuristic. */
const SEEN = 0.5;
const DARK = 0.16;
/** The body's length in the picture, in frame heights; heuristic. */
const SMALL = 0.35;
const LARGE = 0.97;
/** Turned by less than this a view is frontal, by more than the other it is from the side. */
const FRONT_DEG = 30;
const SIDE_DEG = 55;

/**
 * @param {Float32Array} values
 * @param {number} i
 */
const point = (values, i) => ({
  x: numberAt(values, i * VALUES),
  y: numberAt(values, i * VALUES + 1),
  seen: numberAt(values, i * VALUES + 2),
  z: numberAt(values, i * VALUES + 5),
  wx: numberAt(values, i * VALUES + 3),
});

/**
 * Whether the trunk is nearer to level than to upright.
 * @param {Float32Array | null} values
 */
export function isLying(values) {
  if (!values) return false;
  const [shoulder, hip] = [point(values, L_SHOULDER), point(values, L_HIP)];
  return Math.abs(shoulder.x - hip.x) > Math.abs(shoulder.y - hip.y);
}

/**
 * How far the body is turned from facing the camera, 0 to 90 degrees.
 * @param {Float32Array} values
 */
export function turnedBy(values) {
  const across = (/** @type {number} */ left, /** @type {number} */ right) => {
    const [a, b] = [point(values, left), point(values, right)];
    return { x: a.wx - b.wx, z: a.z - b.z };
  };
  const [shoulders, hips] = [across(L_SHOULDER, R_SHOULDER), across(L_HIP, R_HIP)];
  const [dx, dz] = [shoulders.x + hips.x, shoulders.z + hips.z];
  return (Math.atan2(Math.abs(dz), Math.abs(dx)) * 180) / Math.PI;
}

/**
 * What to change first; the empty string when the view is good.
 * @param {Float32Array | null} values
 * @param {{aspect: number, light: number, view: string}} scene `light` is mean brightness, 0..1
 * @returns {""|"nobody"|"light"|"head"|"feet"|"left"|"right"|"closer"|"further"|"side"|"front"}
 */
export function adviceFor(values, { aspect, light, view }) {
  if (light < DARK) return "light";
  if (!values) return "nobody";
  const trunk = [L_SHOULDER, R_SHOULDER, L_HIP, R_HIP].map((i) => point(values, i));
  if (Math.max(...trunk.map((one) => one.seen)) < SEEN) return "nobody";
  const ends = ENDS.map((i) => point(values, i));
  const ys = ends.map((one) => one.y);
  const xs = ends.map((one) => one.x);
  const length = Math.hypot(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  if (length > LARGE * Math.max(1, aspect)) return "further";
  if (Math.min(...ys) < 0) return Math.max(...ys) > 1 ? "further" : "head";
  if (Math.max(...ys) > 1) return "feet";
  if (Math.min(...xs) < 0) return Math.max(...xs) > aspect ? "further" : "left";
  if (Math.max(...xs) > aspect) return "right";
  if (length < SMALL) return "closer";
  const turned = turnedBy(values);
  if (view === "side" && turned < SIDE_DEG) return "side";
  if (view === "front" && turned > FRONT_DEG) return "front";
  return "";
}
