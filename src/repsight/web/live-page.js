// @ts-check
/** Live coaching: choose, step into view, count down, train, read the report. */

import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { interruptedSet } from "./live-socket.js";
import { LiveRun } from "./live-run.js";
import { hasReport } from "./server.js";
import { fill, wordFor, words } from "./words.js";
import { isVoiceWanted, setVoice, unlockVoice } from "./voice.js";

/**
 * @typedef {import("./server.js").Exercise} Exercise
 * @typedef {import("./live-run.js").Shown} Shown
 */

const CHOSEN = "repsight-exercise";
/** Fewer pictures a second than this miss the turnarounds of quick repetitions: heuristic. */
const LEAST_HZ = 5;
/** @type {Exercise} */
const AUTO = { id: "auto", name: words.live.auto, view: "any", is_hold: false, has_loop: false, phases: { out: "", turn: "", back: "" }, variations: [] };

/** @param {{clips: import("./server.js").Clip[] | null, exercises: Exercise[]}} props */
export function LivePage({ clips, exercises }) {
  const [exercise, setExercise] = useState(localStorage.getItem(CHOSEN) ?? AUTO.id);
  const [facing, setFacing] = useState(/** @type {"user"|"environment"} */ ("user"));
  const [model, setModel] = useState("lite");
  const [shown, setShown] = useState(/** @type {Shown | null} */ (null));
  const [stage, setStage] = useState(/** @type {any} */ (null));
  const run = useRef(/** @type {LiveRun | null} */ (null));
  const chosen = exercise === AUTO.id ? AUTO : exercises.find((one) => one.id === exercise);
  const nameOf = (/** @type {string} */ id) => exercises.find((one) => one.id === id)?.name ?? "";
  const kept = interruptedSet();
  useEffect(() => {
    document.title = `${words.live.title} - ${words.title}`;
    return () => run.current?.close();
  }, []);
  useEffect(() => {
    if (!stage || run.current || !chosen) return;
    run.current = new LiveRun(stage, { exercise: chosen, nameOf, facing, model, onShown: setShown });
  }, [stage, chosen]);
  const start = () => {
    unlockVoice();
    localStorage.setItem(CHOSEN, exercise);
    run.current = null;
    setShown({ step: "opening" });
  };
  const goOn = () => {
    setExercise(kept?.start.exercise ?? exercise);
    start();
  };
  const leave = () => {
    run.current?.close();
    run.current = null;
    setShown(null);
  };
  if (!shown) {
    return html`
      <main id="main" tabindex="-1">
        <h1 class="page">${words.live.title}</h1>
        <p class="soft">${words.live.intro}</p>
        ${kept && html`<div class="drop"><p>${words.live.interrupted}</p><div class="row"><button class="primary" onClick=${goOn}>${words.live.goOn}</button></div></div>`}
        <${Choice} ...${{ exercises, exercise, setExercise, facing, setFacing, model, setModel, start, chosen }} />
      </main>
    `;
  }
  if (shown.step === "saved") {
    return html`<${Saved} shown=${shown} clips=${clips} again=${start} leave=${leave} />`;
  }
  const seen = exercises.find((one) => one.id === shown.set?.exercise) ?? chosen;
  return html`<${Stage} setStage=${setStage} shown=${shown} run=${run} exercise=${seen} leave=${leave} />`;
}

/** @param {any} props */
function Choice({ exercises, exercise, setExercise, facing, setFacing, model, setModel, start, chosen }) {
  const value = (/** @type {any} */ event) => event.target.value;
  return html`
    <form class="card" onSubmit=${(/** @type {Event} */ event) => (event.preventDefault(), start())}>
      <div class="field"><label for="live-exercise">${words.exercise}</label>
        <select id="live-exercise" value=${exercise} onChange=${(/** @type {any} */ e) => setExercise(value(e))}>
          <option value=${AUTO.id}>${AUTO.name}</option>
          ${exercises.map((/** @type {Exercise} */ one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}
        </select></div>
      ${chosen && html`<p class="soft">${wordFor(words.live.views, chosen.view)}</p>`}
      <div class="field"><label for="live-camera">${words.live.camera}</label>
        <select id="live-camera" value=${facing} onChange=${(/** @type {any} */ e) => setFacing(value(e))}>
          <option value="user">${words.live.front}</option><option value="environment">${words.live.back}</option>
        </select></div>
      <div class="field"><label for="live-model">${words.live.model}</label>
        <select id="live-model" value=${model} onChange=${(/** @type {any} */ e) => setModel(value(e))}>
          <option value="lite">${words.live.lite}</option><option value="full">${words.live.full}</option>
        </select></div>
      <button class="primary" disabled=${!chosen}>${words.live.start}</button>
    </form>
  `;
}

/** @param {{setStage: any, shown: Shown, run: any, exercise: Exercise | undefined, leave: () => void}} props */
function Stage({ setStage, shown, run, exercise, leave }) {
  const [hasVoice, setHasVoice] = useState(isVoiceWanted());
  const [hasPanel, setHasPanel] = useState(false);
  const { set, step } = shown;
  const isSet = step === "set" || step === "ending";
  const toggle = () => {
    setVoice(!hasVoice);
    setHasVoice(!hasVoice);
  };
  return html`
    <main id="main" class=${`stage ${shown.isMirrored ? "mirrored" : ""}`} tabindex="-1" ref=${setStage}>
      <h1 class="unseen">${exercise?.name ?? ""}</h1>
      <video playsinline muted aria-hidden="true"></video>
      <canvas aria-hidden="true"></canvas>
      <div class="top-line"><span>${exercise?.name ?? ""}</span>
        <span class="tools">
          <button aria-pressed=${hasVoice} onClick=${toggle}>${hasVoice ? words.live.voiceOn : words.live.voiceOff}</button>
          <button aria-expanded=${hasPanel} onClick=${() => setHasPanel(!hasPanel)}>${words.live.timing}</button>
        </span></div>
      ${hasPanel && html`<${Panel} shown=${shown} />`}
      ${shown.problem && html`<p class="banner issue" role="alert">${shown.problem}</p>`}
      ${isSet && set ? html`<${Counting} shown=${shown} exercise=${exercise} />` : html`<${Before} shown=${shown} />`}
      <div class="bottom-line">
        ${step === "check" && html`<button class="primary" onClick=${() => run.current?.countDown()}>${words.live.startNow}</button>`}
        ${isSet && html`<button class="primary" disabled=${step === "ending"} onClick=${() => run.current?.finish(true)}>${words.live.finish}</button>`}
        <button onClick=${() => (isSet ? run.current?.finish(false) : null, leave())}>${isSet ? words.live.discard : words.live.leave}</button>
      </div>
    </main>
  `;
}

/**
 * Whether fewer pictures are looked at than quick repetitions need.
 * @param {Shown} shown
 */
const isSlow = ({ rate_hz }) => rate_hz !== undefined && rate_hz > 0 && rate_hz < LEAST_HZ;

/** @param {{shown: Shown}} props */
function Before({ shown }) {
  if (shown.step === "countdown") {
    return html`<p class="count down" aria-live="assertive">${shown.seconds}</p>`;
  }
  const text = shown.step === "check" ? wordFor(words.live.advice, shown.advice ?? "") : words.live.opening;
  return html`<p class=${`banner ${shown.step === "check" && !shown.advice ? "good" : ""}`} role="status">${text}${shown.step === "check" && isSlow(shown) && html`<br /><small>${words.live.slow}</small>`}</p>`;
}

/** @param {{shown: Shown, exercise: Exercise | undefined}} props */
function Counting({ shown, exercise }) {
  const isHold = exercise?.is_hold ?? false;
  const set = /** @type {import("./live-set.js").LiveSet} */ (shown.set);
  const big = isHold ? Math.floor(set.held_s) : set.count;
  const message = shown.isConnected === false ? words.live.noServer : said(set) || (isSlow(shown) ? words.live.slow : "");
  return html`
    <p class=${`count ${set.isPaused ? "paused" : ""}`} role="status"
       aria-label=${fill(isHold ? words.live.heldSeconds : words.live.counted, { count: String(big) })}>${big}</p>
    ${!isHold && html`<div class="gauge" aria-hidden="true"><div style=${{ height: `${100 * set.depth}%` }}></div></div>`}
    <p class="phase" aria-hidden="true">${phaseName(set.phase, exercise)}</p>
    <p class=${`banner ${set.isPaused || set.rejected ? "issue" : ""}`} aria-live="polite">${message}</p>
  `;
}

/**
 * In the terms of the exercise, as far as it is known.
 * @param {string} phase
 * @param {Exercise | undefined} exercise
 */
const phaseName = (phase, exercise) =>
  wordFor({ ...exercise?.phases }, phase) || wordFor(words.live.phases, phase);

/** @param {import("./live-set.js").LiveSet} set */
function said(set) {
  if (!set.isSeen) return words.live.lost;
  if (set.rejected) {
    const reason = wordFor(words.live.rejections, set.rejected) ?? words.live.rejections.other;
    return set.isPaused ? fill(words.live.paused, { reason }) : fill(words.live.rejected, { reason });
  }
  return set.cue;
}

/** @param {{shown: Shown}} props */
function Panel({ shown }) {
  const rows = shown.timing ?? [];
  const number = (ms = NaN) => (Number.isFinite(ms) ? ms.toFixed(1) : "-");
  return html`
    <table class="panel">
      <caption>${fill(words.live.panel, { rate: (shown.rate_hz ?? 0).toFixed(0) })}</caption>
      <thead><tr><th scope="col">ms</th><th scope="col">p50</th><th scope="col">p95</th></tr></thead>
      <tbody>${rows.map((row) => html`<tr key=${row.stage}><th scope="row">${words.live.stages[row.stage]}</th><td>${number(row.p50)}</td><td>${number(row.p95)}</td></tr>`)}</tbody>
    </table>
  `;
}

/** @param {{shown: Shown, clips: import("./server.js").Clip[] | null, again: () => void, leave: () => void}} props */
function Saved({ shown, clips, again, leave }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began_ms = Date.now();
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - began_ms) / 1000)), 1000);
    return () => clearInterval(timer);
  }, []);
  const clip = clips?.find((one) => one.id === shown.clip);
  const count = String(shown.set?.held_s ? Math.floor(shown.set.held_s) : (shown.set?.count ?? 0));
  const sentence = shown.set?.held_s ? words.live.heldSeconds : count === "1" ? words.history.oneRep : words.live.counted;
  const rest = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return html`
    <main id="main" tabindex="-1">
      <h1 class="page">${fill(sentence, { count })}</h1>
      <div class="card">
        <p><span class="soft">${words.live.rest}</span> <strong class="rest" role="timer">${rest}</strong></p>
        <p role="status">${standing(shown, clip)}</p>
        <div class="row">
          ${clip && hasReport(clip) && html`<a class="button primary" href=${`#/clips/${clip.id}`}>${words.open}</a>`}
          ${clip && hasReport(clip) && html`<a class="button" href=${`#/calibration?clip=${clip.id}&exercise=${clip.exercise}`}>${words.live.calibrate}</a>`}
          <button onClick=${again}>${words.live.again}</button>
          <button onClick=${leave}>${words.live.other}</button>
        </div>
      </div>
    </main>
  `;
}

/**
 * Where the report of a set is.
 * @param {Shown} shown
 * @param {import("./server.js").Clip | undefined} clip
 */
function standing(shown, clip) {
  if (!shown.clip) return words.live.nothing;
  if (clip && hasReport(clip)) return words.live.ready;
  if (clip?.state !== "failed") return words.live.making;
  return clip.message;
}
