// @ts-check
/** The app: which page is shown, and the state that all pages share. */

import { html, render, useEffect, useState } from "./vendor/preact.js";
import { ClipPage } from "./clip-page.js";
import { LibraryPage } from "./library-page.js";
import { followClips, loadExercises } from "./server.js";
import { words } from "./words.js";

/** @typedef {import("./server.js").Clip} Clip */

function useRoute() {
  const [route, setRoute] = useState(location.hash);
  useEffect(() => {
    const follow = () => setRoute(location.hash);
    addEventListener("hashchange", follow);
    follow(); // it may have changed since the first drawing
    return () => removeEventListener("hashchange", follow);
  }, []);
  return route;
}

function useClips() {
  const [clips, setClips] = useState(/** @type {Clip[] | null} */ (null));
  const [isThere, setIsThere] = useState(true);
  useEffect(() => followClips(setClips, setIsThere), []);
  return { clips, isThere };
}

/**
 * Pages that are loaded when they are asked for: none of them is needed to read a report.
 * @type {{path: string, load: () => Promise<any>}[]}
 */
const PAGES = [
  { path: "#/live", load: () => import("./live-page.js").then((page) => page.LivePage) },
  { path: "#/history", load: () => import("./history-page.js").then((page) => page.HistoryPage) },
  { path: "#/compare", load: () => import("./compare-page.js").then((page) => page.ComparePage) },
  { path: "#/technique", load: () => import("./loop-page.js").then((page) => page.LoopPage) },
  { path: "#/calibration", load: () => import("./calibration-page.js").then((page) => page.CalibrationPage) },
];

/** What leads to a page; the first one is where everything else belongs. */
const NAV = [
  { path: "#/", name: words.nav.clips },
  { path: "#/live", name: words.nav.live },
  { path: "#/history", name: words.nav.history, also: "#/compare" },
  { path: "#/technique", name: words.nav.technique },
  { path: "#/calibration", name: words.nav.calibration },
];

const isAt = (/** @type {string} */ route, /** @type {string} */ path) =>
  route === path || route.startsWith(`${path}/`) || route.startsWith(`${path}?`);

function useLazyPage(/** @type {string} */ route) {
  const [loaded, setLoaded] = useState(/** @type {Record<string, any>} */ ({}));
  const wanted = PAGES.find((page) => isAt(route, page.path));
  useEffect(() => {
    if (wanted && !loaded[wanted.path]) {
      wanted.load().then((page) => setLoaded((/** @type {any} */ all) => ({ ...all, [wanted.path]: page })));
    }
  }, [wanted?.path]);
  return { isWanted: wanted !== undefined, Page: wanted && loaded[wanted.path] };
}

function App() {
  const route = useRoute();
  const { clips, isThere } = useClips();
  const [exercises, setExercises] = useState([]);
  useEffect(() => {
    loadExercises().then(setExercises, () => {});
  }, []);
  const { isWanted, Page } = useLazyPage(route);
  const clipId = /^#\/clips\/([0-9a-f]{32})$/.exec(route)?.[1];
  const here = NAV.find((one) => isAt(route, one.path) || isAt(route, one.also ?? one.path)) ?? NAV[0];
  return html`
    <a class="skip" href="#main">${words.skip}</a>
    <header class="top"><a class="brand" href="#/"><img src="icon.svg" alt="" width="28" height="28" />${words.title}</a>
      <nav class="row" aria-label=${words.title}>
        ${NAV.map((one) => html`<a key=${one.path} href=${one.path} aria-current=${one === here ? "page" : null}>${one.name}</a>`)}
      </nav></header>
    ${!isThere && html`<p class="notice" role="status">${words.offline}</p>`}
    ${isWanted
      ? Page && html`<${Page} route=${route} clips=${clips} exercises=${exercises} />`
      : clipId
      ? html`<${ClipPage} key=${clipId} id=${clipId} clips=${clips} exercises=${exercises} />`
      : html`<${LibraryPage} clips=${clips} exercises=${exercises} />`}
  `;
}

render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById("app")));

// Once the page has had what it needs. Over a certificate that a phone does not know there is no
// worker: the app then needs the server.
const KEEP_AFTER_MS = 4000;
setTimeout(() => navigator.serviceWorker?.register("/sw.js").catch(() => {}), KEEP_AFTER_MS);
