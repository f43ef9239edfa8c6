// @ts-check
/** Calls to the server this page came from; there is no other. */

/**
 * @typedef {"uploading"|"queued"|"running"|"done"|"failed"|"cancelled"} State
 * @typedef {{id: string, name: string, state: State, share: number, stage: string,
 *   message: string, exercise: string, files: string[], created_at: string, is_film: boolean,
 *   drawings: {kind: Drawing, state: State, share: number, message: string}[]}} Clip
 * @typedef {"annotated"|"reviewed"} Drawing what a video shows: the report as it was made, or as it
 *   was made again
 * @typedef {{id: string, name: string, view: string, is_hold: boolean, has_loop: boolean,
 *   phases: {out: string, turn: string, back: string}, variations: [string, string][]}} Exercise
 */

/**
 * Ask the server; what it refuses becomes an error with its words.
 * @param {string} path
 * @param {RequestInit} [options]
 */
export async function call(path, options) {
  const answer = await fetch(path, options);
  if (!answer.ok) {
    const body = await answer.json().catch(() => ({}));
    throw new Error(typeof body.detail === "string" ? body.detail : answer.statusText);
  }
  return answer.status === 204 ? null : answer.json();
}

/**
 * Whether a report can be opened.
 * @param {Clip} clip
 */
export const hasReport = (clip) => clip.files.includes("report.html");

/**
 * @typedef {{number: number, start_s: number, turn_s: number, end_s: number}} Rep
 * @typedef {{turn_s: number, explanation: string}} Refused
 * @typedef {{rule: string, title: string, outcome: string, rep: number}} Verdict
 * @typedef {{exercise: {id: string, name: string}, counts: string, reps: Rep[],
 *   holds: {number: number}[], rejected: Refused[], verdicts: Verdict[]}} SetReport
 * @typedef {{seq: number, kind: string, set_number: number, t_s: number, rule: string,
 *   exercise: string, note: string}} Review
 */

/**
 * The report as the analysis made it, or as it was made again with what was said against it.
 * @param {string} id
 * @param {"report.json"|"reviewed.json"} version
 * @returns {Promise<{sets: SetReport[]}>}
 */
export const loadReport = (id, version) => call(resultAddress(id, version));

/**
 * @param {string} id
 * @returns {Promise<Review[]>}
 */
export const loadReviews = (id) => call(`/api/clips/${id}/reviews`);

/**
 * Say that a finding is wrong.
 * @param {string} id
 * @param {{kind: string, set_number: number, t_s: number, rule?: string, exercise?: string}} objection
 * @returns {Promise<Review[]>}
 */
export const sendReview = (id, objection) =>
  call(`/api/clips/${id}/reviews`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(objection),
  });

/**
 * How an exercise is done.
 * @param {string} exercise
 * @param {string} variation
 * @returns {Promise<import("./loop-data.js").Sent>}
 */
export const loadTechnique = (exercise, variation) =>
  call(`/api/technique/${encodeURIComponent(exercise)}?${new URLSearchParams({ variation })}`);

/**
 * The same with a fault.
 * @param {string} exercise
 * @param {string} rule
 * @param {string} variation
 * @returns {Promise<{points: string}>}
 */
export const loadFault = (exercise, rule, variation) =>
  call(`/api/technique/${encodeURIComponent(exercise)}/faults/${encodeURIComponent(rule)}?${new URLSearchParams({ variation })}`);

/**
 * An own repetition beside the model.
 * @param {string} clip
 * @param {string} set_number
 * @param {string} rep
 * @returns {Promise<import("./loop-data.js").SentOwn>}
 */
export const loadOwnTechnique = (clip, set_number, rep) =>
  call(`/api/clips/${encodeURIComponent(clip)}/technique?${new URLSearchParams({ set_number, rep })}`);

/** @returns {Promise<Exercise[]>} */
export const loadExercises = () => call("/api/exercises");

/** @param {string} id */
export const removeClip = (id) => call(`/api/clips/${id}`, { method: "DELETE" });

/** @param {string} id */
export const cancelClip = (id) => call(`/api/clips/${id}/cancel`, { method: "POST" });

/**
 * @param {string} id
 * @param {string} exercise
 */
export const analyseAgain = (id, exercise) =>
  call(`/api/clips/${id}/analyse`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ exercise }),
  });

/**
 * @param {string} id
 * @param {string} what
 * @param {Drawing} kind
 */
const aboutDrawing = (id, what, kind) =>
  call(`/api/clips/${id}/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ kind }),
  });

/**
 * Ask for the video of a report.
 * @param {string} id
 * @param {Drawing} kind
 */
export const askForDrawing = (id, kind) => aboutDrawing(id, "drawing", kind);

/**
 * @param {string} id
 * @param {Drawing} kind
 */
export const stopDrawing = (id, kind) => aboutDrawing(id, "drawing/cancel", kind);

/**
 * Address of one result.
 * @param {string} id
 * @param {string} name
 * @param {boolean} [asDownload]
 */
export const resultAddress = (id, name, asDownload = false) =>
  `/api/clips/${id}/files/${name}${asDownload ? "?download=true" : ""}`;

/**
 * A moment of a clip.
 * @param {string} id
 */
export const pictureAddress = (id) => `/api/clips/${id}/picture`;

/**
 * The clip itself.
 * @param {string} id
 */
export const videoAddress = (id) => `/api/clips/${id}/video`;

/**
 * The athlete doing an exercise.
 * @param {string} exercise
 * @param {string} [phase] the one that tells most, if none is named
 */
export const figureAddress = (exercise, phase = "") =>
  `/api/technique/${encodeURIComponent(exercise)}/figure.svg${phase && `?phase=${phase}`}`;

/**
 * Follow the list of clips.
 * @param {(clips: Clip[]) => void} onClips
 * @param {(isThere: boolean) => void} onServer
 * @returns {() => void} ends it
 */
export function followClips(onClips, onServer) {
  const source = new EventSource("/api/events");
  source.addEventListener("clips", (event) => onClips(JSON.parse(event.data)));
  source.addEventListener("open", () => onServer(true));
  source.addEventListener("error", () => onServer(false));
  return () => source.close();
}
