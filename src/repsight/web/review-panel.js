// @ts-check
/** Where a lifter or a coach says that a finding is wrong. */

import { html, useEffect, useState } from "./vendor/preact.js";
import { clockOf } from "./amounts.js";
import { loadReport, loadReviews, sendReview } from "./server.js";
import { fill, words } from "./words.js";

/**
 * @typedef {import("./server.js").SetReport} SetReport
 * @typedef {import("./server.js").Review} Review
 * @typedef {import("./server.js").Exercise} Exercise
 * @typedef {{kind: string, set_number: number, t_s: number, rule?: string, exercise?: string}} Objection
 * @typedef {{label: string, action: string, objection: Objection}} Line
 */

/** What is said of a set as a whole has this moment. */
const WHOLE_S = -1;

/** @param {{id: string, exercises: Exercise[], attempt: (work: Promise<unknown>) => void,
 *   onChange: (isReviewed: boolean) => void}} props */
export function ReviewPanel({ id, exercises, attempt, onChange }) {
  const [first, setFirst] = useState(/** @type {SetReport[]} */ ([]));
  const [again, setAgain] = useState(/** @type {SetReport[]} */ ([]));
  const [said, setSaid] = useState(/** @type {Review[]} */ ([]));
  const [isBusy, setIsBusy] = useState(false);
  useEffect(() => {
    loadReport(id, "report.json").then((report) => setFirst(report.sets), () => {});
    loadReviews(id).then(setSaid, () => {});
  }, [id]);
  const held = standing(said);
  const isRenamed = held.some((/** @type {Review} */ one) => one.kind === "wrong_exercise");
  useEffect(() => {
    if (isRenamed) loadReport(id, "reviewed.json").then((report) => setAgain(report.sets), () => setAgain([]));
  }, [id, said.length]);
  const object = (/** @type {Objection} */ objection) => {
    setIsBusy(true);
    const work = sendReview(id, objection)
      .then((all) => {
        setSaid(all);
        onChange(standing(all).length > 0);
      })
      .finally(() => setIsBusy(false));
    attempt(work);
  };
  return html`
    <details class="more review">
      <summary class="button">${words.review.title}</summary>
      <p class="soft">${words.review.intro}</p>
      <p role="status">${isBusy ? words.review.working : ""}</p>
      ${first.map((/** @type {SetReport} */ set, /** @type {number} */ i) => {
        const was = held.find((/** @type {Review} */ one) => one.kind === "wrong_exercise" && one.set_number === i + 1)?.exercise;
        // another exercise has other repetitions and findings
        const lines = linesOf((was && again[i]) || set, i + 1);
        return html`
        <section key=${i}>
          <h2>${fill(words.review.set, { number: String(i + 1), name: set.exercise.name })}</h2>
          <ul><${ExerciseRow} ...${{ set, set_number: i + 1, was, exercises, isBusy, object }} />
            ${lines.map((line) => html`<${LineRow} key=${line.label} ...${{ line, said, isBusy, object }} />`)}</ul>
        </section>`;
      })}
    </details>
  `;
}

/**
 * What still holds: the last word on each place and rule.
 * @param {Review[]} said
 */
function standing(said) {
  const last = new Map(said.map((one) => [`${one.set_number} ${one.t_s.toFixed(2)} ${one.rule}`, one]));
  return [...last.values()].filter((one) => one.kind !== "taken_back");
}

/**
 * @param {{set: SetReport, set_number: number, was: string | undefined, exercises: Exercise[], isBusy: boolean,
 *   object: (one: Objection) => void}} props
 */
function ExerciseRow({ set, set_number, was, exercises, isBusy, object }) {
  const [chosen, setChosen] = useState("");
  const id = `was-${set_number}`;
  const place = { set_number, t_s: WHOLE_S };
  if (was) {
    const name = exercises.find((one) => one.id === was)?.name ?? was;
    return html`<li class="row"><span>${fill(words.review.itWas, { name })}</span>
      <button disabled=${isBusy} onClick=${() => object({ ...place, kind: "taken_back" })}>${words.review.undo}</button></li>`;
  }
  return html`
    <li class="row"><label for=${id}>${words.review.was}</label>
      <select id=${id} value=${chosen} onChange=${(/** @type {any} */ event) => setChosen(event.target.value)}>
        <option value="">${words.review.choose}</option>
        ${exercises.filter((one) => one.id !== set.exercise.id).map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}
      </select>
      <button disabled=${isBusy || !chosen} onClick=${() => object({ ...place, kind: "wrong_exercise", exercise: chosen })}>${words.review.rename}</button></li>
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
      label: fill(words.review.rep, { number: String(rep.number), time: clockOf(rep.turn_s) }),
      action: words.review.noRep,
      objection: { kind: "does_not_count", set_number, t_s: rep.turn_s },
    })),
    ...set.rejected.map((one) => ({
      label: fill(words.review.refused, { time: clockOf(one.turn_s), reason: one.explanation }),
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
