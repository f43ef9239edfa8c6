// @ts-check
/** What the pages of the history ask the server for. */

import { call } from "./server.js";

/**
 * @typedef {import("./amounts.js").Amount} Amount
 * @typedef {{direction: "rising"|"falling"|"no_change"|"unknown", amount: number | null,
 *   error: number | null}} Change
 * @typedef {{rule: string, title: string, found: number, judged: number}} Issue
 * @typedef {{clip: string, number: number, sets_in_clip: number, clip_name: string,
 *   origin: "upload"|"live", exercise: string, name: string, view: string, has_loop: boolean,
 *   counts: "reps"|"holds", rep_count: number, rejected: number, held_s: number, when: string,
 *   issues: Issue[]}} SetSeen
 * @typedef {{when: string, sets: SetSeen[]}} Session
 * @typedef {{sessions: Session[], exercises: {id: string, name: string, sets: number}[]}} History
 * @typedef {{clip: string, number: number, when: string, value: number, error: number | null,
 *   view: string, is_compared: boolean}} Point
 * @typedef {{id: string, kind: "measure"|"issue", name: string, unit: string, points: Point[],
 *   change: Change}} Trend
 * @typedef {{kind: "reps"|"held"|"range"|"speed", amount: Amount, clip: string, number: number,
 *   when: string, is_clear: boolean}} Best
 * @typedef {{trends: Trend[], bests: Best[]}} Trends
 * @typedef {{number: number, start_s: number, turn_start_s: number, turn_end_s: number,
 *   end_s: number}} Turn
 * @typedef {{clip: string, number: number, clip_name: string, when: string, exercise: string,
 *   name: string, view: string, rep_count: number, t_s: number[], points: (number | null)[][],
 *   bones: [number, number][], turns: Turn[], has_video: boolean,
 *   placed: {x: number, y: number, length: number, is_mirrored: boolean} | null}} Replay
 * @typedef {{id: string, name: string, first: Amount, second: Amount, change: Change,
 *   why_not: string}} Compared
 * @typedef {{first: Replay, second: Replay, numbers: Compared[]}} Comparison
 * @typedef {{exercise: string, name: string, made_at: string, view: string, reps: number,
 *   range: number, error: number, unit: string, least: number, usual_least: number,
 *   proportions: {trunk: number, leg: number, arm: number} | null,
 *   at_rest: {title: string, value: number, unit: string, error: number}[]}} Calibration
 */

/** @returns {Promise<History>} */
export const loadHistory = () => call("/api/history");

/**
 * @param {string} exercise
 * @returns {Promise<Trends>}
 */
export const loadTrends = (exercise) => call(`/api/history/${encodeURIComponent(exercise)}`);

/**
 * Two sets, each as the clip's id, a point and the set's number.
 * @param {string} first
 * @param {string} second
 * @returns {Promise<Comparison>}
 */
export const loadComparison = (first, second) =>
  call(`/api/compare?${new URLSearchParams({ first, second })}`);

/**
 * @param {string} clip
 * @param {number} number
 */
export const removeSet = (clip, number) => call(`/api/clips/${clip}/sets/${number}`, { method: "DELETE" });

/**
 * @param {string} clip
 * @param {string} day as a date field has it
 */
export const sendDay = (clip, day) =>
  call(`/api/clips/${clip}/recorded`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ recorded_at: new Date(`${day}T12:00`).toISOString() }),
  });

/** Everything on the server, and what this browser keeps of it. */
export async function deleteEverything() {
  await call("/api/everything?sure=yes", { method: "DELETE" });
  sessionStorage.clear();
  localStorage.clear();
}

/**
 * @param {string} clip
 * @param {number} number
 * @param {string} form
 */
export const exportAddress = (clip, number, form) => `/api/clips/${clip}/sets/${number}/export.${form}`;

/** @returns {Promise<Calibration[]>} */
export const loadCalibrations = () => call("/api/calibrations");

/**
 * Learn from a clip or a live set; all calibrations there are then.
 * @param {string} clip
 * @param {string} exercise
 * @returns {Promise<Calibration[]>}
 */
export const learnFrom = (clip, exercise) =>
  call("/api/calibrations", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ clip, exercise }),
  });

/** @param {string} exercise */
export const forgetCalibration = (exercise) => call(`/api/calibrations/${exercise}`, { method: "DELETE" });
