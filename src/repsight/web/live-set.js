// @ts-check
/** What a live set looks like to the lifter: a fold over what the server says. */

import { numberAt } from "./numbers.js";

/**
 * @typedef {{exercise: string, count: number, held_s: number, phase: string, depth: number, isPaused: boolean,
 *   cue: string, cueRep: number, saidRep: number, quietReps: number, rejected: string, isSeen: boolean, knownUntil_s: number,
 *   movedAt_s: number, movedDepth: number, repsAt_s: number[]}} LiveSet what the server has seen until `knownUntil_s`, in
 *   seconds of the set as the camera took it: how late the words come says nothing about the lifter.
 *   The cue is on the screen since the repetition `cueRep`, was spoken at `saidRep`, and is not spoken
 *   again for `quietReps`
 * @typedef {{text: string, isCue: boolean}} Spoken
 */

/** @type {LiveSet} */
export const NEW_SET = {
  exercise: "",
  count: 0,
  held_s: 0,
  phase: "rest",
  depth: 0,
  isPaused: false,
  cue: "",
  cueRep: 0,
  saidRep: 0,
  quietReps: 0,
  rejected: "",
  isSeen: true,
  knownUntil_s: NaN,
  movedAt_s: NaN,
  movedDepth: NaN,
  repsAt_s: [],
};

/**
 * A cue leaves the screen after this many repetitions without it. For as many it is not spoken again,
 * then for twice as many, and so on: feedback that fades.
 */
const FADE_REPS = 2;
/** A set is over after this long at rest, or after two slow repetitions; heuristic. */
const REST_S = 8;
const LOST_S = 6;
/** Nobody stays on the way for so long without moving: then that is where they rest; heuristic. */
const STUCK_S = 20;
const MOVED_DEPTH = 0.1;

/**
 * @param {LiveSet} set
 * @param {import("./live-socket.js").Said} said
 * @param {number} at_s when the last frame was taken that the server speaks of; NaN where unknown
 * @returns {LiveSet}
 */
export function afterSaid(set, said, at_s) {
  // who left in the middle of a repetition is not on the way back
  const isMoving = set.isSeen && (said.phase !== set.phase || isUnderWay(set, said));
  const next = {
    ...set,
    exercise: said.exercise || set.exercise,
    count: said.count,
    held_s: said.held_s,
    phase: said.phase,
    depth: Math.max(0, Math.min(1, said.depth ?? 0)),
    knownUntil_s: Number.isFinite(at_s) ? at_s : set.knownUntil_s,
    movedAt_s: isMoving || !Number.isFinite(set.movedAt_s) ? at_s : set.movedAt_s,
    movedDepth: isMoving ? (said.depth ?? NaN) : set.movedDepth,
  };
  return (said.events ?? []).reduce(afterEvent, next);
}

/**
 * Whether the lifter holds a position or gets on; without a depth every phase but rest is a movement.
 * @param {LiveSet} set
 * @param {import("./live-socket.js").Said} said
 */
function isUnderWay(set, said) {
  if (said.phase === "rest") return false;
  const isStill = Math.abs((said.depth ?? NaN) - set.movedDepth) <= MOVED_DEPTH;
  return said.phase === "held" || !isStill;
}

/**
 * @param {LiveSet} set
 * @param {import("./live-socket.js").LiveEvent} event
 * @returns {LiveSet}
 */
function afterEvent(set, event) {
  switch (event.type) {
    case "rep_ended": {
      const isStale = event.number - set.cueRep > FADE_REPS;
      return {
        ...set,
        rejected: "",
        cue: isStale ? "" : set.cue,
        repsAt_s: [...set.repsAt_s, event.t_s],
      };
    }
    case "rep_rejected":
      return { ...set, rejected: event.reason };
    case "counter_paused":
      return { ...set, isPaused: true };
    case "counter_resumed":
      return { ...set, isPaused: false };
    case "cue_given":
      return afterCue(set, event.text);
    case "quality_changed":
      return { ...set, isSeen: event.is_visible, movedAt_s: event.t_s };
    default:
      return set;
  }
}

/**
 * @param {LiveSet} set
 * @param {string} cue
 * @returns {LiveSet}
 */
function afterCue(set, cue) {
  const shown = { ...set, cue, cueRep: set.count };
  if (cue !== set.cue) return { ...shown, saidRep: set.count, quietReps: FADE_REPS };
  if (set.count - set.saidRep < set.quietReps) return shown;
  return { ...shown, saidRep: set.count, quietReps: 2 * set.quietReps };
}

/**
 * What to say aloud after a message: at most one thing.
 * @param {LiveSet} before
 * @param {LiveSet} after
 * @param {import("./live-socket.js").LiveEvent[]} events
 * @param {import("./words.js").words} words
 */
export function spokenAfter(before, after, events, words) {
  const cue = events.find((event) => event.type === "cue_given");
  if (cue && (cue.text !== before.cue || after.saidRep > before.saidRep)) return cue.text;
  if (events.some((event) => event.type === "counter_paused")) return words.live.pausedAloud;
  if (after.count > before.count) return String(after.count);
  const held = events.find((event) => event.type === "hold_time");
  if (held && Math.round(held.total_s) % 10 === 0) return String(Math.round(held.total_s));
  return "";
}

/**
 * Whether the set ended by itself: the lifter rests or has left. A server that is silent ends
 * nothing; what it missed meanwhile is judged when it speaks again.
 * @param {LiveSet} set
 */
export function isOver(set) {
  if (set.count === 0 && set.held_s === 0) return false;
  const quiet_s = set.knownUntil_s - set.movedAt_s;
  if (!set.isSeen) return quiet_s > LOST_S;
  const gaps = set.repsAt_s.slice(1).map((at, i) => at - numberAt(set.repsAt_s, i));
  const usual_s = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  return quiet_s > Math.max(set.phase === "rest" ? REST_S : STUCK_S, 2.5 * usual_s);
}
