// @ts-check
/** The camera of this device and the worker that finds the body in its pictures. */

import { tripleAt } from "./numbers.js";
import { FIRST_PLAN, nextPlan, speedOf } from "./adapt.js";
import { Hints } from "./hints.js";

/**
 * @typedef {{values: Float32Array | null, captured_ms: number, pose_ms: number,
 *   capture_ms: number, light: number, aspect: number}} Seen
 */

/** @param {"user"|"environment"} facing */
export async function openCamera(facing) {
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: facing, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
  });
}

/** Looks at a playing video, one picture at a time, as often as this device can. */
export class Watcher {
  /**
   * @param {HTMLVideoElement} video
   * @param {{onSeen: (seen: Seen) => void, onReady: () => void,
   *   onFailed: (message: string) => void}} listener
   * @param {string} model lite or full
   */
  constructor(video, listener, model) {
    this.video = video;
    this.listener = listener;
    /** Somebody is on the way out or back: also where they turn around, slowly, every picture counts. */
    this.isTurning = false;
    /** How long pictures wait at the server before it gets to them. */
    this.behind_ms = 0;
    this.plan = { ...FIRST_PLAN, model };
    this.hints = new Hints();
    this.before = /** @type {{values: Float32Array | null, at_ms: number}} */ ({ values: null, at_ms: 0 });
    this.isBusy = true;
    this.isClosed = false;
    this.isReady = false;
    this.pose_ms = 0;
    this.last_ms = -Infinity;
    this.light = 1;
    this.pending = { captured_ms: 0, capture_ms: 0, aspect: 1 };
    this.probe = new OffscreenCanvas(16, 16).getContext("2d", { willReadFrequently: true });
    this.worker = new Worker(new URL("./pose-worker.js", import.meta.url), { type: "module" });
    this.worker.addEventListener("message", ({ data }) => this.hear(data));
    this.worker.addEventListener("error", (event) => listener.onFailed(event.message));
    this.worker.postMessage({ kind: "open", model, delegate: "CPU" });
    this.wait();
  }

  wait() {
    if (this.isClosed) return;
    this.handle = this.video.requestVideoFrameCallback((now, frame) => {
      this.wait();
      this.take(frame.captureTime ?? now).catch(() => {
        this.isBusy = false;
      });
    });
  }

  /** @param {number} captured_ms */
  async take(captured_ms) {
    const { videoWidth: width, videoHeight: height } = this.video;
    const isEarly = captured_ms - this.last_ms < this.plan.interval_ms - 8;
    if (this.isBusy || isEarly || !width) return;
    this.isBusy = true;
    this.last_ms = captured_ms;
    const scale = Math.min(1, this.plan.edge_px / Math.max(width, height));
    const picture = await createImageBitmap(this.video, {
      resizeWidth: Math.round(width * scale),
      resizeHeight: Math.round(height * scale),
    });
    this.measureLight(picture);
    const capture_ms = performance.now() - captured_ms;
    this.pending = { captured_ms, capture_ms, aspect: width / height };
    this.worker.postMessage({ kind: "look", id: 0, picture, t_ms: captured_ms }, [picture]);
  }

  /** @param {ImageBitmap} picture */
  measureLight(picture) {
    if (!this.probe || Math.random() > 0.1) return; // light changes slowly
    this.probe.drawImage(picture, 0, 0, 16, 16);
    const { data } = this.probe.getImageData(0, 0, 16, 16);
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) {
      const [red, green, blue] = tripleAt(data, i);
      sum += (red + green + blue) / 765;
    }
    this.light = (4 * sum) / data.length;
  }

  /** @param {any} news */
  hear(news) {
    if (this.isClosed) return;
    this.isBusy = false;
    if (news.kind === "ready") {
      if (!this.isReady) this.listener.onReady();
      this.isReady = true;
    } else if (news.kind === "failed") this.listener.onFailed(news.message);
    else {
      this.pose_ms = this.pose_ms ? 0.9 * this.pose_ms + 0.1 * news.pose_ms : news.pose_ms;
      const { values, pose_ms } = news;
      this.adapt(values);
      this.listener.onSeen({ ...this.pending, values, pose_ms, light: this.light });
    }
  }

  /**
   * The plan for the next picture, from what this one cost and how fast the body moves.
   * @param {Float32Array | null} values
   */
  adapt(values) {
    const at_ms = this.pending.captured_ms;
    const speed = speedOf(this.before.values, values, at_ms - this.before.at_ms);
    this.before = { values, at_ms };
    const { heat, battery, isCharging } = this.hints;
    const { pose_ms, isTurning, behind_ms } = this;
    const device = { pose_ms, speed, isTurning, heat, battery, isCharging, behind_ms };
    const plan = nextPlan(this.plan, device);
    if (plan.model !== this.plan.model) {
      this.isBusy = true; // until the other model is ready
      this.pose_ms = 0;
      this.worker.postMessage({ kind: "open", model: plan.model, delegate: "CPU" });
    }
    this.plan = plan;
  }

  close() {
    this.isClosed = true;
    this.hints.close();
    if (this.handle) this.video.cancelVideoFrameCallback(this.handle);
    this.worker.terminate();
  }
}
