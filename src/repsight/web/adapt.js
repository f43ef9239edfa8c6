// @ts-check
/**
 * How much work the camera's pictures may be on this device: how often one is looked at, how large,
 * and by which model. No clock and no device in here: numbers in, a plan out.
 */

import { pairAt } from "./numbers.js";

/**
 * @typedef {{pose_ms: number, speed: number, isTurning: boolean, heat: string,
 *   battery: number, isCharging: boolean, behind_ms: number}} Device what is measured: milliseconds of a pose (0: not
 *   yet), body lengths a second of the fastest joint, the browser's word for the pressure on the
 *   processor, the share of the battery that is left (1 where nobody tells), and how long pictures
 *   wait at the server before it gets to them
 * @typedef {{interval_ms: number, edge_px: number, model: string}} Plan
 */

const FULL_HZ = 30;
/** Below this the count is late and quick turns are missed: smaller pictures come first. */
const WANTED_HZ = 15;
/** A precise model that cannot even do this gives way to the quick one. */
const LEAST_HZ = 8;
const FULL_PX = 640;
export const EDGES_PX = [FULL_PX, 480, 320];
/** Slower than this in body lengths a second is rest; turning around is slow as well and is not. */
const REST_SPEED = 0.25;
/** What is done between two pictures besides the pose. */
const SPARE = 1.15;
/** A larger picture is tried again only where a pose takes less than this share of what it may. */
const ROOM = 0.3;

/** What a warm or empty device may still do, pictures a second. */
const MOST_HZ = /** @type {Record<string, number>} */ ({ nominal: 30, fair: 30, serious: 15, critical: 10 });
const LOW_BATTERY = 0.2;
const LOW_BATTERY_HZ = 15;
/** A server that has too many lifters gets fewer pictures: how far it is behind, and pictures a second; heuristic. */
const BEHIND = /** @type {[number, number][]} */ ([[1000, 10], [300, 15]]);

/** @type {Plan} */
export const FIRST_PLAN = { interval_ms: 1000 / FULL_HZ, edge_px: FULL_PX, model: "lite" };

/**
 * @param {Plan} plan
 * @param {Device} device
 * @returns {Plan}
 */
export function nextPlan(plan, device) {
  return {
    interval_ms: intervalOf(device),
    edge_px: edgeOf(plan, device),
    model: plan.model === "full" && device.pose_ms * LEAST_HZ > 1000 ? "lite" : plan.model,
  };
}

/**
 * Full rate while somebody moves or turns around, half of it at rest, never more than the device
 * can do, nor than the server.
 * @param {Device} device
 */
function intervalOf({ pose_ms, speed, isTurning, heat, battery, isCharging, behind_ms }) {
  const isResting = !isTurning && speed < REST_SPEED;
  const isEmpty = battery < LOW_BATTERY && !isCharging;
  const served_hz = BEHIND.find(([most_ms]) => behind_ms > most_ms)?.[1] ?? FULL_HZ;
  const most_hz = Math.min(MOST_HZ[heat] ?? FULL_HZ, isEmpty ? LOW_BATTERY_HZ : FULL_HZ, served_hz);
  return Math.max((isResting ? 2 : 1) * (1000 / most_hz), SPARE * pose_ms);
}

/**
 * Smaller pictures where a pose takes too long, larger ones again where there is room.
 * @param {Plan} plan
 * @param {Device} device
 */
function edgeOf({ edge_px }, { pose_ms }) {
  const at = EDGES_PX.indexOf(edge_px);
  const wanted_ms = 1000 / WANTED_HZ;
  if (pose_ms > wanted_ms) return EDGES_PX[at + 1] ?? edge_px;
  if (pose_ms && pose_ms < ROOM * wanted_ms) return EDGES_PX[at - 1] ?? edge_px;
  return edge_px;
}

/**
 * Body lengths a second of the joint that moved furthest between two pictures; 0 where unknown.
 * @param {Float32Array | null} before six values for each landmark
 * @param {Float32Array | null} now
 * @param {number} apart_ms
 */
export function speedOf(before, now, apart_ms) {
  if (!before || !now || !(apart_ms > 0)) return 0;
  const place = (/** @type {Float32Array} */ values, /** @type {number} */ joint) => pairAt(values, 6 * joint);
  const [shoulder, ankle] = [place(now, 11), place(now, 27)];
  const [other, foot] = [place(now, 12), place(now, 28)];
  const long = Math.max(
    Math.hypot(shoulder[0] - ankle[0], shoulder[1] - ankle[1]),
    Math.hypot(other[0] - foot[0], other[1] - foot[1]),
  );
  const ways = [15, 16, 13, 14, 23, 24, 25, 26, 27, 28].map((joint) => {
    const [a, b] = [place(before, joint), place(now, joint)];
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  });
  // the second furthest: a single landmark may have jumped
  const way = ways.filter(Number.isFinite).sort((a, b) => b - a)[1];
  return way !== undefined && long > 0 ? (1000 * way) / (apart_ms * long) : 0;
}
