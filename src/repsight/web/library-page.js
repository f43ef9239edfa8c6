// @ts-check
/** All clips, and the place where new ones are dropped. */

import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { ExerciseChoice, Meter } from "./parts.js";
import { analyseAgain, cancelClip, hasReport, removeClip } from "./server.js";
import { onUploads, startUpload, uploadOf } from "./uploads.js";
import { fill, stageWords, words } from "./words.js";

/** @typedef {import("./server.js").Clip} Clip */

/** @param {{clips: Clip[] | null, exercises: import("./server.js").Exercise[]}} props */
export function LibraryPage({ clips, exercises }) {
  const [problem, setProblem] = useState("");
  const [, redraw] = useState(0);
  useEffect(() => onUploads(() => redraw((/** @type {number} */ n) => n + 1)), []);
  useEffect(() => {
    document.title = words.title;
  }, []);
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
        ${clips && clips.length === 0 && html`<p class="soft">${words.empty}</p>`}
        <ul class="clips">
          ${(clips ?? []).map((clip) => html`<${ClipRow} key=${clip.id} clip=${clip} attempt=${attempt} />`)}
        </ul>
      </section>
    </main>
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

/** @param {{clip: Clip, attempt: (work: Promise<unknown>) => void}} props */
function ClipRow({ clip, attempt }) {
  const upload = clip.state === "uploading" ? uploadOf(clip.id) : undefined;
  const isBusy = ["uploading", "queued", "running"].includes(clip.state);
  const share = upload ? upload.share : clip.share;
  return html`
    <li class=${`clip ${clip.state}`}>
      <div class="head">
        <h2>${hasReport(clip) ? html`<a href=${`#/clips/${clip.id}`}>${clip.name}</a>` : clip.name}</h2>
        <p class="state">${stateWords(clip)}</p>
      </div>
      ${isBusy && html`<${Meter} share=${share} label=${`${clip.name}: ${words.states[clip.state]}`} />`}
      ${clip.message && html`<p class="soft">${clip.message}</p>`}
      ${upload?.problem && html`<p class="soft">${fill(words.uploadStopped, { message: upload.problem })}</p>`}
      ${clip.state === "uploading" && !upload && html`<p class="soft">${words.waitingForFile}</p>`}
      <${RowActions} clip=${clip} upload=${upload} attempt=${attempt} />
    </li>
  `;
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
      ${hasReport(clip) && html`<a class="button" href=${`#/clips/${clip.id}`}>${clip.state === "done" ? words.open : words.openPartial}</a>`}
      ${upload && !upload.isPaused && html`<button onClick=${upload.pause}>${words.pause}</button>`}
      ${upload?.isPaused && html`<button onClick=${upload.resume}>${words.resume}</button>`}
      ${isOpen && html`<button onClick=${() => attempt(cancelClip(clip.id))}>${words.cancel}</button>`}
      ${isOver && html`<button onClick=${() => attempt(analyseAgain(clip.id, clip.exercise))}>${words.again}</button>`}
      <button onClick=${remove} aria-label=${`${words.remove}: ${clip.name}`}>${words.remove}</button>
    </div>
  `;
}

/** @param {Clip} clip */
function stateWords(clip) {
  const said = words.states[clip.state];
  return clip.state === "running" && clip.stage ? `${said}: ${stageWords(clip.stage)}` : said;
}
