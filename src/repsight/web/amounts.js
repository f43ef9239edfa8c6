// @ts-check
/** Numbers with units and errors, days and times, in words. */

import { fill, wordFor, words } from "./words.js";

/** @typedef {{value: number | null, unit: string, error: number | null}} Amount */

const isShare = (/** @type {string} */ unit) => unit === "share";

/**
 * A number as its error deserves it: no digit that the error makes meaningless.
 * @param {number} value
 * @param {number | null} [error]
 */
export function digits(value, error) {
  if (error === 0) return value.toFixed(0);
  const scale = error ?? (Math.abs(value) / 50 || 1);
  const places = Math.min(3, Math.max(0, Math.ceil(-Math.log10(scale))));
  const text = value.toFixed(places);
  return Number(text) === 0 ? (0).toFixed(places) : text.replace("-", "\u2212");
}

/**
 * A number with its unit, without its error.
 * @param {number} value
 * @param {string} unit
 * @param {number | null} [error] how exact it is
 */
export function amountWords(value, unit, error) {
  const factor = isShare(unit) ? 100 : 1;
  return inUnit(digits(factor * value, error ? factor * error : error), unit);
}

/**
 * A number with its unit and its error.
 * @param {Amount} amount
 */
export function withError({ value, unit, error }) {
  if (value === null) return words.amounts.unknown;
  if (!error) return amountWords(value, unit, error);
  const factor = isShare(unit) ? 100 : 1;
  const exact = factor * error;
  const both = { value: digits(factor * value, exact), error: digits(exact, exact) };
  return inUnit(fill(words.amounts.withError, both), unit);
}

/**
 * @param {string} value
 * @param {string} unit
 */
function inUnit(value, unit) {
  const key = unit === "%" ? "percent" : unit;
  return fill(wordFor(words.amounts, key) ?? words.amounts.other, { value, unit }).trim();
}

/**
 * What a number of a set is called.
 * @param {string} id
 * @param {string} name as the exercise calls it, empty where every exercise has it
 */
export function measureName(id, name) {
  const own = name || wordFor(words.measures, id);
  if (own) return own;
  const stem = id.replace(/_trend$/, "");
  const inner = wordFor(words.measures, stem) ?? stem.replaceAll("_", " ");
  return stem === id ? inner : fill(words.measures.trend, { name: inner });
}

/** @param {string} when */
export const dayOf = (when) =>
  new Date(when).toLocaleDateString(undefined, { day: "numeric", month: "short", year: "numeric" });

/** @param {string} when */
export const timeOf = (when) =>
  new Date(when).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });

/** @param {number} t_s */
export function clockOf(t_s) {
  const tenths = Math.round(10 * t_s); // before it is cut into minutes: 59.97 is 1:00.0
  return `${Math.floor(tenths / 600)}:${((tenths % 600) / 10).toFixed(1).padStart(4, "0")}`;
}

/**
 * What was counted in a set.
 * @param {import("./history-server.js").SetSeen} set
 */
export function countWords(set) {
  if (set.counts === "holds") return fill(words.history.held, { count: set.held_s.toFixed(0) });
  return set.rep_count === 1 ? words.history.oneRep : fill(words.history.reps, { count: String(set.rep_count) });
}
