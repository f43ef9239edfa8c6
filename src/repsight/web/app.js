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

/** The live page is loaded when it is asked for: it is not needed to read a report. */
function useLivePage(/** @type {boolean} */ isWanted) {
  const [page, setPage] = useState(/** @type {any} */ (null));
  useEffect(() => {
    if (isWanted && !page) import("./live-page.js").then(({ LivePage }) => setPage(() => LivePage));
  }, [isWanted]);
  return page;
}

function App() {
  const route = useRoute();
  const { clips, isThere } = useClips();
  const [exercises, setExercises] = useState([]);
  useEffect(() => {
    loadExercises().then(setExercises, () => {});
  }, []);
  const isLive = route.startsWith("#/live");
  const LivePage = useLivePage(isLive);
  const clipId = /^#\/clips\/([0-9a-f]{32})$/.exec(route)?.[1];
  return html`
    <a class="skip" href="#main">${words.skip}</a>
    <header class="top"><a class="brand" href="#/"><img src="icon.svg" alt="" width="28" height="28" />${words.title}</a>
      <nav class="row" aria-label=${words.title}>
        <a href="#/" aria-current=${isLive ? null : "page"}>${words.nav.clips}</a>
        <a href="#/live" aria-current=${isLive ? "page" : null}>${words.nav.live}</a>
      </nav></header>
    ${!isThere && html`<p class="notice" role="status">${words.offline}</p>`}
    ${isLive
      ? LivePage && html`<${LivePage} clips=${clips} exercises=${exercises} />`
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
