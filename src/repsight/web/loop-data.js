// @ts-check
/** A loop as it comes from the server: numbers over time, and where it is at a moment. */

import { numberAt } from "./numbers.js";

/**
 * @typedef {{id: string, name: string, direction: string, start_s: number, end_s: number}} Phase
 * @typedef {{rule: string, title: string, text: string, phase: string, joints: string[],
 *   view: string, can_show: boolean}} Cue
 * @typedef {{exercise: string, name: string, view: string, variation: string,
 *   variations: string[], side: string, t_s: number[], phases: Phase[], cues: Cue[],
 *   points: string, ends: string, radius_m: [number, number][],
 *   colour: [number, number, number][],
 *   plates: {centre: string, axis: string, radius_m: number}[]}} Sent
 * @typedef {{rule: string, title: string, outcome: string, cue: string}} Found
 * @typedef {{technique: Sent, number: number, yaw_deg: number, error_deg: number, xy: string,
 *   own_t_s: number[], found: Found[]}} SentOwn
 * @typedef {{centre: Float32Array, axis: Float32Array, radius_m: number}} Plate
 * @typedef {{points: Float32Array, ends: Float32Array, plates: Plate[], end_s: number}} Moving
 */

const UNKNOWN = -32768;

/**
 * Numbers from what was packed, such as metres from millimetres; NaN where it is unknown.
 * @param {string} text
 * @param {number} [stepsToOne]
 */
export function unpacked(text, stepsToOne = 1000) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => {
    const steps = view.getInt16(2 * i, true);
    return steps === UNKNOWN ? NaN : steps / stepsToOne;
  });
}

/**
 * @param {Sent} sent
 * @returns {Moving}
 */
export function moving(sent) {
  return {
    points: unpacked(sent.points),
    ends: unpacked(sent.ends),
    plates: sent.plates.map((one) => ({
      centre: unpacked(one.centre),
      axis: unpacked(one.axis),
      radius_m: one.radius_m,
    })),
    end_s: sent.t_s.at(-1) ?? NaN,
  };
}

/**
 * The values of one moment, in between two samples in a straight line.
 * @param {Float32Array} values samples at even distances, one behind the other
 * @param {number} samples how many
 * @param {number} share 0 at the first, 1 at the last
 */
export function at(values, samples, share) {
  const size = values.length / samples;
  const place = Math.max(0, Math.min(1, share)) * (samples - 1);
  const low = Math.min(Math.floor(place), samples - 2);
  const part = place - low;
  const now = new Float32Array(size);
  for (let i = 0; i < size; i += 1) {
    const first = numberAt(values, low * size + i);
    now[i] = first + part * (numberAt(values, (low + 1) * size + i) - first);
  }
  return now;
}

/**
 * What is played: one phase, or everything.
 * @param {Phase[]} phases
 * @param {string} id
 * @returns {[number, number]}
 */
export function span(phases, id) {
  const phase = phases.find((one) => one.id === id);
  return phase ? [phase.start_s, phase.end_s] : [0, phases.at(-1)?.end_s ?? 0];
}

/**
 * Where a loop is after some time: it starts again at its end.
 * @param {number} t_s
 * @param {number} step_s
 * @param {[number, number]} within
 */
export function advanced(t_s, step_s, [start_s, end_s]) {
  const next = t_s + step_s;
  if (next >= start_s && next < end_s) return next;
  const long = Math.max(end_s - start_s, 0.05);
  return start_s + (((next - start_s) % long) + long) % long;
}
