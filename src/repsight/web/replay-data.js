// @ts-check
/** What is drawn over a clip, as the server tells it, and what of it belongs to a moment. */

import { unpacked } from "./loop-data.js";
import { call } from "./server.js";

/**
 * @typedef {{from_s: number, set_number: number, set_count: number, count: number,
 *   rejected: number, phase: string, is_held: boolean, messages: number[]}} Moment
 * @typedef {{kind: "issue"|"rejected", title: string, detail: string, cue: string,
 *   marked: number[], marked_until_s: number}} Message
 * @typedef {{label: string, start_s: number, end_s: number, level: string, ends: string}} SentLine
 * @typedef {{t_s: number[], points: string, next_s: number | null}} SentWay
 * @typedef {{aspect_ratio: number, bones: [number, number][], t_s: number[], points: string,
 *   visibility: string, near_left: string, is_sided: boolean, moments: Moment[],
 *   messages: Message[], lines: SentLine[], ways: SentWay[]}} Sent
 * @typedef {{label: string, start_s: number, end_s: number, level: Float32Array,
 *   ends: Float32Array}} Line
 * @typedef {{t_s: number[], points: Float32Array, next_s: number}} Way
 * @typedef {{aspect: number, bones: [number, number][], t_s: number[], points: Float32Array,
 *   visibility: Float32Array, nearLeft: Float32Array, isSided: boolean, moments: Moment[],
 *   messages: Message[], lines: Line[], ways: Way[], size: number}} Overlay `size` landmarks a
 *   frame; points, levels and ends are in heights of the picture
 * @typedef {HTMLElement & Pick<HTMLVideoElement, "currentTime"|"duration"|"paused"|"ended"|
 *   "playbackRate"|"play"|"pause"|"error"|"videoWidth"|"videoHeight"> & Partial<Pick<HTMLVideoElement,
 *   "requestVideoFrameCallback"|"cancelVideoFrameCallback">>} Player a video, or what is played as one
 * @typedef {{xy: Float32Array, visibility: Float32Array, isLeftNear: boolean, index: number}} Posture
 */

const STEPS = 8000;
/** A gap in the track longer than this is not bridged. */
const BRIDGE_S = 0.25;

/**
 * @param {string} id
 * @param {"first"|"reviewed"} version
 * @returns {Promise<Overlay>}
 */
export async function loadOverlay(id, version) {
  /** @type {Sent} */
  const sent = await call(`/api/clips/${id}/overlay?${new URLSearchParams({ version })}`);
  const visibility = unpacked(sent.visibility, 100);
  return {
    aspect: sent.aspect_ratio,
    bones: sent.bones,
    t_s: sent.t_s,
    points: unpacked(sent.points, STEPS),
    visibility,
    nearLeft: unpacked(sent.near_left, 1),
    isSided: sent.is_sided,
    moments: sent.moments,
    messages: sent.messages,
    lines: sent.lines.map((line) => ({ ...line, level: unpacked(line.level, STEPS), ends: unpacked(line.ends, STEPS) })),
    ways: sent.ways.map((way) => ({ t_s: way.t_s, points: unpacked(way.points, STEPS), next_s: way.next_s ?? Infinity })),
    size: sent.t_s.length ? visibility.length / sent.t_s.length : 0,
  };
}

/**
 * The last of rising times that is not after a moment; -1 before the first.
 * @param {number[]} times
 * @param {number} t_s
 */
export function lastUntil(times, t_s) {
  let [low, high] = [-1, times.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((times[middle] ?? Infinity) <= t_s) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The body at a moment, between two frames in a straight line; null where nobody was looked for.
 * @param {Overlay} overlay
 * @param {number} t_s
 * @returns {Posture | null}
 */
export function postureAt({ t_s: times, points, visibility, nearLeft, size }, t_s) {
  const before = Math.max(0, lastUntil(times, t_s));
  const after = Math.min(before + 1, times.length - 1);
  const [from_s = NaN, to_s = NaN] = [times[before], times[after]];
  const gap_s = to_s - from_s;
  const share = gap_s > 0 && gap_s <= BRIDGE_S ? Math.min(Math.max((t_s - from_s) / gap_s, 0), 1) : Number(t_s > (from_s + to_s) / 2);
  const index = share > 0.5 ? after : before;
  if (!(Math.abs((times[index] ?? NaN) - t_s) <= BRIDGE_S)) return null;
  const frame = (/** @type {number} */ at) => points.subarray(2 * size * at, 2 * size * (at + 1));
  const [first, second, nearest] = [frame(before), frame(after), frame(index)];
  const xy = nearest.map((value, i) => {
    const mixed = (1 - share) * (first[i] ?? NaN) + share * (second[i] ?? NaN);
    return Number.isFinite(mixed) ? mixed : value;
  });
  return { xy, visibility: visibility.subarray(size * index, size * (index + 1)), isLeftNear: nearLeft[index] === 1, index };
}

/**
 * What is written at a moment; before the first frame what is written there.
 * @param {Overlay} overlay
 * @param {number} t_s
 * @returns {Moment | undefined}
 */
export function momentAt({ moments }, t_s) {
  const times = moments.map((one) => one.from_s);
  return moments[Math.max(0, lastUntil(times, t_s + 0.001))];
}
