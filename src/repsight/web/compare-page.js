// @ts-check
/** Two sets side by side: skeletons in the same phase of a repetition, and their numbers. */

import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { amountWords, clockOf, dayOf, measureName, withError } from "./amounts.js";
import { Film, isBehind } from "./compare-video.js";
import { loadComparison } from "./history-server.js";
import { phaseAt, poseAt, timeAt } from "./phase.js";
import { fill, words } from "./words.js";

/**
 * @typedef {import("./history-server.js").Comparison} Comparison
 * @typedef {import("./history-server.js").Replay} Replay
 * @typedef {import("./history-server.js").Compared} Compared
 * @typedef {Record<"out"|"turn"|"back", string>} Names
 */

/** @type {Record<string, number>} */
const PACES = { full: 1, half: 0.5, quarter: 0.25 };

/** @param {{route: string, exercises: import("./server.js").Exercise[]}} props */
export function ComparePage({ route, exercises }) {
  const [comparison, setComparison] = useState(/** @type {Comparison | null} */ (null));
  const [problem, setProblem] = useState("");
  const asked = new URLSearchParams(route.split("?")[1]);
  const [first, second] = [asked.get("first") ?? "", asked.get("second") ?? ""];
  useEffect(() => {
    document.title = `${words.compare.title} - ${words.title}`;
    setProblem("");
    loadComparison(first, second).then(setComparison, (error) =>
      setProblem(fill(words.failed, { message: error.message })));
  }, [first, second]);
  const exercise = comparison?.first.exercise;
  return html`
    <main id="main" class="broad" tabindex="-1">
      <p><a href=${exercise ? `#/history?exercise=${exercise}` : "#/history"}>${words.compare.back}</a></p>
      <h1 class="page">${comparison ? fill(words.compare.titleOf, { name: comparison.first.name }) : words.compare.title}</h1>
      <p class="problem" role="alert">${problem}</p>
      ${!comparison && !problem && html`<p class="soft" role="status">${words.history.loading}</p>`}
      ${comparison && html`<${Stage} key=${first + second} comparison=${comparison} names=${namesOf(exercises.find((one) => one.id === exercise))} />
        <p><a class="button" href=${`#/compare?first=${second}&second=${first}`}>${words.compare.swap}</a></p>
        <${Numbers} comparison=${comparison} />`}
    </main>
  `;
}

/**
 * What the phases are called, in the terms of the exercise where it has any.
 * @param {import("./server.js").Exercise | undefined} exercise
 * @returns {Names}
 */
function namesOf(exercise) {
  const { out, turn, back } = words.compare.phases;
  const own = exercise?.phases;
  return { out: own?.out || out, turn: own?.turn || turn, back: own?.back || back };
}

/** @param {{comparison: Comparison, names: Names}} props */
function Stage({ comparison, names }) {
  const replays = [comparison.first, comparison.second];
  const [reps, setReps] = useState([0, 0]);
  const [phase, setPhase] = useState(0);
  const [pace, setPace] = useState("half");
  const [isPlaying, setIsPlaying] = useState(false);
  const [isOver, setIsOver] = useState(false);
  const [hasFilms, setHasFilms] = useState(replays.some(isFilmed));
  const turn = comparison.first.turns[reps[0] ?? 0];
  const perSecond = turn ? (PACES[pace] ?? 1) / (turn.end_s - turn.start_s) : 0.25;
  const stage = useRef(/** @type {HTMLElement | null} */ (null));
  usePlaying(isPlaying, perSecond, setPhase, stage);
  const choose = (/** @type {number} */ side, /** @type {number} */ rep) =>
    setReps(reps.map((/** @type {number} */ one, /** @type {number} */ i) => (i === side ? rep : one)));
  const { name, percent } = phaseAt(phase);
  const said = fill(words.compare.phaseText, { phase: names[name], percent: String(percent) });
  const box = boxOf(replays);
  const shared = { phase, names, box, hasFilms, perSecond: isPlaying ? perSecond : 0 };
  const views = replays.map((replay, i) => ({ replay, rep: reps[i], kind: i === 0 ? "first" : "second" }));
  return html`
    <div class=${`pair-stage ${isOver ? "over" : ""}`} ref=${stage}>
      ${isOver
        ? html`<${Picture} views=${views} ...${shared} />`
        : views.map((view) => html`<${Picture} key=${view.kind} views=${[view]} ...${shared} />`)}
    </div>
    <div class="pair-labels">${views.map((view, i) => html`<${Side} key=${view.kind} view=${view} phase=${phase} choose=${(/** @type {number} */ rep) => choose(i, rep)} />`)}</div>
    <div class="card scrub">
      <label for="phase">${words.compare.phase}</label>
      <input id="phase" type="range" min="0" max="1000" value=${Math.round(1000 * phase)} aria-valuetext=${said}
        onInput=${(/** @type {any} */ event) => (setIsPlaying(false), setPhase(Number(event.target.value) / 1000))} />
      <p aria-hidden="true">${said}</p>
      <div class="row">
        <button class="primary" onClick=${() => setIsPlaying(!isPlaying)}>${isPlaying ? words.compare.stop : words.compare.play}</button>
        <label for="pace">${words.compare.pace}</label>
        <select id="pace" value=${pace} onChange=${(/** @type {any} */ event) => setPace(event.target.value)}>
          ${Object.entries(words.compare.paces).map(([id, text]) => html`<option key=${id} value=${id}>${text}</option>`)}</select>
        <label class="button choice"><input type="checkbox" checked=${isOver} onChange=${() => setIsOver(!isOver)} />${words.compare.overlay}</label>
        ${replays.some(isFilmed) && html`<label class="button choice"><input type="checkbox" checked=${hasFilms} onChange=${() => setHasFilms(!hasFilms)} />${words.compare.films}</label>`}
      </div>
    </div>
  `;
}

/**
 * Lets the phase run while it plays, and wait for a video that is not where it should be.
 * @param {boolean} isPlaying
 * @param {number} perSecond
 * @param {(change: (phase: number) => number) => void} setPhase
 * @param {{current: HTMLElement | null}} stage
 */
function usePlaying(isPlaying, perSecond, setPhase, stage) {
  useEffect(() => {
    if (!isPlaying) return undefined;
    let last_ms = performance.now();
    let asked = requestAnimationFrame(function step(now_ms) {
      const passed = ((now_ms - last_ms) / 1000) * perSecond;
      last_ms = now_ms;
      if (![...(stage.current?.querySelectorAll("video") ?? [])].some(isBehind)) setPhase((phase) => (phase + Math.max(0, passed)) % 1);
      asked = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(asked);
  }, [isPlaying, perSecond]);
}

/** @param {{view: {replay: Replay, rep: number, kind: string}, phase: number, choose: (rep: number) => void}} props */
function Side({ view, phase, choose }) {
  const { replay, rep, kind } = view;
  const turn = replay.turns[rep];
  const id = `rep-${kind}`;
  return html`
    <div class=${`side ${kind}`}>
      <p><strong>${kind === "first" ? words.compare.first : words.compare.second}</strong> <a href=${`#/clips/${replay.clip}`}>${dayOf(replay.when)}</a></p>
      <p class="soft">${replay.clip_name}</p>
      <div class="row"><label for=${id}>${words.compare.rep}</label>
        <select id=${id} value=${String(rep)} onChange=${(/** @type {any} */ event) => choose(Number(event.target.value))}>
          ${replay.turns.map((one, i) => html`<option key=${one.number} value=${String(i)}>${one.number}</option>`)}</select>
        ${turn && html`<span class="soft">${fill(words.compare.at, { time: clockOf(timeAt(turn, phase)) })}</span>`}</div>
    </div>
  `;
}

/** @param {Replay} replay */
const isFilmed = (replay) => replay.has_video && replay.placed !== null;

/**
 * @param {{views: {replay: Replay, rep: number, kind: string}[], phase: number, perSecond: number,
 *   hasFilms: boolean, names: Names, box: import("./compare-video.js").Box}} props
 */
function Picture({ views, phase, perSecond, hasFilms, names, box }) {
  // the moment of the picture on the screen: a skeleton belongs to its picture, not to the slider
  const [shown, setShown] = useState(/** @type {Record<string, number | null>} */ ({}));
  const label = views
    .map(({ replay, rep }) =>
      fill(words.compare.skeleton, {
        name: replay.name,
        date: dayOf(replay.when),
        rep: String(replay.turns[rep]?.number ?? ""),
        phase: names[phaseAt(phase).name],
      }))
    .join("; ");
  const moment = (/** @type {string} */ kind, /** @type {import("./history-server.js").Turn | undefined} */ turn) =>
    (hasFilms ? shown[kind] : null) ?? (turn ? timeAt(turn, phase) : 0);
  const hear = (/** @type {string} */ kind) => (/** @type {number | null} */ t_s) =>
    setShown((/** @type {Record<string, number | null>} */ before) => ({ ...before, [kind]: t_s }));
  return html`<div class="picture" style=${{ aspectRatio: `${box.width} / ${box.height}`, "--wide": String(box.width / box.height) }}>
    ${hasFilms && views.filter(({ replay }) => isFilmed(replay)).map(({ replay, rep, kind }) => html`<${Film} key=${kind}
      ...${{ replay, turn: replay.turns[rep], phase, perSecond, box, onShown: hear(kind) }} />`)}
    <svg class=${`skeleton ${hasFilms && views.some(({ replay }) => isFilmed(replay)) ? "filmed" : ""}`} role="img" aria-label=${label}
      viewBox=${`${box.left} ${box.top} ${box.width} ${box.height}`}>
      ${views.map(({ replay, rep, kind }) => html`<${Bones} key=${kind} replay=${replay} kind=${kind}
        t_s=${replay.turns[rep] ? moment(kind, replay.turns[rep]) : null} />`)}
    </svg></div>`;
}

/** @param {{replay: Replay, kind: string, t_s: number | null}} props */
function Bones({ replay, kind, t_s }) {
  const pose = t_s === null ? null : poseAt(replay, t_s);
  if (!pose) return html`<text class="soft" x="0" y="-500" text-anchor="middle">${words.compare.unseen}</text>`;
  const joined = replay.bones.filter(([a, b]) => pose[a] && pose[b]);
  const nose = pose[0];
  return html`<g class=${`bones ${kind}`}>
    ${joined.map(([a, b]) => html`<line key=${`${a}-${b}`} x1=${pose[a]?.[0]} y1=${pose[a]?.[1]} x2=${pose[b]?.[0]} y2=${pose[b]?.[1]} />`)}
    ${nose && html`<circle cx=${nose[0]} cy=${nose[1]} r="55" />`}
  </g>`;
}

/**
 * One frame for both, so that neither is drawn larger than the other.
 * @param {Replay[]} replays
 */
function boxOf(replays) {
  const ends = { left: -500, right: 500, top: -1200, bottom: 100 };
  for (const { points } of replays) {
    for (const row of points) {
      row.forEach((value, i) => {
        if (value === null) return;
        if (i % 2) (ends.top = Math.min(ends.top, value)), (ends.bottom = Math.max(ends.bottom, value));
        else (ends.left = Math.min(ends.left, value)), (ends.right = Math.max(ends.right, value));
      });
    }
  }
  const clamp = (/** @type {number} */ value) => Math.max(-2500, Math.min(2500, value));
  const [left, top] = [clamp(ends.left) - 100, clamp(ends.top) - 150];
  return { left, top, width: clamp(ends.right) + 100 - left, height: clamp(ends.bottom) + 100 - top };
}

/** @param {{comparison: Comparison}} props */
function Numbers({ comparison }) {
  const { first, second, numbers } = comparison;
  const { columns } = words.compare;
  const isMain = (/** @type {Compared} */ one) => !one.id.endsWith("_trend");
  return html`
    <section aria-labelledby="numbers"><h2 id="numbers" class="part">${words.compare.numbers}</h2>
      <div class="scroll" tabindex="0" role="region" aria-label=${words.compare.table}>
        <table class="numbers">
          <thead><tr><th scope="col">${columns.what}</th><th scope="col">${words.compare.first}</th><th scope="col">${words.compare.second}</th><th scope="col">${columns.difference}</th></tr></thead>
          <tbody>
            <tr><th scope="row">${words.compare.count}</th><td>${first.rep_count}</td><td>${second.rep_count}</td><td>${signed(second.rep_count - first.rep_count)}</td></tr>
            ${numbers.filter(isMain).map((one) => html`<tr key=${one.id}><th scope="row">${measureName(one.id, one.name)}</th>
              <td>${withError(one.first)}</td><td>${withError(one.second)}</td><td>${differenceWords(one)}</td></tr>`)}
          </tbody>
        </table>
      </div></section>
  `;
}

const signed = (/** @type {number} */ n) => (n > 0 ? `+${n}` : n < 0 ? `\u2212${-n}` : "0");

/** @param {Compared} one */
function differenceWords({ change, first, why_not }) {
  if (why_not === "other_view" || why_not === "other_unit") return words.compare.why[why_not];
  if (change.direction === "no_change") return words.compare.same;
  if (change.amount === null || change.direction === "unknown") return words.compare.unknown;
  const amount = amountWords(Math.abs(change.amount), first.unit, change.error);
  const error = amountWords(change.error ?? 0, first.unit, change.error);
  return fill(change.direction === "rising" ? words.compare.more : words.compare.less, { amount, error });
}
