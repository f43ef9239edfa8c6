// @ts-check
/** Resumable uploads: several at once, paused, continued after a reload with the same file. */

/** The library tus-js-client, loaded before this module. */
const tus = /** @type {any} */ (globalThis).tus;

const RETRIES_MS = [0, 500, 1500, 4000, 10000];
const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * @typedef {{id: string, name: string, share: number, isPaused: boolean, problem: string,
 *   pause: () => void, resume: () => void, abandon: () => Promise<void>}} Upload
 */

/** @type {Map<string, Upload>} */
const uploads = new Map();
/** @type {Set<() => void>} */
const listeners = new Set();

function tell() {
  for (const listener of listeners) listener();
}

/** @param {() => void} listener */
export function onUploads(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The upload of a clip in this page, if there is one.
 * @param {string} clipId
 */
export const uploadOf = (clipId) => uploads.get(clipId);

/** @param {string | null} address */
const idOf = (address) => (address ?? "").split("/").pop() ?? "";

/**
 * Begin, or go on with, the upload of one file. Rejects when the server refuses it.
 * @param {File} file
 * @param {string} exercise
 */
export async function startUpload(file, exercise) {
  await new Promise((resolve, reject) => {
    const upload = new tus.Upload(file, {
      endpoint: "/api/uploads",
      chunkSize: PIECE_BYTES,
      retryDelays: RETRIES_MS,
      removeFingerprintOnSuccess: true,
      metadata: { filename: file.name, exercise, recorded: String(file.lastModified) },
      onUploadUrlAvailable: () => {
        keep(upload, file.name);
        resolve(null);
      },
      onProgress: (/** @type {number} */ sent, /** @type {number} */ total) =>
        change(idOf(upload.url), { share: sent / total, problem: "" }),
      onError: (/** @type {any} */ error) => {
        const reason = refusalOf(error);
        if (uploads.has(idOf(upload.url))) {
          change(idOf(upload.url), { isPaused: true, problem: reason });
        }
        reject(new Error(reason));
      },
      onSuccess: () => {
        uploads.delete(idOf(upload.url));
        tell();
        resolve(null);
      },
    });
    upload.findPreviousUploads().then((/** @type {any[]} */ earlier) => {
      if (earlier.length > 0) upload.resumeFromPreviousUpload(earlier[0]);
      upload.start();
    }, reject);
  });
}

/**
 * @param {any} upload
 * @param {string} name
 */
function keep(upload, name) {
  const id = idOf(upload.url);
  uploads.set(id, {
    id,
    name,
    share: 0,
    isPaused: false,
    problem: "",
    pause: () => {
      upload.abort();
      change(id, { isPaused: true });
    },
    resume: () => {
      change(id, { isPaused: false, problem: "" });
      upload.start();
    },
    abandon: async () => {
      await upload.abort(true);
      uploads.delete(id);
      tell();
    },
  });
  tell();
}

/**
 * @param {string} id
 * @param {Partial<Upload>} news
 */
function change(id, news) {
  const upload = uploads.get(id);
  if (upload) {
    uploads.set(id, { ...upload, ...news });
    tell();
  }
}

/**
 * The server's own sentence where there is one.
 * @param {any} error
 */
function refusalOf(error) {
  const body = error?.originalResponse?.getBody?.() ?? "";
  try {
    return String(JSON.parse(body).detail);
  } catch {
    return body || String(error?.message ?? error);
  }
}
