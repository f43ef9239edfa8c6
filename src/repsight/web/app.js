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

function App() {
  const route = useRoute();
  const { clips, isThere } = useClips();
  const [exercises, setExercises] = useState([]);
  useEffect(() => {
    loadExercises().then(setExercises, () => {});
  }, []);
  const clipId = /^#\/clips\/([0-9a-f]{32})$/.exec(route)?.[1];
  return html`
    <a class="skip" href="#main">${words.skip}</a>
    <header class="top"><a class="brand" href="#/"><img src="icon.svg" alt="" width="28" height="28" />${words.title}</a></header>
    ${!isThere && html`<p class="notice" role="status">${words.offline}</p>`}
    ${clipId
      ? html`<${ClipPage} key=${clipId} id=${clipId} clips=${clips} exercises=${exercises} />`
      : html`<${LibraryPage} clips=${clips} exercises=${exercises} />`}
  `;
}

render(html`<${App} />`, /** @type {HTMLElement} */ (document.getElementById("app")));
