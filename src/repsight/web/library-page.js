// @ts-check
/** All clips, and the place where new ones are dropped. */

import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { ExerciseChoice, FileName, Meter } from "./parts.js";
import { countWords } from "./amounts.js";
import { loadHistory } from "./history-server.js";
import { analyseAgain, cancelClip, figureAddress, hasReport, pictureAddress, removeClip } from "./server.js";
import { onUploads, startUpload, uploadOf } from "./uploads.js";
import { fill, stageWords, words } from "./words.js";

/**
 * @typedef {import("./server.js").Clip} Clip
 * @typedef {import("./history-server.js").SetSeen} SetSeen
 */

/** @param {{clips: Clip[] | null, exercises: import("./server.js").Exercise[]}} props */
export function LibraryPage({ clips, exercises }) {
  const [problem, setProblem] = useState("");
  const [, redraw] = useState(0);
  useEffect(() => onUploads(() => redraw((/** @type {number} */ n) => n + 1)), []);
  useEffect(() => {
    document.title = words.title;
  }, []);
  const sets = useSets(clips);
  const attempt = (/** @type {Promise<unknown>} */ work) => {
    setProblem("");
    work.catch((error) => setProblem(fill(words.failed, { message: error.message })));
  };
  return html`
    <main id="main" tabindex="-1">
      <${DropZone} exercises=${exercises} attempt=${attempt} />
      <p class="problem" role="alert">${problem}</p>
      <section aria-labelledby="clips">
        <h1 id="clips">${words.clips}</h1>
        ${clips && clips.length === 0 && html`<${FirstSteps} />`}
        <ul class="clips">
          ${(clips ?? []).map((clip) => html`<${ClipRow} key=${clip.id} clip=${clip} attempt=${attempt}
            sets=${sets?.filter((/** @type {SetSeen} */ set) => set.clip === clip.id)} />`)}
        </ul>
      </section>
    </main>
  `;
}

/**
 * What was found in the clips; null until it is known.
 * @param {Clip[] | null} clips
 */
function useSets(clips) {
  const [sets, setSets] = useState(/** @type {SetSeen[] | null} */ (null));
  // again whenever a report comes, goes or is made again
  const standing = (clips ?? []).filter(hasReport).map((clip) => clip.id + clip.state + clip.files).join();
  useEffect(() => {
    if (!standing) return;
    loadHistory().then((found) => setSets(found.sessions.flatMap((session) => session.sets)), () => {});
  }, [standing]);
  return sets;
}

function FirstSteps() {
  return html`
    <div class="card first-steps">
      <img src=${figureAddress("squat")} alt="" width="120" height="150" />
      <div><ol class="steps">${words.firstSteps.map((step) => html`<li key=${step}>${step}</li>`)}</ol>
        <p class="row"><a class="button" href="#/live">${words.trainLive}</a></p></div>
    </div>
  `;
}

/** @param {{exercises: any[], attempt: (work: Promise<unknown>) => void}} props */
function DropZone({ exercises, attempt }) {
  const [exercise, setExercise] = useState("auto");
  const [isOver, setIsOver] = useState(false);
  const input = useRef(null);
  const take = (/** @type {FileList | null} */ files) => {
    for (const file of files ?? []) attempt(startUpload(file, exercise));
  };
  const drop = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer?.files ?? null);
  };
  const over = (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    setIsOver(true);
  };
  const pick = (/** @type {any} */ event) => {
    take(event.target.files);
    event.target.value = "";
  };
  return html`
    <section class=${`drop ${isOver ? "over" : ""}`} aria-label=${words.upload}
      onDrop=${drop} onDragOver=${over} onDragLeave=${() => setIsOver(false)}>
      <p><strong>${words.dropHere}</strong> ${words.orChoose}</p>
      <div class="row">
        <label for="exercise">${words.exercise}</label>
        <${ExerciseChoice} id="exercise" value=${exercise} exercises=${exercises} onChange=${setExercise} />
        <label class="button primary" for="files">${words.choose}</label>
        <input ref=${input} id="files" class="hidden-input" type="file" multiple
          accept="video/*,.npz,.npy,.csv,.json" onChange=${pick} />
      </div>
    </section>
  `;
}

/** @param {{clip: Clip, sets: SetSeen[] | undefined, attempt: (work: Promise<unknown>) => void}} props */
function ClipRow({ clip, sets, attempt }) {
  const upload = clip.state === "uploading" ? uploadOf(clip.id) : undefined;
  const isBusy = ["uploading", "queued", "running"].includes(clip.state);
  const share = upload ? upload.share : clip.share;
  return html`
    <li class=${`clip ${clip.state}`}>
      <div class="clip-body">
        <${Picture} clip=${clip} sets=${sets} />
        <div class="told">
          <h2>${hasReport(clip) ? html`<a href=${`#/clips/${clip.id}`}><${FileName} name=${clip.name} /></a>` : html`<${FileName} name=${clip.name} />`}</h2>
          ${(clip.state !== "done" || !sets) && html`<p class="state">${stateWords(clip)}</p>`}
          ${hasReport(clip) && sets && html`<${Found} sets=${sets} />`}
        </div>
      </div>
      ${isBusy && html`<${Meter} share=${share} label=${`${clip.name}: ${words.states[clip.state]}`} />`}
      ${clip.message && html`<p class="soft">${clip.message}</p>`}
      ${upload?.problem && html`<p class="soft">${fill(words.uploadStopped, { message: upload.problem })}</p>`}
      ${clip.state === "uploading" && !upload && html`<p class="soft">${words.waitingForFile}</p>`}
      <${RowActions} clip=${clip} upload=${upload} attempt=${attempt} />
    </li>
  `;
}

/**
 * A moment of a set, or the figure doing the exercise where there are only points of a body.
 * @param {{clip: Clip, sets: SetSeen[] | undefined}} props
 */
function Picture({ clip, sets }) {
  if (clip.is_film && clip.state === "done" && sets?.length) {
    return html`<img class="thumb" src=${pictureAddress(clip.id)} alt="" width="88" height="88" loading="lazy" />`;
  }
  const known = hasReport(clip) && sets?.find((set) => set.has_loop);
  return known && html`<img class="thumb drawn" src=${figureAddress(known.exercise)} alt="" width="88" height="88" loading="lazy" />`;
}

/**
 * What was counted, and what stood out.
 * @param {{sets: SetSeen[]}} props
 */
function Found({ sets }) {
  if (sets.length === 0) return html`<p class="soft">${words.noSet}</p>`;
  return html`<ul class="found-sets">${sets.map((set) => html`<li key=${set.number}>
    <strong>${set.name}</strong> ${countWords(set)}
    <span class=${set.issues.length ? "issue-words" : "soft"}>${set.issues.map((issue) => issue.title).join(", ") || words.history.noIssues}</span></li>`)}</ul>`;
}

/** @param {{clip: Clip, upload: any, attempt: (work: Promise<unknown>) => void}} props */
function RowActions({ clip, upload, attempt }) {
  const remove = () => {
    if (!confirm(fill(words.removeAsk, { name: clip.name }))) return;
    attempt(upload ? upload.abandon() : removeClip(clip.id));
  };
  const isOpen = clip.state === "queued" || clip.state === "running";
  const isOver = clip.state === "failed" || clip.state === "cancelled";
  return html`
    <div class="row actions">
      ${hasReport(clip) && html`<a class="button primary" href=${`#/clips/${clip.id}`}>${clip.state === "done" ? words.open : words.openPartial}</a>`}
      ${upload && !upload.isPaused && html`<button onClick=${upload.pause}>${words.pause}</button>`}
      ${upload?.isPaused && html`<button onClick=${upload.resume}>${words.resume}</button>`}
      ${isOpen && html`<button onClick=${() => attempt(cancelClip(clip.id))}>${words.cancel}</button>`}
      ${isOver && html`<button onClick=${() => attempt(analyseAgain(clip.id, clip.exercise))}>${words.again}</button>`}
      <button class="quiet" onClick=${remove} aria-label=${`${words.remove}: ${clip.name}`}>${words.remove}</button>
    </div>
  `;
}

/** @param {Clip} clip */
function stateWords(clip) {
  const said = words.states[clip.state];
  return clip.state === "running" && clip.stage ? `${said}: ${stageWords(clip.stage)}` : said;
}
