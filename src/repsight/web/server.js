// @ts-check
/** Calls to the server this page came from; there is no other. */

/**
 * @typedef {"uploading"|"queued"|"running"|"done"|"failed"|"cancelled"} State
 * @typedef {{id: string, name: string, state: State, share: number, stage: string,
 *   message: string, exercise: string, files: string[], created_at: string}} Clip
 * @typedef {{id: string, name: string, view: string, is_hold: boolean,
 *   variations: [string, string][]}} Exercise
 */

/**
 * @param {string} path
 * @param {RequestInit} [options]
 */
async function call(path, options) {
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
 * Address of one result.
 * @param {string} id
 * @param {string} name
 * @param {boolean} [asDownload]
 */
export const resultAddress = (id, name, asDownload = false) =>
  `/api/clips/${id}/files/${name}${asDownload ? "?download=true" : ""}`;

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
