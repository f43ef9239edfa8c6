// @ts-check
/** What Repsight knows of the lifter's own body and range: made, shown, made again, forgotten. */

import { html, useEffect, useState } from "./vendor/preact.js";
import { amountWords, dayOf, timeOf, withError } from "./amounts.js";
import { forgetCalibration, learnFrom, loadCalibrations, loadHistory } from "./history-server.js";
import { fill, wordFor, words } from "./words.js";

/**
 * @typedef {import("./history-server.js").Calibration} Calibration
 * @typedef {import("./history-server.js").SetSeen} SetSeen
 * @typedef {(work: Promise<unknown>) => void} Attempt
 */

/** The live page opens with the exercise that was chosen last; this is where it looks. */
const LIVE_EXERCISE = "repsight-exercise";
const MOST_SETS = 8;

/** @param {{route: string, clips: import("./server.js").Clip[] | null, exercises: import("./server.js").Exercise[]}} props */
export function CalibrationPage({ route, clips, exercises }) {
  const asked = new URLSearchParams(route.split("?")[1]);
  const [known, setKnown] = useState(/** @type {Calibration[]} */ ([]));
  const [sets, setSets] = useState(/** @type {SetSeen[]} */ ([]));
  const [problem, setProblem] = useState("");
  const [note, setNote] = useState("");
  const attempt = (/** @type {Promise<unknown>} */ work) => {
    setProblem("");
    setNote("");
    work.catch((error) => setProblem(fill(words.failed, { message: error.message })));
  };
  useEffect(() => {
    document.title = `${words.calibration.title} - ${words.title}`;
    attempt(loadCalibrations().then(setKnown));
  }, []);
  const standing = (clips ?? []).map((clip) => clip.id + clip.files).join();
  useEffect(() => {
    loadHistory().then((history) => setSets(history.sessions.flatMap((session) => [...session.sets].reverse())), () => {});
  }, [standing]);
  const learn = (/** @type {string} */ clip, /** @type {string} */ exercise) =>
    attempt(learnFrom(clip, exercise).then((all) => (setKnown(all), setNote(words.calibration.learned))));
  const forget = (/** @type {Calibration} */ one) => {
    if (!confirm(fill(words.calibration.forgetAsk, { name: one.name }))) return;
    attempt(forgetCalibration(one.exercise).then(loadCalibrations).then(setKnown).then(() => setNote(words.calibration.forgotten)));
  };
  return html`
    <main id="main" tabindex="-1">
      <h1 class="page">${words.calibration.title}</h1>
      <p>${words.calibration.intro}</p>
      <p class="problem" role="alert">${problem}</p>
      <p role="status">${note}</p>
      ${known.map((/** @type {Calibration} */ one) => html`<${Shown} key=${one.exercise} one=${one} forget=${() => forget(one)} />`)}
      <${Make} exercises=${exercises} sets=${sets} asked=${asked} learn=${learn} />
      <${Honest} />
    </main>
  `;
}

/** @param {{one: Calibration, forget: () => void}} props */
function Shown({ one, forget }) {
  const { calibration: said } = words;
  const shares = one.proportions;
  return html`
    <section class="card known" aria-labelledby=${`known-${one.exercise}`}>
      <h2 id=${`known-${one.exercise}`}>${one.name}</h2>
      <p class="soft">${fill(said.made, { date: dayOf(one.made_at), reps: String(one.reps), view: wordFor(words.history.views, one.view) ?? one.view })}</p>
      <dl class="facts">
        <div><dt>${said.range}</dt><dd>${withError({ value: one.range, unit: one.unit, error: one.error })}</dd></div>
        <div><dt>${said.least}</dt><dd>${amountWords(one.least, one.unit)} <span class="soft">${fill(said.before, { amount: amountWords(one.usual_least, one.unit) })}</span></dd></div>
        ${shares && html`<div><dt>${said.proportions}</dt><dd>${fill(said.shares, { trunk: percent(shares.trunk), leg: percent(shares.leg), arm: percent(shares.arm) })}</dd></div>`}
        ${one.at_rest.map((rest) => html`<div key=${rest.title}><dt>${fill(said.rest, { title: rest.title })}</dt><dd>${withError(rest)}</dd></div>`)}
      </dl>
      <button onClick=${forget} aria-label=${`${said.forget}: ${one.name}`}>${said.forget}</button>
    </section>
  `;
}

const percent = (/** @type {number} */ share) => (100 * share).toFixed(0);

/**
 * @param {{exercises: import("./server.js").Exercise[], sets: SetSeen[], asked: URLSearchParams,
 *   learn: (clip: string, exercise: string) => void}} props
 */
function Make({ exercises, sets, asked, learn }) {
  const wanted = asked.get("clip");
  const [chosen, setExercise] = useState("");
  // a live set whose exercise was found out is named by its report
  const found = sets.find((set) => set.clip === wanted)?.exercise;
  const isKnown = (/** @type {string | null | undefined} */ id) => exercises.some((one) => one.id === id && !one.is_hold);
  const exercise = [chosen, found, asked.get("exercise"), localStorage.getItem(LIVE_EXERCISE)].find(isKnown) ?? "squat";
  const own = sets
    .filter((set, i) => set.exercise === exercise && sets.findIndex((one) => one.clip === set.clip) === i)
    .sort((a, b) => Number(b.clip === wanted) - Number(a.clip === wanted))
    .slice(0, MOST_SETS);
  const live = () => localStorage.setItem(LIVE_EXERCISE, exercise);
  return html`
    <section class="card" aria-labelledby="make"><h2 id="make">${words.calibration.make}</h2>
      <div class="field"><label for="calibrate">${words.exercise}</label>
        <select id="calibrate" value=${exercise} onChange=${(/** @type {any} */ event) => setExercise(event.target.value)}>
          ${exercises.filter((one) => !one.is_hold).map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select></div>
      <ol class="steps">${words.calibration.steps.map((step) => html`<li key=${step}>${step}</li>`)}</ol>
      <a class="button primary" href="#/live" onClick=${live}>${words.calibration.live}</a>
      <p>${own.length ? words.calibration.choose : words.calibration.none}</p>
      <ul class="clips wide-list">${own.map((set) => html`<li key=${set.clip} class="row between">
        <span>${dayOf(set.when)}, ${timeOf(set.when)} <span class="soft">${set.clip_name}</span></span>
        <button class=${set.clip === wanted ? "primary" : ""} onClick=${() => learn(set.clip, exercise)}
          aria-label=${`${words.calibration.use}: ${dayOf(set.when)}, ${timeOf(set.when)}, ${set.clip_name}`}>${words.calibration.use}</button></li>`)}</ul>
    </section>
  `;
}

function Honest() {
  const { calibration: said } = words;
  return html`
    <section aria-labelledby="changes"><h2 id="changes" class="part">${said.changesTitle}</h2>
      <ul class="plain">${said.changes.map((one) => html`<li key=${one}>${one}</li>`)}</ul>
      <h2 class="part">${said.staysTitle}</h2>
      <ul class="plain">${said.stays.map((one) => html`<li key=${one}>${one}</li>`)}</ul></section>
  `;
}
