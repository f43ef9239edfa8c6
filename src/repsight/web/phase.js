// @ts-check
/** From the phase of a repetition to a moment of its clip, and to the pose at that moment. */

import { pairAt } from "./numbers.js";

/**
 * @typedef {import("./history-server.js").Turn} Turn
 * @typedef {{t_s: number[], points: (number | null)[][]}} Poses
 * @typedef {[number, number] | null} Place
 * @typedef {[number, number]} Stop a phase, and the moment of the clip at which it is reached
 */

/** The turnaround has this part of the phase, however long it lasted. */
const TURN = { first: 0.45, last: 0.55 };
/** Nothing is drawn through a hole longer than this. */
const HOLE_S = 0.4;

/**
 * The two ends of the part of a repetition that a phase belongs to.
 * @param {Turn} turn
 * @param {number} phase
 * @returns {[Stop, Stop]}
 */
function partAt(turn, phase) {
  /** @type {[Stop, Stop, Stop, Stop]} */
  const [start, turning, turned, end] = [
    [0, turn.start_s],
    [TURN.first, turn.turn_start_s],
    [TURN.last, turn.turn_end_s],
    [1, turn.end_s],
  ];
  if (phase <= TURN.first) return [start, turning];
  return phase <= TURN.last ? [turning, turned] : [turned, end];
}

/**
 * The moment of a repetition at which it is in a phase from 0 to 1.
 * @param {Turn} turn
 * @param {number} phase
 */
export function timeAt(turn, phase) {
  const [before, after] = partAt(turn, phase);
  return before[1] + ((phase - before[0]) / (after[0] - before[0])) * (after[1] - before[1]);
}

/**
 * How many seconds of the clip a whole repetition would last at the pace of this phase.
 * @param {Turn} turn
 * @param {number} phase
 */
export function paceAt(turn, phase) {
  const [before, after] = partAt(turn, phase);
  return (after[1] - before[1]) / (after[0] - before[0]);
}

/**
 * What a phase is called.
 * @param {number} phase
 * @returns {{name: "out" | "turn" | "back", percent: number}}
 */
export function phaseAt(phase) {
  const name = phase < TURN.first ? "out" : phase > TURN.last ? "back" : "turn";
  return { name, percent: Math.round(100 * phase) };
}

/**
 * The pose at a moment, between the two pictures around it; null where there is none.
 * @param {Poses} poses
 * @param {number} t_s
 * @returns {Place[] | null}
 */
export function poseAt({ t_s: times, points }, t_s) {
  const after = times.findIndex((one) => one >= t_s);
  if (after < 0) return places(points[times.length - 1]);
  if (after === 0) return places(points[0]);
  const [before_s, after_s] = pairAt(times, after - 1);
  const gap_s = after_s - before_s;
  const share = (t_s - before_s) / gap_s;
  if (gap_s > HOLE_S) return null;
  const mixed = points[after - 1]?.map((value, i) => {
    const next = points[after]?.[i] ?? null;
    return value === null || next === null ? null : value + share * (next - value);
  });
  return places(mixed);
}

/**
 * @param {(number | null)[]} [flat] none where there is no picture
 * @returns {Place[] | null}
 */
function places(flat = []) {
  /** @type {Place[]} */
  const found = [];
  for (let i = 0; i < flat.length; i += 2) {
    const [x, y] = [flat[i] ?? null, flat[i + 1] ?? null];
    found.push(x === null || y === null ? null : [x, y]);
  }
  return found.some((place) => place !== null) ? found : null;
}
