// @ts-check
/** The clip of a set under its skeleton, at the same place and size, held in the same phase. */

import { html, useEffect, useRef, useState } from "./vendor/preact.js";
import { paceAt, timeAt } from "./phase.js";
import { resultAddress, videoAddress } from "./server.js";

/**
 * @typedef {import("./history-server.js").Replay} Replay
 * @typedef {import("./history-server.js").Turn} Turn
 * @typedef {{left: number, top: number, width: number, height: number}} Box
 * @typedef {{replay: Replay, turn: Turn | undefined, phase: number, perSecond: number, box: Box,
 *   onShown: (t_s: number | null) => void}} Film
 */

/** A video that is further off than this jumps to where it should be. */
const OFF_S = 0.12;
/** Browsers play no slower than this and no faster than that. */
const [SLOWEST, FASTEST] = [0.0625, 8];
const PER_LENGTH = 1000;

/**
 * `perSecond` is how much of the phase passes in a second, 0 at a stop. `onShown` hears the moment
 * of the picture that is on the screen, null without a video.
 * @param {Film} props
 */
export function Film({ replay, turn, phase, perSecond, box, onShown }) {
  const place = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const [aspect, setAspect] = useState(0);
  const [source, setSource] = useState(videoAddress(replay.clip));
  useEffect(() => {
    if (place.current) return follow(place.current, onShown);
    return undefined;
  }, []);
  useEffect(() => {
    if (place.current && turn && aspect) hold(place.current, turn, phase, perSecond);
  }, [turn, phase, perSecond, aspect]);
  const drawn = resultAddress(replay.clip, "annotated.mp4");
  const fail = () => (source === drawn ? onShown(null) : setSource(drawn)); // what the browser cannot play
  return html`<video ref=${place} src=${source} style=${aspect ? placed(replay, aspect, box) : { opacity: 0 }}
    muted playsinline preload="auto" aria-hidden="true" tabindex="-1" onError=${fail}
    onLoadedMetadata=${(/** @type {any} */ event) => setAspect(event.target.videoWidth / event.target.videoHeight)}></video>`;
}

/**
 * Tells the moment of each picture as it comes to the screen.
 * @param {HTMLVideoElement} video
 * @param {(t_s: number) => void} onShown
 */
function follow(video, onShown) {
  if (!("requestVideoFrameCallback" in video)) {
    const tell = () => onShown(/** @type {any} */ (video).currentTime);
    /** @type {any} */ (video).addEventListener("timeupdate", tell);
    return () => /** @type {any} */ (video).removeEventListener("timeupdate", tell);
  }
  let asked = video.requestVideoFrameCallback(function shown(_, { mediaTime }) {
    onShown(mediaTime);
    asked = video.requestVideoFrameCallback(shown);
  });
  return () => video.cancelVideoFrameCallback(asked);
}

/**
 * Keeps a video in a phase: at a stop by seeking, on the way by its pace.
 * @param {HTMLVideoElement} video
 * @param {Turn} turn
 * @param {number} phase
 * @param {number} perSecond
 */
function hold(video, turn, phase, perSecond) {
  const wanted_s = timeAt(turn, phase);
  const rate = Math.min(paceAt(turn, phase) * perSecond, FASTEST);
  const isRunning = rate >= SLOWEST;
  if (isRunning) video.playbackRate = rate;
  if (isRunning === video.paused) isRunning ? video.play().catch(() => {}) : video.pause();
  const off_s = Math.abs(video.currentTime - wanted_s);
  if (!video.seeking && off_s > (isRunning ? OFF_S : 0.001)) video.currentTime = wanted_s;
  // while it seeks it is asked again when it has arrived
  else if (video.seeking) video.onseeked = () => ((video.onseeked = null), hold(video, turn, phase, perSecond));
}

/**
 * Whether a video has nothing to show yet of where it was sent.
 * @param {HTMLVideoElement} video
 */
export const isBehind = (video) => !video.error && video.seeking;

/**
 * Where the picture lies so that the body in it is where its skeleton is drawn.
 * @param {Replay} replay
 * @param {number} aspect
 * @param {Box} box
 */
function placed({ placed: where }, aspect, box) {
  if (!where) return { display: "none" };
  const scale = PER_LENGTH / where.length;
  const left = (where.is_mirrored ? where.x - aspect : -where.x) * scale;
  const percent = (/** @type {number} */ part, /** @type {number} */ of) => `${(100 * part) / of}%`;
  return {
    left: percent(left - box.left, box.width),
    top: percent(-where.y * scale - box.top, box.height),
    width: percent(aspect * scale, box.width),
    height: percent(scale, box.height),
    transform: where.is_mirrored ? "scaleX(-1)" : "none",
  };
}
