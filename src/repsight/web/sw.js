// @ts-check
/**
 * Keeps the app itself on the device, so that it opens without the server: everything that the
 * server lists as an asset, and nothing else. What belongs to the lifter (clips, reports) is never
 * kept here. With the server at hand its files come first, so nobody runs an old version.
 */

const KEPT = "repsight-app";
const worker = /** @type {any} */ (globalThis);

worker.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(keepAll().then(() => worker.skipWaiting()));
});
worker.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(worker.clients.claim());
});
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname === "/api/exercises" || !pathname.startsWith("/api/")) {
    event.respondWith(fresh(request));
  }
});

async function keepAll() {
  const answer = await fetch("/api/assets");
  const cache = await caches.open(KEPT);
  const assets = /** @type {string[]} */ (await answer.json());
  // one after the other, small ones first: the page may be loading the same files just now
  const isLarge = (/** @type {string} */ path) => /\.(task|wasm)$/.test(path);
  const ordered = ["/", "/api/exercises", ...assets].sort((a, b) => Number(isLarge(a)) - Number(isLarge(b)));
  for (const path of ordered) await cache.add(path);
}

/**
 * The server's answer, else the kept one.
 * @param {Request} request
 */
async function fresh(request) {
  const cache = await caches.open(KEPT);
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.type === "basic" && !answer.redirected) {
      await cache.put(plain(request), answer.clone());
    }
    return answer;
  } catch (error) {
    const kept = await cache.match(plain(request));
    if (kept) return kept;
    throw error;
  }
}

/**
 * Without what follows a question mark: it may carry the key, which is kept nowhere.
 * @param {Request} request
 */
const plain = (request) => new URL(request.url).pathname;
