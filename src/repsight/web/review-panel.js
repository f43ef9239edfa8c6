// @ts-check
/** Where a lifter or a coach says that a finding is wrong. */

import { html, useEffect, useState } from "./vendor/preact.js";
import { loadReport, loadReviews, sendReview } from "./server.js";
import { fill, words } from "./words.js";

/**
 * @typedef {import("./server.js").SetReport} SetReport
 * @typedef {import("./server.js").Review} Review
 * @typedef {{kind: string, set_number: number, t_s: number, rule?: string}} Objection
 * @typedef {{label: string, action: string, objection: Objection}} Line
 */

/** @param {{id: string, attempt: (work: Promise<unknown>) => void, onChange: () => void}} props */
export function ReviewPanel({ id, attempt, onChange }) {
  const [sets, setSets] = useState(/** @type {SetReport[]} */ ([]));
  const [said, setSaid] = useState(/** @type {Review[]} */ ([]));
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => {
    loadReport(id).then((report) => setSets(report.sets), () => {});
    loadReviews(id).then(setSaid, () => {});
  }, [id]);
  const object = (/** @type {Objection} */ objection) => {
    setIsBusy(true);
    const work = sendReview(id, objection)
      .then((all) => {
        setSaid(all);
        onChange();
      })
      .finally(() => setIsBusy(false));
    attempt(work);
  };
  return html`
    <details class="more review">
      <summary class="button">${words.review.title}</summary>
      <p class="soft">${words.review.intro}</p>
      <p role="status">${isBusy ? words.review.working : ""}</p>
      ${sets.map((/** @type {SetReport} */ set, /** @type {number} */ i) => html`
        <section key=${i}>
          <h2>${fill(words.review.set, { number: String(i + 1), name: set.exercise.name })}</h2>
          <ul>${linesOf(set, i + 1).map((line) => html`<${LineRow} key=${line.label} ...${{ line, said, isBusy, object }} />`)}</ul>
        </section>`)}
    </details>
  `;
}

/** @param {{line: Line, said: Review[], isBusy: boolean, object: (one: Objection) => void}} props */
function LineRow({ line, said, isBusy, object }) {
  const { objection } = line;
  const isSame = (/** @type {Review} */ one) =>
    one.set_number === objection.set_number &&
    one.rule === (objection.rule ?? "") &&
    Math.abs(one.t_s - objection.t_s) < 0.01;
  const last = said.filter(isSame).pop();
  const isSaid = last !== undefined && last.kind !== "taken_back";
  const next = isSaid ? { ...objection, kind: "taken_back" } : objection;
  const action = isSaid ? words.review.undo : line.action;
  return html`
    <li class="row">
      <span>${line.label}${isSaid && html` <em class="soft">${fill(words.review.said, { what: line.action })}</em>`}</span>
      <button disabled=${isBusy} aria-label=${`${action}: ${line.label}`} onClick=${() => object(next)}>${action}</button>
    </li>
  `;
}

/**
 * What can be objected to in a set, in the order of time, then of rules.
 * @param {SetReport} set
 * @param {number} set_number
 * @returns {Line[]}
 */
function linesOf(set, set_number) {
  const isCounted = set.counts === "reps" && set.exercise.id !== "unknown";
  const moves = [
    ...set.reps.map((rep) => ({
      label: fill(words.review.rep, { number: String(rep.number), time: clock(rep.turn_s) }),
      action: words.review.noRep,
      objection: { kind: "does_not_count", set_number, t_s: rep.turn_s },
    })),
    ...set.rejected.map((one) => ({
      label: fill(words.review.refused, { time: clock(one.turn_s), reason: one.explanation }),
      action: words.review.counts,
      objection: { kind: "counts", set_number, t_s: one.turn_s },
    })),
  ].sort((a, b) => a.objection.t_s - b.objection.t_s);
  const faults = set.verdicts
    .filter((one) => one.outcome === "issue" || one.outcome === "watch")
    .map((one) => ({
      label: one.rep
        ? fill(words.review.fault, { title: one.title, number: String(one.rep) })
        : fill(words.review.wholeSet, { title: one.title }),
      action: words.review.noFault,
      objection: {
        kind: "not_a_fault",
        set_number,
        t_s: set.reps.find((rep) => rep.number === one.rep)?.turn_s ?? -1,
        rule: one.rule,
      },
    }));
  return [...(isCounted ? moves : []), ...faults];
}

/** @param {number} t_s */
const clock = (t_s) => `${Math.floor(t_s / 60)}:${(t_s % 60).toFixed(1).padStart(4, "0")}`;
