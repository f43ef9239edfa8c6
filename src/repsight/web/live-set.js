// @ts-check
/** What a live set looks like to the lifter: a fold over what the server says. */

/**
 * @typedef {{exercise: string, count: number, held_s: number, phase: string, depth: number, isPaused: boolean,
 *   cue: string, cueRep: number, rejected: string, isSeen: boolean, movedAt_ms: number,
 *   repsAt_ms: number[]}} LiveSet
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
  rejected: "",
  isSeen: true,
  movedAt_ms: 0,
  repsAt_ms: [],
};

/** The same cue is spoken again only after this many repetitions: feedback that fades. */
const FADE_REPS = 2;
/** A set is over after this long at rest, or after two slow repetitions; heuristic. */
const REST_MS = 8000;
const LOST_MS = 6000;

/**
 * @param {LiveSet} set
 * @param {import("./live-socket.js").Said} said
 * @param {number} now_ms
 * @returns {LiveSet}
 */
export function afterSaid(set, said, now_ms) {
  const isMoving = said.phase !== "rest" || said.phase !== set.phase;
  const next = {
    ...set,
    exercise: said.exercise || set.exercise,
    count: said.count,
    held_s: said.held_s,
    phase: said.phase,
    depth: Math.max(0, Math.min(1, said.depth ?? 0)),
    movedAt_ms: isMoving || !set.movedAt_ms ? now_ms : set.movedAt_ms,
  };
  return (said.events ?? []).reduce((state, event) => afterEvent(state, event, now_ms), next);
}

/**
 * @param {LiveSet} set
 * @param {import("./live-socket.js").LiveEvent} event
 * @param {number} now_ms
 * @returns {LiveSet}
 */
function afterEvent(set, event, now_ms) {
  switch (event.type) {
    case "rep_ended": {
      const isStale = event.number - set.cueRep > FADE_REPS;
      return {
        ...set,
        rejected: "",
        cue: isStale ? "" : set.cue,
        repsAt_ms: [...set.repsAt_ms, now_ms],
      };
    }
    case "rep_rejected":
      return { ...set, rejected: event.reason };
    case "counter_paused":
      return { ...set, isPaused: true };
    case "counter_resumed":
      return { ...set, isPaused: false };
    case "cue_given":
      return { ...set, cue: event.text, cueRep: set.count };
    case "quality_changed":
      return { ...set, isSeen: event.is_visible, movedAt_ms: now_ms };
    default:
      return set;
  }
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
  const isFaded = cue && cue.text === before.cue && after.count - before.cueRep < FADE_REPS;
  if (cue && !isFaded) return cue.text;
  if (events.some((event) => event.type === "counter_paused")) return words.live.pausedAloud;
  if (after.count > before.count) return String(after.count);
  const held = events.find((event) => event.type === "hold_time");
  if (held && Math.round(held.total_s) % 10 === 0) return String(Math.round(held.total_s));
  return "";
}

/**
 * Whether the set ended by itself: the lifter rests or has left.
 * @param {LiveSet} set
 * @param {number} now_ms
 */
export function isOver(set, now_ms) {
  if (set.count === 0 && set.held_s === 0) return false;
  const quiet_ms = now_ms - set.movedAt_ms;
  if (!set.isSeen) return quiet_ms > LOST_MS;
  const gaps = set.repsAt_ms.slice(1).map((at, i) => at - set.repsAt_ms[i]);
  // the middle one: a lost connection makes one long gap, and what was waiting comes at once
  const usual_ms = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  return set.phase === "rest" && quiet_ms > Math.max(REST_MS, 2.5 * usual_ms);
}
