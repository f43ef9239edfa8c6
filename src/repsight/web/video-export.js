// @ts-check
/** The video of a report: asked for, in the making, there to be taken away. */

import { html, useEffect } from "./vendor/preact.js";
import { Meter } from "./parts.js";
import { askForDrawing, resultAddress, stopDrawing } from "./server.js";
import { fill, words } from "./words.js";

/**
 * @typedef {import("./server.js").Clip} Clip
 * @typedef {import("./server.js").Drawing} Drawing
 * @typedef {{clip: Clip, kind: Drawing, attempt: (work: Promise<unknown>) => void}} Wanted
 */

/**
 * Whether the video of a version is there, and the page of its report plays it: that is written
 * last, while the job still runs.
 * @param {Clip} clip
 * @param {Drawing} kind
 */
export const isDrawn = (clip, kind) =>
  clip.files.includes(`${kind}.mp4`) && !clip.drawings.some((one) => one.kind === kind && one.state === "running");

/**
 * The latest that was heard of a video that is not there.
 * @param {Clip} clip
 * @param {Drawing} kind
 */
const standingOf = (clip, kind) => clip.drawings.find((one) => one.kind === kind && one.state !== "done");

/** @param {Wanted} props */
export function VideoExport({ clip, kind, attempt }) {
  if (isDrawn(clip, kind)) return html`<a href=${resultAddress(clip.id, `${kind}.mp4`, true)}>${words.drawing.names[kind]}</a>`;
  const standing = standingOf(clip, kind);
  if (standing?.state === "queued" || standing?.state === "running") {
    const said = fill(words.drawing[standing.state], { percent: String(Math.round(100 * standing.share)) });
    return html`<div class="making"><p role="status">${said}</p><${Meter} share=${standing.share} label=${words.drawing.names[kind]} />
      <button onClick=${() => attempt(stopDrawing(clip.id, kind))}>${words.cancel}</button></div>`;
  }
  return html`<div class="making">
    ${standing?.message && html`<p class="problem">${standing.message}</p>`}
    <button onClick=${() => attempt(askForDrawing(clip.id, kind))}>${words.drawing.make}</button></div>`;
}

/**
 * For a clip that this browser cannot play: its video is asked for by itself, once.
 * @param {Wanted} props
 */
export function InPlaceOfTheClip({ clip, kind, attempt }) {
  const isThere = isDrawn(clip, kind);
  const isNew = !isThere && !standingOf(clip, kind);
  useEffect(() => {
    if (isNew) attempt(askForDrawing(clip.id, kind));
  }, [clip.id, kind, isNew]);
  if (isThere) return null;
  return html`<div class="standing"><p>${words.drawing.unplayable}</p><${VideoExport} ...${{ clip, kind, attempt }} /></div>`;
}
