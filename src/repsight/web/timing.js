// @ts-check
/** Where the time between a picture and the answer goes, over the newest frames. */

const KEPT = 300;
export const STAGES = /** @type {const} */ (["capture", "pose", "network", "engine", "draw", "total"]);

/** @typedef {(typeof STAGES)[number]} Stage */

export class Timing {
  constructor() {
    /** @type {Record<Stage, number[]>} */
    this.samples = { capture: [], pose: [], network: [], engine: [], draw: [], total: [] };
    this.frames_hz = 0;
  }

  /**
   * @param {Stage} stage
   * @param {number} ms
   */
  add(stage, ms) {
    const samples = this.samples[stage];
    samples.push(ms);
    if (samples.length > KEPT) samples.shift();
  }

  /** Rows for the panel: stage, median and 95th percentile in milliseconds. */
  rows() {
    return STAGES.map((stage) => {
      const sorted = [...this.samples[stage]].sort((a, b) => a - b);
      const at = (/** @type {number} */ share) =>
        sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] : NaN;
      return { stage, p50: at(0.5), p95: at(0.95), n: sorted.length };
    });
  }
}
