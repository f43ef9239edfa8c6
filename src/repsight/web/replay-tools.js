// @ts-check
/** What can be done with a clip beside playing it: picture by picture, slower, without drawing. */

import { clockOf } from "./amounts.js";
import { lastUntil } from "./replay-data.js";
import { words } from "./words.js";

/** Into the picture, past its first moment: times are rounded. */
const INTO_S = 0.002;
const KEYS = /** @type {Record<string, number>} */ ({ ",": -1, ".": 1 });

/**
 * @typedef {import("./replay-data.js").Overlay} Overlay
 * @typedef {import("./replay-data.js").Player} Player
 * @typedef {{page: Document, tools: HTMLElement, stage: Element, video: Player, overlay: Overlay}} Bench
 */

/**
 * @param {Document} page
 * @param {Element} stage
 * @param {Player} video
 * @param {Overlay} overlay
 */
export function addTools(page, stage, video, overlay) {
  const tools = page.createElement("div");
  tools.className = "replay-tools";
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", words.replay.tools);
  const bench = { page, tools, stage, video, overlay };
  addPlay(bench);
  addScrub(bench);
  tools.append(Object.assign(page.createElement("span"), { className: "break" }));
  addSteps(bench);
  addPace(bench);
  addLooks(bench);
  stage.parentElement?.after(tools);
  return tools;
}

/**
 * @param {Bench} bench
 * @param {string} text
 * @param {string} name for those who hear it, where the text is a sign
 * @param {(own: HTMLButtonElement) => void} act
 */
function addButton({ page, tools }, text, name, act) {
  const own = Object.assign(page.createElement("button"), { type: "button", textContent: text });
  if (name) {
    own.setAttribute("aria-label", name);
    own.title = name;
  }
  own.addEventListener("click", () => act(own));
  tools.append(own);
  return own;
}

/** @param {Bench} bench */
function addPlay(bench) {
  const { video } = bench;
  const toggle = () => (video.paused ? video.play().catch(() => {}) : video.pause());
  const own = addButton(bench, words.replay.play, "", toggle);
  const tell = () => {
    own.textContent = video.paused ? words.replay.play : words.replay.pause;
  };
  for (const name of ["play", "pause", "ended"]) video.addEventListener(name, tell);
  video.addEventListener("click", toggle);
}

/**
 * The moment that is shown, to be moved; the report's page follows the video.
 * @param {Bench} bench
 */
function addScrub({ page, tools, video }) {
  const slide = Object.assign(page.createElement("input"), { type: "range", min: "0", step: "any" });
  slide.setAttribute("aria-label", words.replay.moment);
  const time = page.createElement("output");
  const show = () => {
    const { currentTime, duration } = video;
    slide.max = String(duration || 1);
    slide.value = String(currentTime);
    time.textContent = `${clockOf(currentTime)} / ${clockOf(duration || 0)}`;
    slide.setAttribute("aria-valuetext", clockOf(currentTime));
  };
  for (const name of ["loadedmetadata", "timeupdate", "seeked"]) video.addEventListener(name, show);
  slide.addEventListener("input", () => {
    video.currentTime = Number(slide.value);
  });
  tools.append(slide, time);
}

/** @param {Bench} bench */
function addSteps(bench) {
  const { page, tools, video, overlay } = bench;
  const step = (/** @type {HTMLButtonElement} */ own, /** @type {number} */ by) => {
    video.pause();
    const at = lastUntil(overlay.t_s, video.currentTime + INTO_S / 2) + by;
    const to_s = overlay.t_s[Math.min(Math.max(at, 0), overlay.t_s.length - 1)] ?? 0;
    own.dataset.t = String(to_s + INTO_S); // the report's page goes to the moment that a button names
  };
  const back = addButton(bench, "\u2039", words.replay.back, (own) => step(own, -1));
  const on = addButton(bench, "\u203a", words.replay.on, (own) => step(own, 1));
  const press = (/** @type {KeyboardEvent} */ event) => {
    const by = event.ctrlKey || event.metaKey || event.altKey ? 0 : KEYS[event.key];
    if (!tools.isConnected || !page.defaultView) document.removeEventListener("keydown", press);
    else if (by && !(/** @type {Element} */ (event.target).closest("select, textarea"))) {
      (by < 0 ? back : on).click();
      event.preventDefault();
    }
  };
  // the report's page and the one around it
  for (const where of [page, document]) where.addEventListener("keydown", press);
}

/** @param {Bench} bench */
function addPace({ page, tools, video }) {
  const choice = page.createElement("select");
  choice.setAttribute("aria-label", words.replay.pace);
  for (const [rate, text] of Object.entries(words.replay.paces).sort(([a], [b]) => Number(b) - Number(a))) {
    choice.append(Object.assign(page.createElement("option"), { value: rate, textContent: text }));
  }
  choice.addEventListener("change", () => {
    video.playbackRate = Number(choice.value);
  });
  tools.append(choice);
}

/** @param {Bench} bench */
function addLooks(bench) {
  const { page, stage } = bench;
  const drawing = addButton(bench, words.replay.drawing, "", () => {
    const isOff = stage.classList.toggle("replay-off");
    drawing.setAttribute("aria-pressed", String(!isOff));
  });
  drawing.setAttribute("aria-pressed", "true");
  if (!page.fullscreenEnabled) return;
  const large = () => (page.fullscreenElement ? page.exitFullscreen() : stage.requestFullscreen().catch(() => {}));
  addButton(bench, words.replay.full, "", large);
}
