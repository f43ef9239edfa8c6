// @ts-check
/** What was trained: sessions and sets, trends, personal bests, and all of it to take or delete. */

import { html, useEffect, useState } from "./vendor/preact.js";
import { countWords, dayOf, timeOf, withError } from "./amounts.js";
import { deleteEverything, exportAddress, loadHistory, loadTrends, removeSet, sendDay } from "./history-server.js";
import { TrendChart } from "./trend-chart.js";
import { fill, words } from "./words.js";

/**
 * @typedef {import("./history-server.js").History} History
 * @typedef {import("./history-server.js").SetSeen} SetSeen
 * @typedef {import("./history-server.js").Trends} Trends
 * @typedef {(work: Promise<unknown>) => void} Attempt
 */

const nameOf = (/** @type {{clip: string, number: number}} */ set) => `${set.clip}.${set.number}`;
const FORMS = /** @type {const} */ (["json", "csv", "trc", "npz"]);

/** @param {{route: string, clips: import("./server.js").Clip[] | null}} props */
export function HistoryPage({ route, clips }) {
  const exercise = new URLSearchParams(route.split("?")[1]).get("exercise") ?? "";
  const [history, setHistory] = useState(/** @type {History | null} */ (null));
  const [trends, setTrends] = useState(/** @type {Trends | null} */ (null));
  const [problem, setProblem] = useState("");
  const [note, setNote] = useState("");
  const attempt = (/** @type {Promise<unknown>} */ work) => {
    setProblem("");
    work.catch((error) => setProblem(fill(words.failed, { message: error.message })));
  };
  const reload = async () => {
    setHistory(await loadHistory());
    setTrends(exercise ? await loadTrends(exercise) : null);
  };
  useEffect(() => {
    document.title = `${words.history.title} - ${words.title}`;
  }, []);
  // again whenever a clip comes, goes or is done
  const standing = (clips ?? []).map((clip) => clip.id + clip.state + clip.files).join();
  useEffect(() => attempt(reload()), [exercise, standing]);
  const remove = () => {
    if (!confirm(words.history.deleteAllAsk)) return;
    attempt(deleteEverything().then(reload).then(() => setNote(words.history.deleted)));
  };
  return html`
    <main id="main" tabindex="-1">
      <h1 class="page">${words.history.title}</h1>
      <p class="problem" role="alert">${problem}</p>
      <p role="status">${note || (history ? "" : words.history.loading)}</p>
      ${history && history.sessions.length === 0 && html`<p class="soft">${words.history.empty}</p>`}
      ${history && history.sessions.length > 0 && html`
        <${Filter} history=${history} exercise=${exercise} />
        ${trends && html`<${Progress} trends=${trends} />`}
        <${Sessions} history=${history} exercise=${exercise} attempt=${attempt} reload=${reload} />`}
      <section class="card" aria-labelledby="yours"><h2 id="yours">${words.history.yours}</h2>
        <p class="soft">${words.history.yoursIntro}</p>
        <div class="row">
          <a class="button" href="/api/export" download>${words.history.exportAll}</a>
          <button class="danger" onClick=${remove}>${words.history.deleteAll}</button>
        </div></section>
    </main>
  `;
}

/** @param {{history: History, exercise: string}} props */
function Filter({ history, exercise }) {
  const choose = (/** @type {any} */ event) => {
    location.hash = event.target.value ? `#/history?exercise=${event.target.value}` : "#/history";
  };
  return html`
    <div class="row tools"><label for="filter">${words.history.exercise}</label>
      <select id="filter" value=${exercise} onChange=${choose}>
        <option value="">${words.history.all}</option>
        ${history.exercises.map((one) => html`<option key=${one.id} value=${one.id}>${`${one.name} (${one.sets})`}</option>`)}
      </select></div>
  `;
}

/** @param {{trends: Trends}} props */
function Progress({ trends }) {
  return html`
    ${trends.bests.length > 0 && html`<section aria-labelledby="bests"><h2 id="bests" class="part">${words.history.bests}</h2>
      <dl class="bests">${trends.bests.map((best) => html`<div key=${best.kind}>
        <dt>${words.history.best[best.kind]}</dt>
        <dd><strong>${withError(best.amount)}</strong> <a href=${`#/clips/${best.clip}`}>${dayOf(best.when)}</a>
          ${!best.is_clear && html` <span class="soft">${best.kind === "reps" ? words.history.again : words.history.notClear}</span>`}</dd></div>`)}</dl></section>`}
    ${trends.trends.length > 0 && html`<section aria-labelledby="trends"><h2 id="trends" class="part">${words.history.trends}</h2>
      <p class="soft">${words.history.trendsIntro}</p>
      <${Charts} trends=${trends.trends.filter((trend) => !isOwn(trend))} />
      ${trends.trends.some(isOwn) && html`<details class="more"><summary>${words.history.more}</summary>
        <${Charts} trends=${trends.trends.filter(isOwn)} /></details>`}</section>`}
  `;
}

/** Whether a number belongs to this exercise only. */
const isOwn = (/** @type {import("./history-server.js").Trend} */ trend) => trend.kind === "measure" && trend.name !== "";

/** @param {{trends: import("./history-server.js").Trend[]}} props */
const Charts = ({ trends }) =>
  html`<div class="trends">${trends.map((trend) => html`<${TrendChart} key=${trend.kind + trend.id} trend=${trend} />`)}</div>`;

/** @param {{history: History, exercise: string, attempt: Attempt, reload: () => Promise<void>}} props */
function Sessions({ history, exercise, attempt, reload }) {
  const [chosen, setChosen] = useState(/** @type {SetSeen[]} */ ([]));
  const sessions = history.sessions
    .map((session) => ({ ...session, sets: session.sets.filter((set) => !exercise || set.exercise === exercise) }))
    .filter((session) => session.sets.length > 0);
  const there = new Set(history.sessions.flatMap((session) => session.sets.map(nameOf)));
  const pair = chosen.filter((/** @type {SetSeen} */ set) => there.has(nameOf(set)));
  const toggle = (/** @type {SetSeen} */ set) => {
    const others = pair.filter((/** @type {SetSeen} */ one) => nameOf(one) !== nameOf(set));
    setChosen(others.length < pair.length ? others : [...pair.slice(-1), set]);
  };
  const act = (/** @type {Promise<unknown>} */ work) => attempt(work.then(reload));
  return html`
    <section aria-labelledby="sessions"><h2 id="sessions" class="part">${words.history.sessions}</h2>
      <${Pair} pair=${pair} />
      ${sessions.map((session) => html`<section key=${session.when + session.sets.length}>
        <h3 class="day">${dayOf(session.when)}</h3>
        <ul class="clips">${session.sets.map((set) => html`<${SetRow} key=${nameOf(set)} set=${set} act=${act}
          isChosen=${pair.some((/** @type {SetSeen} */ one) => nameOf(one) === nameOf(set))} toggle=${() => toggle(set)} />`)}</ul>
      </section>`)}
    </section>
  `;
}

/** @param {{pair: SetSeen[]}} props */
function Pair({ pair }) {
  const [one, other] = pair;
  if (!one || !other) return html`<p class="soft" role="status">${words.history.compareHint}</p>`;
  if (one.exercise !== other.exercise) {
    return html`<p class="problem" role="status">${words.history.compareOther}</p>`;
  }
  const [first, second] = [...pair].sort((a, b) => a.when.localeCompare(b.when)).map(nameOf);
  return html`<p class="pair" role="status"><a class="button primary" href=${`#/compare?first=${first}&second=${second}`}>${words.history.compare}</a></p>`;
}

/** @param {{set: SetSeen, act: Attempt, isChosen: boolean, toggle: () => void}} props */
function SetRow({ set, act, isChosen, toggle }) {
  const date = dayOf(set.when);
  const isOnly = set.sets_in_clip === 1;
  const removal = isOnly ? words.history.removeClip : words.history.removeSet;
  const remove = () => {
    const told = { name: set.clip_name, set: set.name, others: String(set.sets_in_clip - 1) };
    const ask = isOnly ? words.history.removeClipAsk : words.history.removeSetAsk;
    if (confirm(fill(ask, told))) act(removeSet(set.clip, set.number));
  };
  return html`
    <li class="clip set">
      <div class="head"><h4><a href=${`#/clips/${set.clip}`}>${set.name}</a></h4>
        <p class="state">${countWords(set)}</p></div>
      <p class="soft">${words.history[set.origin]}, ${set.clip_name}, ${timeOf(set.when)}${set.rejected > 0 && `, ${fill(words.history.rejected, { count: String(set.rejected) })}`}</p>
      <ul class="row chips">${set.issues.length === 0 && html`<li>${words.history.noIssues}</li>`}
        ${set.issues.map((issue) => html`<li key=${issue.rule} class="found">${fill(words.history.issue, { title: issue.title, found: String(issue.found), judged: String(issue.judged) })}</li>`)}</ul>
      <div class="row actions">
        <label class="button choice"><input type="checkbox" checked=${isChosen} onChange=${toggle} aria-label=${fill(words.history.chooseOf, { name: set.name, date })} />${words.history.choose}</label>
        <details class="more"><summary class="button">${words.history.details}<span class="unseen">: ${set.name}, ${date}</span></summary>
          <div class="row"><span>${words.history.take}</span>
            ${FORMS.map((form) => html`<a key=${form} href=${exportAddress(set.clip, set.number, form)} download>${words.history.forms[form]}</a>`)}</div>
          <div class="row"><label class="button day-field">${words.history.day} <input type="date" value=${localDay(set.when)} max=${localDay(new Date().toISOString())}
              onChange=${(/** @type {any} */ event) => event.target.value && act(sendDay(set.clip, event.target.value))} /></label>
            <button class="danger" onClick=${remove} aria-label=${`${removal}: ${set.name}, ${date}`}>${removal}</button></div></details>
      </div>
    </li>
  `;
}

/**
 * A day as a date field wants it, where the lifter is.
 * @param {string} when
 */
function localDay(when) {
  const date = new Date(when);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
