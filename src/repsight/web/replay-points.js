// @ts-check
/**
 * What stands in the place of a video where there is none: a live set leaves points of the body and
 * no film. It has a video's clock, so that the report and its tools treat it as one.
 */

/**
 * @typedef {import("./replay-data.js").Overlay} Overlay
 * @typedef {import("./replay-data.js").Player} Player
 */

/** The size that it claims: only the shape matters. */
const HEIGHT = 1000;
/** Where the floor is drawn if nothing tells, and the lowest and highest place for it. */
const [USUAL_FLOOR, HIGHEST_FLOOR, LOWEST_FLOOR] = [0.9, 0.5, 0.97];
/** This share of the pictures has the lowest point of the body above the floor. */
const ABOVE_FLOOR = 0.8;

/** Time that passes while it is not stopped. */
class Clock {
  /**
   * @param {HTMLElement} own hears what a video would tell
   * @param {number} duration
   */
  constructor(own, duration) {
    this.own = own;
    this.duration = duration;
    this.now_s = 0;
    this.rate = 1;
    this.isPaused = true;
  }

  /** @param {number} to_s */
  seek(to_s) {
    this.now_s = Math.min(Math.max(to_s, 0), this.duration);
    this.tell("seeked");
  }

  async play() {
    if (!this.isPaused) return;
    if (this.now_s >= this.duration) this.now_s = 0;
    this.isPaused = false;
    this.tell("play");
    let last_ms = performance.now();
    const step = () => {
      if (this.isPaused) return;
      const now_ms = performance.now();
      this.now_s = Math.min(this.now_s + (this.rate * (now_ms - last_ms)) / 1000, this.duration);
      last_ms = now_ms;
      this.tell("timeupdate");
      if (this.now_s >= this.duration) this.pause("ended");
      // in the report's own page: with it, it ends
      else this.own.ownerDocument.defaultView?.requestAnimationFrame(step);
    };
    step();
  }

  /** @param {"pause"|"ended"} [why] */
  pause(why = "pause") {
    if (this.isPaused) return;
    this.isPaused = true;
    this.tell(why);
  }

  /** @param {string} what */
  tell(what) {
    this.own.dispatchEvent(new Event(what));
  }
}

/**
 * A player of points, as wide and long as the overlay, that begins at a moment.
 * @param {Document} page
 * @param {Overlay} overlay
 * @param {number} from_s
 * @returns {Player}
 */
export function playerOfPoints(page, overlay, from_s) {
  const own = page.createElement("div");
  own.className = "points";
  own.setAttribute("role", "img");
  own.style.setProperty("--floor", `${(100 * floorOf(overlay)).toFixed(1)}%`);
  const clock = new Clock(own, overlay.t_s[overlay.t_s.length - 1] ?? 0);
  clock.seek(from_s);
  return Object.defineProperties(/** @type {any} */ (own), {
    currentTime: { get: () => clock.now_s, set: (/** @type {number} */ to_s) => clock.seek(to_s) },
    playbackRate: { get: () => clock.rate, set: (/** @type {number} */ rate) => (clock.rate = rate) },
    paused: { get: () => clock.isPaused },
    ended: { get: () => clock.isPaused && clock.now_s >= clock.duration },
    duration: { value: clock.duration },
    error: { value: null },
    videoWidth: { value: HEIGHT * overlay.aspect },
    videoHeight: { value: HEIGHT },
    play: { value: () => clock.play() },
    pause: { value: () => clock.pause() },
  });
}

/**
 * The height of the floor, from above, as a share of the picture: under the lowest point of the
 * body at most times.
 * @param {Overlay} overlay
 */
function floorOf({ points, size, t_s }) {
  const lowest = t_s.map((_, frame) => {
    const heights = points.subarray(2 * size * frame, 2 * size * (frame + 1)).filter((y, i) => i % 2 && Number.isFinite(y));
    return heights.reduce((low, y) => Math.max(low, y), -Infinity);
  });
  const sorted = lowest.filter(Number.isFinite).sort((a, b) => a - b);
  const floor = sorted[Math.floor(ABOVE_FLOOR * sorted.length)] ?? USUAL_FLOOR;
  return Math.min(Math.max(floor, HIGHEST_FLOOR), LOWEST_FLOOR);
}
