// @ts-check
/**
 * The clip as it was brought, played in a report with its drawing over it. Where this browser cannot
 * play it, the annotated video that the report keeps is shown, and asked for where there is none.
 * Until then, and where there is no film at all, the drawing is played on a plain ground.
 */

import { loadOverlay } from "./replay-data.js";
import { drawOverlay } from "./replay-draw.js";
import { addHud } from "./replay-hud.js";
import { playerOfPoints } from "./replay-points.js";
import { addTools } from "./replay-tools.js";
import { videoAddress } from "./server.js";
import { words } from "./words.js";

/**
 * @typedef {import("./replay-data.js").Overlay} Overlay
 * @typedef {import("./replay-data.js").Player} Player
 */

/** A browser that has not said what it can show by then is not asked any longer. */
const PATIENCE_MS = 8000;
/** Phones show black at the very beginning. */
const EARLIEST_S = 0.05;
const LOOKS = `
  .stage canvas { position: absolute; pointer-events: none; }
  .stage .points { width: 100%; height: 100%; cursor: pointer; background: linear-gradient(#20262d 0 var(--floor), #171b20 var(--floor)); }
  .replay-off canvas, .replay-off .replay-hud { display: none; }
  .stage:fullscreen { border-radius: 0; }
  .replay-hud { position: absolute; inset: 0; pointer-events: none; container-type: size; color: #fff; font-weight: 650; line-height: 1.2; }
  .replay-count, .replay-said > p { position: absolute; padding: .3em .6em; border-radius: .5em; background: rgb(14 19 27 / .78); }
  .replay-count { top: 2.2cqmin; left: 2.2cqmin; font-size: max(.7rem, min(4.2cqmin, 1.6rem)); }
  .replay-count.right { left: auto; right: 2.2cqmin; text-align: right; }
  .replay-count b { display: block; font-size: 2.9em; line-height: 1; font-variant-numeric: tabular-nums; }
  .replay-count i { display: block; font-style: normal; color: #ffb224; }
  .replay-count small { color: #bec8d4; font-size: .9em; }
  .replay-said { position: absolute; inset: auto 2.2cqmin 2.2cqmin; display: grid; gap: .4rem; font-size: max(.75rem, min(3.8cqmin, 1.3rem)); justify-items: start; }
  .replay-said.top { inset: 2.2cqmin 2.2cqmin auto; }
  .replay-said.top.from-left { justify-items: end; }
  .replay-said > p { position: static; max-width: min(100%, 26em); border-left: .25em solid #ff4c3e; }
  .replay-said.top > p { max-width: min(62%, 26em); }
  .replay-said .rejected { border-color: #ffb224; }
  .replay-said span { display: block; font-weight: 450; }
  .mini .replay-said, .mini .replay-count :is(i, small) { display: none; }
  .replay-tools { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; }
  .replay-tools input { flex: 1 1 8rem; min-width: 0; min-height: 2.75rem; accent-color: var(--lift); }
  .replay-tools output { font-variant-numeric: tabular-nums; color: var(--soft); }
  .replay-tools .break { flex-basis: 100%; height: 0; }
  .stage video:not([controls]) { cursor: pointer; }
  .replay-tools :is(button, select) { min-width: 2.75rem; min-height: 2.75rem; padding: 0 .55rem; font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; cursor: pointer; }
  .replay-tools [aria-pressed="true"] { border-color: var(--lift); box-shadow: inset 0 0 0 1px var(--lift); }
  .replay-tools label { display: inline-flex; gap: .4rem; align-items: center; }
  @media (min-width: 70rem) { .with-stage .stage-place { max-width: calc((100svh - 21rem) * var(--ratio)); } }
  @media print { .replay-tools { display: none; } }
`;

/**
 * Put the original under its drawing into a report, if there is one and this browser shows it.
 * @param {Document} page the report
 * @param {string} id
 * @param {"first"|"reviewed"} version whose counts and findings are drawn
 * @param {() => void} onUnplayable neither the clip nor a video of it can be shown
 */
export async function playOriginal(page, id, version, onUnplayable) {
  const stage = page.getElementById("stage");
  if (!stage) return;
  const address = videoAddress(id);
  const overlay = await loadOverlay(id, version).catch(() => null);
  if (!overlay?.t_s.length) return;
  const drawn = page.getElementById("video")?.getAttribute("src") ?? "";
  const isFilm = stage.dataset["unfilmed"] === undefined;
  const isFilmed = isFilm && (await isShown(address, overlay.aspect));
  if ((isFilm && !isFilmed && drawn) || !page.defaultView) return;
  if (isFilm && !isFilmed) onUnplayable();
  const looks = page.createElement("style");
  looks.textContent = LOOKS;
  page.head.append(looks);
  if (!isFilmed) {
    playPoints(page, stage, overlay, isFilm ? "" : words.replay.noFilm);
    return;
  }
  const video = bring(page, stage, `${address}#t=${/#t=(.*)/.exec(drawn)?.[1] ?? firstOf(page).toFixed(2)}`, false);
  const parts = [layOver(page, stage, video, overlay), addTools(page, stage, video, overlay), looks];
  video.addEventListener("error", () => {
    for (const part of parts) part.remove();
    if (drawn) bring(page, stage, drawn, true);
    else onUnplayable();
  });
}

/**
 * The moment of the first movement in a report: before it there is often nothing to see.
 * @param {Document} page
 */
function firstOf(page) {
  const first = /** @type {HTMLElement | null} */ (page.querySelector(".stop[data-t]"));
  return Math.max(EARLIEST_S, Number(first?.dataset["t"] ?? 0));
}

/**
 * The drawing alone, where nothing was filmed, or while a video of it is made.
 * @param {Document} page
 * @param {HTMLElement} stage
 * @param {Overlay} overlay
 * @param {string} why what is said of it
 */
function playPoints(page, stage, overlay, why) {
  page.body.classList.toggle("wide-clip", overlay.aspect > 1);
  page.getElementById("main")?.style.setProperty("--ratio", String(overlay.aspect));
  const player = playerOfPoints(page, overlay, firstOf(page));
  put(page, stage, player, words.replay.points);
  layOver(page, stage, player, overlay, true);
  const note = Object.assign(page.createElement("p"), { className: "soft stage-note", textContent: why });
  addTools(page, stage, player, overlay).after(note);
  player.dispatchEvent(new Event("loadedmetadata"));
}

/**
 * Whether this browser shows a video, the right way up.
 * @param {string} address
 * @param {number} aspect
 * @returns {Promise<boolean>}
 */
function isShown(address, aspect) {
  const probe = document.createElement("video");
  return new Promise((/** @type {(is: boolean) => void} */ tell) => {
    // sound alone has no size; a turned picture has another shape
    const isRight = () => (probe.videoWidth > probe.videoHeight) === (aspect > 1) || Math.abs(aspect - 1) < 0.1;
    probe.onloadedmetadata = () => tell(probe.videoWidth > 0 && isRight());
    probe.onerror = () => tell(false);
    setTimeout(tell, PATIENCE_MS, false);
    Object.assign(probe, { muted: true, preload: "metadata", src: address });
  }).finally(() => {
    probe.onerror = null;
    probe.removeAttribute("src");
    probe.load();
  });
}

/**
 * Another video in the place of the report's.
 * @param {Document} page
 * @param {Element} stage
 * @param {string} address
 * @param {boolean} controls the browser's own, which darken what they lie on
 */
function bring(page, stage, address, controls) {
  const video = page.createElement("video");
  Object.assign(video, { controls, playsInline: true, preload: "auto", src: address });
  put(page, stage, video, words.replay.clip);
  return video;
}

/**
 * @param {Document} page
 * @param {Element} stage
 * @param {Player} video
 * @param {string} name
 */
function put(page, stage, video, name) {
  page.getElementById("video")?.remove();
  video.id = "video";
  video.setAttribute("aria-label", name);
  stage.prepend(video);
  page.dispatchEvent(new Event("repsight-video"));
}

/**
 * Draws what belongs to each picture as it comes to the screen.
 * @param {Document} page
 * @param {Element} stage
 * @param {Player} video
 * @param {Overlay} overlay
 * @param {boolean} [isAlone] there is no film
 */
function layOver(page, stage, video, overlay, isAlone = false) {
  const canvas = page.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  video.after(canvas);
  const hud = addHud(page, stage, overlay);
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  let shown_s = video.currentTime;
  const draw = () => {
    drawOverlay(pen, overlay, shown_s, isAlone);
    hud.show(shown_s);
  };
  const watching = new ResizeObserver(() => {
    fit(canvas, video);
    draw();
  });
  watching.observe(video);
  video.addEventListener("loadedmetadata", () => (fit(canvas, video), draw()));
  const unfollow = follow(video, (t_s) => {
    shown_s = t_s;
    draw();
  });
  return {
    remove: () => {
      unfollow();
      watching.disconnect();
      canvas.remove();
      hud.remove();
    },
  };
}

/**
 * Tells the moment of each picture that comes to the screen.
 * @param {Player} video
 * @param {(t_s: number) => void} onShown
 */
function follow(video, onShown) {
  if (video.requestVideoFrameCallback) {
    let asked = video.requestVideoFrameCallback(function shown(_, { mediaTime }) {
      onShown(mediaTime);
      asked = video.requestVideoFrameCallback?.(shown) ?? 0;
    });
    return () => video.cancelVideoFrameCallback?.(asked);
  }
  const tell = () => {
    onShown(video.currentTime);
    if (!video.paused) requestAnimationFrame(tell);
  };
  for (const name of ["seeked", "play", "loadeddata"]) video.addEventListener(name, tell);
  return () => {};
}

/**
 * The canvas lies on the picture, not on the bars beside it.
 * @param {HTMLCanvasElement} canvas
 * @param {Player} video
 */
function fit(canvas, video) {
  const { clientWidth: width, clientHeight: height, videoWidth, videoHeight } = video;
  if (!videoWidth) return;
  const scale = Math.min(width / videoWidth, height / videoHeight);
  const [wide, high] = [videoWidth * scale, videoHeight * scale];
  Object.assign(canvas.style, {
    left: `${(width - wide) / 2}px`, top: `${(height - high) / 2}px`, width: `${wide}px`, height: `${high}px`,
  });
  canvas.width = Math.round(wide * devicePixelRatio);
  canvas.height = Math.round(high * devicePixelRatio);
}
