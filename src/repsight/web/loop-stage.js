// @ts-check
/** Plays one loop on its two canvases: the figure, and what is drawn over it. No markup. */

import { Figure } from "./figure.js";
import { columnOf, compared, differences, JOINTS, SEGMENTS, sidesSeen } from "./loop-compare.js";
import { advanced, at, moving, span, unpacked } from "./loop-data.js";
import { COLOURS, Sheet } from "./loop-draw.js";
import { axes, box, flattened, framed } from "./loop-view.js";
import { numberAt, pairAt, tripleAt } from "./numbers.js";

/**
 * @typedef {import("./loop-data.js").Sent} Sent
 * @typedef {import("./loop-compare.js").Difference} Difference
 * @typedef {"over"|"beside"} Mode
 * @typedef {{phase: string, pace: number, isPlaying: boolean, isMirrored: boolean,
 *   yaw_deg: number, mode: Mode, rule: string, hasFault: boolean}} Wish
 * @typedef {{xy: Float32Array, error_deg: number}} Own
 */

const YAWS = /** @type {Record<string, number>} */ ({ front: 0, side: 90, back: 180, oblique: 45 });
/** The camera looks down a little; beside an own picture it is level, as that one mostly is. */
const PITCH_DEG = 6;
const FAR_M = 0.03;

/** @param {string} view */
export const yawOf = (view) => YAWS[view] ?? 90;

export class LoopStage {
  /**
   * @param {HTMLElement} stage holds two canvases
   * @param {Sent} sent
   * @param {{own: Own | null, wish: Wish, onMoment: (t_s: number, off: Difference[]) => void}} how
   */
  constructor(stage, sent, { own, wish, onMoment }) {
    const [below, above] = stage.querySelectorAll("canvas");
    if (!below || !above) throw new Error("A loop needs two canvases.");
    this.below = below;
    this.above = above;
    this.sent = sent;
    this.own = own;
    this.wish = wish;
    this.onMoment = onMoment;
    this.loop = moving(sent);
    this.samples = sent.t_s.length;
    this.fault = /** @type {Float32Array | null} */ (null);
    this.t_s = wish.isPlaying ? span(sent.phases, wish.phase)[0] : middle(span(sent.phases, wish.phase));
    this.figure = new Figure(below, sent);
    this.resizing = new ResizeObserver(() => this.draw());
    this.resizing.observe(stage);
    this.play();
  }

  /** @param {Wish} wish */
  change(wish) {
    const isOther = wish.phase !== this.wish.phase;
    this.wish = wish;
    const within = span(this.sent.phases, wish.phase);
    if (isOther) this.t_s = wish.isPlaying ? within[0] : middle(within);
    this.play();
  }

  /** @param {string | null} points of the same repetition with a fault */
  showFault(points) {
    this.fault = points ? unpacked(points) : null;
    if (this.fault && !this.wish.isPlaying) this.t_s = this.plainest(this.fault);
    this.draw();
  }

  /**
   * The moment of the phase at which a fault is seen best.
   * @param {Float32Array} fault
   */
  plainest(fault) {
    const [start_s, end_s] = span(this.sent.phases, this.wish.phase);
    const joints = this.sent.cues.find((one) => one.rule === this.wish.rule)?.joints ?? [];
    const columns = joints.flatMap((joint) => JOINTS[joint] ?? []);
    const off = (/** @type {number} */ sample) =>
      columns.reduce((most, column) => {
        const i = (sample * 33 + column) * 3;
        const [is, should] = [tripleAt(fault, i), tripleAt(this.loop.points, i)];
        return Math.max(most, Math.hypot(is[0] - should[0], is[1] - should[1], is[2] - should[2]));
      }, 0);
    const inside = this.sent.t_s.flatMap((t_s, i) => (t_s >= start_s && t_s <= end_s ? [i] : []));
    const first = inside[0] ?? 0;
    return numberAt(this.sent.t_s, inside.reduce((best, i) => (off(i) > off(best) ? i : best), first));
  }

  /** @param {number} t_s */
  seek(t_s) {
    this.t_s = t_s;
    this.draw();
  }

  play() {
    cancelAnimationFrame(this.frame ?? 0);
    let last = performance.now();
    const step = (/** @type {number} */ now) => {
      const within = span(this.sent.phases, this.wish.phase);
      this.t_s = advanced(this.t_s, ((now - last) / 1000) * this.wish.pace, within);
      last = now;
      this.draw();
      this.frame = requestAnimationFrame(step);
    };
    if (this.wish.isPlaying) this.frame = requestAnimationFrame(step);
    else this.draw();
  }

  draw() {
    const share = this.t_s / this.loop.end_s;
    const now = (/** @type {Float32Array} */ values) => at(values, this.samples, share);
    const aspect = fit(this.below, this.above);
    const isBeside = this.own !== null && this.wish.mode === "beside";
    const camera = axes(this.wish.yaw_deg, this.own ? 0 : PITCH_DEG);
    const around = box(this.loop.points, camera);
    if (this.own) widen(around, this.own.xy);
    const aside_m = isBeside ? (around[1] - around[0]) / 2 + 0.25 : 0;
    around[0] -= aside_m;
    around[1] += aside_m;
    const view = framed(camera, around, aspect);
    const shifted = { ...view, middle: /** @type {[number, number]} */ ([view.middle[0] + aside_m, view.middle[1]]) };
    this.below.style.opacity = this.own && !isBeside ? "0.6" : "1";
    this.figure.draw(now(this.loop.ends), shifted);
    const points = now(this.loop.points);
    const off = this.over(points, now, { view, shifted, aside_m });
    this.onMoment(this.t_s, off);
  }

  /**
   * @param {Float32Array} points
   * @param {(values: Float32Array) => Float32Array} now
   * @param {{view: any, shifted: any, aside_m: number}} place
   * @returns {Difference[]}
   */
  over(points, now, { view, shifted, aside_m }) {
    const sheet = new Sheet(this.above, shifted, this.wish.isMirrored);
    sheet.plates(this.loop.plates.map((one) => ({ ...one, centre: now(one.centre), axis: now(one.axis) })));
    const flat = flattened(points, view);
    const sides = sidesSeen(this.wish.yaw_deg);
    const cue = this.sent.cues.find((one) => one.rule === this.wish.rule);
    const words = cue ? { joints: cue.joints, text: cue.text, colour: COLOURS.aim } : null;
    if (this.own) return this.ownOver(sheet, { flat, points, now, words, aside_m, sides });
    if (this.fault && this.wish.hasFault) {
      const ghost = flattened(now(this.fault), view);
      sheet.skeleton(ghost, COLOURS.ghost);
      if (words) sheet.mark({ right: flat, sides }, words);
      for (const joint of cue?.joints ?? []) this.point(sheet, ghost, flat, columnOf(joint, sides[0]));
    } else if (words) sheet.mark({ right: flat, sides }, words);
    return [];
  }

  /**
   * @param {Sheet} sheet
   * @param {{flat: Float32Array, points: Float32Array, now: (values: Float32Array) => Float32Array,
   *   words: import("./loop-draw.js").Mark | null, aside_m: number, sides: import("./loop-compare.js").Sides}} what
   */
  ownOver(sheet, { flat, points, now, words, aside_m, sides }) {
    const own = now(/** @type {Own} */ (this.own).xy);
    const error_deg = /** @type {Own} */ (this.own).error_deg;
    const off = differences(flat, points, own, { segments: compared(this.sent.cues), error_deg, sides });
    const placed = own.map((one, i) => (i % 2 ? one : one + 2 * aside_m));
    sheet.skeleton(placed, COLOURS.own);
    for (const one of off) sheet.mark({ right: placed, sides: [one.side] }, { joints: ends(one), text: "", colour: COLOURS.differs });
    if (words) sheet.mark({ right: placed, sides }, { ...words, colour: COLOURS.issue });
    if (words && !aside_m) for (const joint of words.joints) this.point(sheet, own, flat, columnOf(joint, sides[0]));
    return off;
  }

  /**
   * An arrow from where a joint is to where it should be.
   * @param {Sheet} sheet
   * @param {Float32Array} is
   * @param {Float32Array} should
   * @param {number} joint
   */
  point(sheet, is, should, joint) {
    const [[x, y], [toX, toY]] = [pairAt(is, 2 * joint), pairAt(should, 2 * joint)];
    const gap = Math.hypot(toX - x, toY - y);
    if (gap > FAR_M) sheet.arrow(sheet.place(is, joint), sheet.place(should, joint), COLOURS.aim);
  }

  close() {
    cancelAnimationFrame(this.frame ?? 0);
    this.resizing.disconnect();
    this.figure.gl?.getExtension("WEBGL_lose_context")?.loseContext();
  }
}

/** @param {Difference} one */
const ends = ({ segment }) => /** @type {string[]} */ ([...SEGMENTS[segment]]);

/**
 * @param {[number, number, number, number]} around
 * @param {Float32Array} xy
 */
function widen(around, xy) {
  xy.forEach((value, i) => {
    if (!Number.isFinite(value)) return;
    const low = i % 2 ? 2 : 0;
    const high = i % 2 ? 3 : 1;
    around[low] = Math.min(around[low], value);
    around[high] = Math.max(around[high], value);
  });
}

/** @param {[number, number]} within */
const middle = ([start_s, end_s]) => (start_s + end_s) / 2;

/**
 * Canvases get as many pixels as they are shown with, the figure twice as many for smooth edges.
 * @param {HTMLCanvasElement} below
 * @param {HTMLCanvasElement} above
 */
function fit(below, above) {
  const { clientWidth, clientHeight } = above;
  const dense = Math.min(2, devicePixelRatio || 1);
  [[above, dense], [below, Math.min(2 * dense, 3)]].forEach(([canvas, ratio]) => {
    const one = /** @type {HTMLCanvasElement} */ (canvas);
    const pixels = (/** @type {number} */ size) => Math.max(2, Math.round(size * Number(ratio)));
    const [width, height] = [pixels(clientWidth), pixels(clientHeight)];
    if (one.width !== width || one.height !== height) {
      one.width = width;
      one.height = height;
    }
  });
  return clientWidth / Math.max(1, clientHeight);
}
