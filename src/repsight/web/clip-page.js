// @ts-check
/** One clip: its report, what can be taken away, and another look at it as another exercise. */

import { html, useEffect, useState } from "./vendor/preact.js";
import { ExerciseChoice, FileName, Meter } from "./parts.js";
import { ReviewPanel } from "./review-panel.js";
import { analyseAgain, cancelClip, hasReport, removeClip, resultAddress } from "./server.js";
import { InPlaceOfTheClip, VideoExport, isDrawn } from "./video-export.js";
import { fill, stageWords, words } from "./words.js";

/** @typedef {import("./server.js").Clip} Clip */

/** @param {{id: string, clips: Clip[] | null, exercises: import("./server.js").Exercise[]}} props */
export function ClipPage({ id, clips, exercises }) {
  const clip = clips?.find((one) => one.id === id);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    document.title = clip ? `${clip.name} - ${words.title}` : words.title;
  }, [clip?.name]);
  if (!clips) return html`<main id="main" tabindex="-1"></main>`;
  if (!clip) {
    return html`<main id="main" tabindex="-1"><p>${words.notThere}</p><p><a href="#/">${words.back}</a></p></main>`;
  }
  const attempt = (/** @type {Promise<unknown>} */ work) => {
    setProblem("");
    work.catch((error) => setProblem(fill(words.failed, { message: error.message })));
  };
  return html`
    <main id="main" class="report-page" tabindex="-1">
      <p><a href="#/">${words.back}</a></p>
      <h1 class="file"><${FileName} name=${clip.name} /></h1>
      <p class="problem" role="alert">${problem}</p>
      <${Standing} clip=${clip} attempt=${attempt} />
      <${Result} clip=${clip} exercises=${exercises} attempt=${attempt} />
    </main>
  `;
}

/** @param {{clip: Clip, attempt: (work: Promise<unknown>) => void}} props */
function Standing({ clip, attempt }) {
  if (clip.state === "done") return null;
  const isOpen = clip.state === "queued" || clip.state === "running";
  const said = words.states[clip.state] + (clip.stage && isOpen ? `: ${stageWords(clip.stage)}` : "");
  return html`
    <div class="standing">
      <p class="state" role="status">${said}</p>
      ${clip.message && html`<p>${clip.message}</p>`}
      ${isOpen && html`<${Meter} share=${clip.share} label=${said} />`}
      ${isOpen && html`<button onClick=${() => attempt(cancelClip(clip.id))}>${words.cancel}</button>`}
    </div>
  `;
}

/**
 * What can be done with the clip, then its report: nothing stands before the result but one row.
 * @param {{clip: Clip, exercises: any[], attempt: (work: Promise<unknown>) => void}} props
 */
function Result({ clip, exercises, attempt }) {
  const isKept = clip.files.includes("reviewed.html");
  // what the last objection came to, until the list of clips has heard of it
  const [told, setTold] = useState(/** @type {boolean | null} */ (null));
  useEffect(() => setTold(null), [isKept]);
  const isReviewed = told ?? isKept;
  const [isFirst, setIsFirst] = useState(false);
  const [round, setRound] = useState(0);
  const change = (/** @type {boolean} */ is) => (setTold(is), setRound(round + 1));
  /** @type {import("./server.js").Drawing} */
  const kind = isReviewed && !isFirst ? "reviewed" : "annotated";
  const name = kind === "reviewed" ? "reviewed.html" : "report.html";
  // found out by the report's player, and true of every version
  const [isUnplayable, setIsUnplayable] = useState(false);
  const shown = `${clip.state} ${name} ${round} ${isUnplayable && isDrawn(clip, kind)}`;
  const choose = (/** @type {any} */ event) => setIsFirst(event.target.value === "first");
  return html`
    <div class="row tools">
      ${isReviewed &&
      html`<label for="version">${words.review.version}</label>
        <select id="version" value=${isFirst ? "first" : "reviewed"} onChange=${choose}>
          <option value="reviewed">${words.review.reviewed}</option>
          <option value="first">${words.review.first}</option>
        </select>`}
      ${hasReport(clip) && html`<${Downloads} ...${{ clip, kind, attempt }} />`}
      ${clip.files.includes("report.json") &&
      html`<${ReviewPanel} key=${clip.state} id=${clip.id} exercises=${exercises} attempt=${attempt} onChange=${change} />`}
      <${More} clip=${clip} exercises=${exercises} attempt=${attempt} />
    </div>
    ${hasReport(clip) &&
    html`${isUnplayable && html`<${InPlaceOfTheClip} ...${{ clip, kind, attempt }} />`}
      <${Report} key=${shown} clip=${clip} name=${name} exercises=${exercises} onUnplayable=${() => setIsUnplayable(true)} />`}
  `;
}

/** @param {{clip: Clip, exercises: any[], attempt: (work: Promise<unknown>) => void}} props */
function More({ clip, exercises, attempt }) {
  const [exercise, setExercise] = useState(clip.exercise);
  const remove = () => {
    if (!confirm(fill(words.removeAsk, { name: clip.name }))) return;
    attempt(removeClip(clip.id).then(() => location.assign("#/")));
  };
  const isOver = clip.state === "failed" || clip.state === "cancelled";
  return html`
    <details class="more" open=${isOver}><summary class="button">${words.more}</summary>
      <div class="row">
        <label for="as">${words.analyseAs}</label>
        <${ExerciseChoice} id="as" value=${exercise} exercises=${exercises} onChange=${setExercise} />
        <button onClick=${() => attempt(analyseAgain(clip.id, exercise))}>${words.again}</button>
        <button class="danger" onClick=${remove}>${words.remove}</button>
      </div></details>
  `;
}

/** @param {import("./video-export.js").Wanted} props */
function Downloads({ clip, kind, attempt }) {
  /** @type {[string, string][]} */
  const known = [
    ["reviewed.html", words.reviewedPage],
    ["report.html", words.page],
    ["report.json", words.json],
    ["landmarks.npz", words.landmarks],
  ];
  const labels = known.filter(([name]) => clip.files.includes(name));
  return html`
    <details class="more"><summary class="button">${words.downloads}</summary>
      <ul class="row downloads">
        ${labels.map(([name, label]) => html`<li key=${name}><a href=${resultAddress(clip.id, name, true)}>${label}</a></li>`)}
        ${clip.is_film && html`<li key="video"><${VideoExport} ...${{ clip, kind, attempt }} /></li>`}
      </ul></details>
  `;
}

/** Where the report has its player beside it, it scrolls in a frame of the screen's height. */
const WIDE = matchMedia("(min-width: 70rem)");

/**
 * The report as the analysis wrote it. On narrow screens it grows with its content, so only the
 * page scrolls.
 * @param {{clip: Clip, name: string, exercises: import("./server.js").Exercise[], onUnplayable: () => void}} props
 */
function Report({ clip, name, exercises, onUnplayable }) {
  const address = `${resultAddress(clip.id, name)}#${clip.state}`;
  const fit = (/** @type {any} */ event) => {
    const frame = event.target;
    frame.contentDocument.querySelector("header.top")?.remove(); // this page says it already
    linkLoops(frame.contentDocument, clip.id, exercises);
    const version = name === "reviewed.html" ? "reviewed" : "first";
    // nothing of it is needed before there is a report to read
    const page = frame.contentDocument; // gone where somebody has left the report meanwhile
    import("./replay.js").then(({ playOriginal }) => page.defaultView && playOriginal(page, clip.id, version, onUnplayable));
    const grow = () => {
      const height_px = frame.contentDocument?.body?.scrollHeight;
      frame.style.height = WIDE.matches || !height_px ? "" : `${height_px + 4}px`;
    };
    WIDE.onchange = grow;
    new ResizeObserver(grow).observe(frame.contentDocument.body);
    grow();
  };
  return html`<iframe class="report" title=${clip.name} src=${address} allow="fullscreen" onLoad=${fit}></iframe>`;
}

/**
 * What is found in the report leads to the loop of its phase, with the own repetition beside it.
 * The report itself stays one page that needs nobody.
 * @param {Document} page
 * @param {string} clip
 * @param {import("./server.js").Exercise[]} exercises
 */
function linkLoops(page, clip, exercises) {
  const known = new Set(exercises.filter((one) => one.has_loop).map((one) => one.id));
  for (const set of page.querySelectorAll("[data-exercise][data-set]")) {
    const { exercise = "", set: number = "1" } = /** @type {HTMLElement} */ (set).dataset;
    if (!known.has(exercise)) continue;
    const about = (/** @type {string} */ rep, /** @type {string} */ rule) =>
      linkTo(page, new URLSearchParams({ clip, set: number, rep, rule }), rule);
    set.querySelector(".count")?.after(about("1", ""));
    for (const found of set.querySelectorAll("[data-rule]")) {
      const { rule = "", rep = "1" } = /** @type {HTMLElement} */ (found).dataset;
      found.append(about(rep === "0" ? "1" : rep, rule));
    }
  }
}

/**
 * @param {Document} page
 * @param {URLSearchParams} asked
 * @param {string} rule
 */
function linkTo(page, asked, rule) {
  const [line, link] = [page.createElement("p"), page.createElement("a")];
  line.style.margin = ".4rem 0 .8rem";
  link.href = `/#/technique?${asked}`;
  link.target = "_top";
  link.textContent = rule ? words.technique.showHow : words.technique.compare;
  line.append(link);
  return line;
}
