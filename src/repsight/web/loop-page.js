// @ts-check
/** How an exercise is done: loops of its phases, cues, and an own repetition beside them. */

import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { span } from "./loop-data.js";
import { LoopStage, yawOf } from "./loop-stage.js";
import { unpacked } from "./loop-data.js";
import { figureAddress, loadFault, loadOwnTechnique, loadReport, loadTechnique } from "./server.js";
import { fill, wordFor, words } from "./words.js";

/**
 * @typedef {import("./server.js").Exercise} Exercise
 * @typedef {import("./loop-data.js").Sent} Sent
 * @typedef {import("./loop-data.js").SentOwn} SentOwn
 * @typedef {import("./loop-stage.js").Wish} Wish
 * @typedef {{sent: Sent, own: SentOwn | null}} Loaded
 */

const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @param {{route: string, exercises: Exercise[]}} props */
export function LoopPage({ route, exercises }) {
  const [path = "", query] = route.split("?");
  const asked = new URLSearchParams(query);
  const exercise = path.replace("#/technique", "").replace("/", "");
  useEffect(() => {
    document.title = `${words.technique.title} - ${words.title}`;
    scrollTo(0, 0); // not where the page before was left
  }, [route]);
  if (!exercise && !asked.has("clip")) return html`<${Index} exercises=${exercises} />`;
  return html`<${Loops} key=${route} ...${{ exercise, asked, exercises }} />`;
}

/** @param {{exercises: Exercise[]}} props */
function Index({ exercises }) {
  return html`
    <main id="main" tabindex="-1">
      <h1 class="page">${words.technique.title}</h1>
      <p class="soft">${words.technique.intro}</p>
      <ul class="loop-index">
        ${exercises.filter((one) => one.has_loop).map((one) => html`<li key=${one.id}><a href=${`#/technique/${one.id}`}>
          <img src=${figureAddress(one.id)} alt="" width="160" height="120" loading="lazy" />${one.name}</a></li>`)}
      </ul>
    </main>
  `;
}

/** @param {{exercise: string, asked: URLSearchParams, exercises: Exercise[]}} props */
function Loops({ exercise, asked, exercises }) {
  const [loaded, setLoaded] = useState(/** @type {Loaded | null} */ (null));
  const [problem, setProblem] = useState("");
  useEffect(() => {
    load(exercise, asked).then(setLoaded, (error) => setProblem(fill(words.failed, { message: error.message })));
  }, []);
  const name = loaded?.sent.name ?? exercises.find((one) => one.id === exercise)?.name ?? "";
  const back = asked.get("clip");
  return html`
    <main id="main" class="broad" tabindex="-1">
      <p><a href=${back ? `#/clips/${back}` : "#/technique"}>${back ? words.technique.report : words.technique.all}</a></p>
      <h1 class="page">${name}</h1>
      <p class="problem" role="alert">${problem}</p>
      ${!loaded && !problem && html`<p class="soft" role="status">${words.history.loading}</p>`}
      ${loaded && html`<${Player} ...${{ ...loaded, asked }} />`}
    </main>
  `;
}

/**
 * @param {string} exercise
 * @param {URLSearchParams} asked
 * @returns {Promise<Loaded>}
 */
async function load(exercise, asked) {
  const clip = asked.get("clip");
  if (!clip) return { sent: await loadTechnique(exercise, asked.get("variation") ?? ""), own: null };
  const own = await loadOwnTechnique(clip, asked.get("set") ?? "1", asked.get("rep") ?? "1");
  return { sent: own.technique, own };
}

/**
 * What is shown at first: the phase that the asked rule is about.
 * @param {Sent} sent
 * @param {SentOwn | null} own
 * @param {string} rule
 * @returns {Wish}
 */
function firstWish(sent, own, rule) {
  const cue = sent.cues.find((one) => one.rule === rule);
  return {
    phase: cue?.phase ?? (sent.phases.length > 1 ? "whole" : (sent.phases[0]?.id ?? "whole")),
    pace: cue ? 0.5 : 0.75,
    isPlaying: !isCalm(),
    isMirrored: false,
    yaw_deg: own?.yaw_deg ?? yawOf(cue?.view ?? sent.view),
    mode: "over",
    rule: cue?.rule ?? "",
    hasFault: false,
  };
}

/** @param {Loaded & {asked: URLSearchParams}} props */
function Player({ sent, own, asked }) {
  const [wish, setWish] = useState(() => firstWish(sent, own, asked.get("rule") ?? ""));
  const [off, setOff] = useState("");
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const scrub = useRef(/** @type {HTMLInputElement | null} */ (null));
  const stage = useRef(/** @type {LoopStage | null} */ (null));
  useEffect(() => {
    const onMoment = (/** @type {number} */ t_s, /** @type {any[]} */ found) => {
      if (scrub.current) scrub.current.value = String(t_s);
      setOff(found.map(differs).join(" "));
    };
    const given = own && { xy: unpacked(own.xy), error_deg: own.error_deg };
    stage.current = new LoopStage(/** @type {HTMLElement} */ (place.current), sent, { own: given, wish, onMoment });
    return () => stage.current?.close();
  }, []);
  useEffect(() => stage.current?.change(wish), [wish]);
  useEffect(() => {
    if (!wish.hasFault || !wish.rule) return;
    loadFault(sent.exercise, wish.rule, sent.variation).then((fault) => stage.current?.showFault(fault.points), () => {});
    return () => stage.current?.showFault(null);
  }, [wish.hasFault, wish.rule]);
  const change = (/** @type {Partial<Wish>} */ news) => setWish((/** @type {Wish} */ before) => ({ ...before, ...news }));
  const seek = (/** @type {any} */ event) => {
    if (wish.isPlaying) change({ isPlaying: false });
    stage.current?.seek(Number(event.target.value));
  };
  return html`
    <div class="loops">
      <div class=${`loop-stage ${wish.isMirrored ? "mirrored" : ""} ${isWide(sent) ? "wide" : ""}`} ref=${place}>
        <canvas aria-hidden="true"></canvas><canvas role="img" aria-label=${described(sent, wish, own)}></canvas>
        ${own && html`<p class="legend"><span class="own">${words.technique.you}</span> <span>${words.technique.model}</span></p>`}
      </div>
      <div class="loop-tools">
        <${Phases} ...${{ sent, wish, change }} />
        <${Controls} ...${{ sent, own, wish, change, scrub, seek }} />
        ${own && html`<p class="off" aria-live="off">${off || words.technique.same}</p><${Reps} ...${{ own, asked }} />`}
        <${Cues} ...${{ sent, own, wish, change }} />
      </div>
    </div>
  `;
}

/** @param {import("./loop-compare.js").Difference} one */
const differs = ({ segment, off_deg }) =>
  fill(words.technique.off, { part: words.technique.parts[segment], degrees: Math.abs(off_deg).toFixed(0) });

/** @param {Sent} sent */
function isWide(sent) {
  const points = unpacked(sent.points);
  const reach = (/** @type {number} */ axis) => {
    const values = points.filter((_, i) => i % 3 === axis);
    return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  };
  return reach(0) > reach(2);
}

/**
 * @param {Sent} sent
 * @param {Wish} wish
 * @param {SentOwn | null} own
 */
function described(sent, wish, own) {
  const phase = sent.phases.find((one) => one.id === wish.phase);
  const values = { exercise: sent.name, phase: phase ? phaseName(phase) : words.technique.phases.whole };
  return fill(own ? words.technique.bothShown : words.technique.shown, values);
}

/** @param {import("./loop-data.js").Phase} phase */
const phaseName = ({ id, name, direction }) =>
  name || wordFor(words.technique.phases, direction === "none" ? id : direction) || id;

/** @param {{sent: Sent, wish: Wish, change: (news: Partial<Wish>) => void}} props */
function Phases({ sent, wish, change }) {
  const all = [...(sent.phases.length > 1 ? [{ id: "whole", label: words.technique.phases.whole }] : []),
    ...sent.phases.map((phase) => ({ id: phase.id, label: phaseName(phase) }))];
  return html`
    <div class="row phases" role="group" aria-label=${words.technique.phase}>
      ${all.map(({ id, label }) => html`<button key=${id} aria-pressed=${wish.phase === id || (all.length === 1)} onClick=${() => change({ phase: id })}>${label}</button>`)}
    </div>
  `;
}

/** @param {any} props */
function Controls({ sent, own, wish, change, scrub, seek }) {
  const [start_s, end_s] = span(sent.phases, wish.phase);
  const number = (/** @type {any} */ event) => Number(event.target.value);
  return html`
    <div class="row">
      <button class="primary" onClick=${() => change({ isPlaying: !wish.isPlaying })}>${wish.isPlaying ? words.technique.pause : words.technique.play}</button>
      <button aria-pressed=${wish.isMirrored} onClick=${() => change({ isMirrored: !wish.isMirrored })}>${words.technique.mirror}</button>
      ${own
        ? html`<button aria-pressed=${wish.mode === "beside"} onClick=${() => change({ mode: wish.mode === "over" ? "beside" : "over" })}>${words.technique.beside}</button>`
        : html`<label class="inline">${words.technique.camera} <select value=${String(wish.yaw_deg)} onChange=${(/** @type {any} */ event) => change({ yaw_deg: number(event) })}>
            ${Object.entries(words.technique.views).map(([view, label]) => html`<option key=${view} value=${String(yawOf(view))}>${label}</option>`)}
          </select></label>`}
    </div>
    <label class="slide">${words.technique.moment}
      <input type="range" ref=${scrub} min=${start_s} max=${end_s} step="0.01" onInput=${seek} /></label>
    <label class="slide">${fill(words.technique.pace, { percent: String(Math.round(100 * wish.pace)) })}
      <input type="range" min="0.1" max="1.5" step="0.05" value=${wish.pace} onInput=${(/** @type {any} */ event) => change({ pace: number(event) })} /></label>
    ${sent.variations.length > 1 && !own && html`<${Variations} sent=${sent} />`}
  `;
}

/** @param {{sent: Sent}} props */
function Variations({ sent }) {
  const go = (/** @type {any} */ event) => location.assign(`#/technique/${sent.exercise}?variation=${encodeURIComponent(event.target.value)}`);
  const label = (/** @type {string} */ id) => id.replaceAll("_", " ").replace("/", ", ");
  return html`
    <label class="inline">${words.technique.variation}
      <select value=${sent.variation} onChange=${go}>${sent.variations.map((id) => html`<option key=${id} value=${id}>${label(id)}</option>`)}</select></label>
  `;
}

/** @param {{own: SentOwn, asked: URLSearchParams}} props */
function Reps({ own, asked }) {
  const [count, setCount] = useState(own.number);
  const clip = asked.get("clip") ?? "";
  const set = Number(asked.get("set") ?? "1");
  useEffect(() => {
    loadReport(clip, "report.json").then(({ sets }) => {
      const seen = sets[set - 1];
      setCount(Math.max(own.number, seen?.counts === "holds" ? seen.holds.length : seen?.reps.length ?? 0));
    }, () => {});
  }, []);
  const go = (/** @type {any} */ event) => {
    const next = new URLSearchParams(asked);
    next.set("rep", event.target.value);
    location.assign(`#/technique?${next}`);
  };
  return html`
    <label class="inline">${words.technique.rep}
      <select value=${own.number} onChange=${go}>${Array.from({ length: count }, (_, i) => html`<option key=${i} value=${i + 1}>${i + 1}</option>`)}</select></label>
  `;
}

/** @param {{sent: Sent, own: SentOwn | null, wish: Wish, change: (news: Partial<Wish>) => void}} props */
function Cues({ sent, own, wish, change }) {
  const found = new Map((own?.found ?? []).map((one) => [one.rule, one.outcome]));
  const rank = (/** @type {import("./loop-data.js").Cue} */ cue) => (found.has(cue.rule) ? 0 : 1);
  const ordered = [...sent.cues].sort((a, b) => rank(a) - rank(b));
  const choose = (/** @type {import("./loop-data.js").Cue} */ cue) =>
    change(wish.rule === cue.rule ? { rule: "", hasFault: false } : {
      rule: cue.rule, phase: cue.phase, hasFault: false, pace: Math.min(wish.pace, 0.5),
      yaw_deg: own ? wish.yaw_deg : yawOf(cue.view),
    });
  return html`
    <h2>${words.technique.cues}</h2>
    <ul class="cues">
      ${ordered.map((cue) => html`
        <li key=${cue.rule} class=${wish.rule === cue.rule ? "chosen" : ""}>
          <button aria-pressed=${wish.rule === cue.rule} onClick=${() => choose(cue)}><strong>${cue.text}</strong>
            <span class="soft">${cue.title}${found.has(cue.rule) ? html` - <em class="found">${words.technique.found}</em>` : ""}</span></button>
          ${wish.rule === cue.rule && cue.can_show && !own &&
          html`<button aria-pressed=${wish.hasFault} onClick=${() => change({ hasFault: !wish.hasFault })}>${words.technique.fault}</button>`}
        </li>`)}
    </ul>
  `;
}
