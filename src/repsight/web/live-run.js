// @ts-check
/** One run in front of the camera, from opening it to the stored set; no markup. */

import { openCamera, Watcher } from "./camera.js";
import { interruptedSet, LiveSocket } from "./live-socket.js";
import { afterSaid, isOver, NEW_SET, spokenAfter } from "./live-set.js";
import { drawSilhouette, drawSkeleton } from "./overlay.js";
import { Timing } from "./timing.js";
import { adviceFor, isLying } from "./view-check.js";
import { say } from "./voice.js";
import { fill, wordFor, words } from "./words.js";

/**
 * @typedef {"opening"|"check"|"countdown"|"set"|"ending"|"saved"} Step
 * @typedef {{step: Step, set?: import("./live-set.js").LiveSet, advice?: string, seconds?: number,
 *   problem?: string, clip?: string | null, isMirrored?: boolean, isConnected?: boolean,
 *   timing?: ReturnType<Timing["rows"]>, rate_hz?: number}} Shown
 * @typedef {{exercise: import("./server.js").Exercise, nameOf: (id: string) => string, facing: "user"|"environment",
 *   model: string, onShown: (shown: Shown) => void}} Wish
 */

/** The view must be good for this long before the countdown begins by itself. */
const GOOD_MS = 1500;
const COUNTDOWN_S = 3;
const SPEAK_AGAIN_MS = 5000;

export class LiveRun {
  /**
   * @param {HTMLElement} stage holds the video and the canvas
   * @param {Wish} wish
   */
  constructor(stage, wish) {
    this.wish = wish;
    this.video = /** @type {HTMLVideoElement} */ (stage.querySelector("video"));
    this.canvas = /** @type {HTMLCanvasElement} */ (stage.querySelector("canvas"));
    /** @type {Shown} */
    this.shown = { step: "opening", isMirrored: wish.facing === "user", isConnected: true };
    this.set = NEW_SET;
    this.timing = new Timing();
    /** Pictures whose answer is awaited, by frame number: when they were taken and sent. */
    this.awaited = /** @type {Map<number, {captured_ms: number, sent_ms: number}>} */ (new Map());
    this.spoken = { advice: "", at_ms: 0 };
    this.good_ms = 0;
    this.seen_ms = /** @type {number[]} */ ([]);
    this.timer = setInterval(() => this.tick(), 500);
    this.begin().catch((error) => this.fail(error));
  }

  async begin() {
    this.show({});
    this.stream = await openCamera(this.wish.facing);
    if (this.isClosed) return this.close();
    this.video.srcObject = this.stream;
    await this.video.play();
    const listener = {
      onReady: () => this.ready(),
      onSeen: (/** @type {import("./camera.js").Seen} */ seen) => this.look(seen),
      onFailed: (/** @type {string} */ message) => this.fail(new Error(message)),
    };
    this.watcher = new Watcher(this.video, listener, this.wish.model);
    this.wake = await navigator.wakeLock?.request("screen").catch(() => null);
  }

  ready() {
    const kept = interruptedSet();
    if (kept && kept.start.exercise === this.wish.exercise.id) this.startSet(kept);
    else {
      drawSilhouette(this.canvas, this.video, false);
      this.show({ step: "check", advice: "nobody" });
    }
  }

  /** @param {any} error */
  fail(error) {
    const isRefused = error?.name === "NotAllowedError" || error?.name === "NotFoundError";
    const problem = isRefused ? words.live.noCamera : fill(words.failed, { message: String(error?.message ?? error) });
    this.show({ problem });
  }

  /** @param {Partial<Shown>} news */
  show(news) {
    if (this.isClosed) return;
    this.shown = { ...this.shown, ...news };
    this.wish.onShown(this.shown);
  }

  /** @param {import("./camera.js").Seen} seen */
  look(seen) {
    const now_ms = performance.now();
    this.seen_ms = [...this.seen_ms.filter((at) => now_ms - at < 2000), now_ms];
    this.timing.add("capture", seen.capture_ms);
    this.timing.add("pose", seen.pose_ms);
    if (this.shown.step === "set") this.send(seen);
    else if (this.shown.step === "check") this.check(seen);
    if (this.shown.step === "check" && this.shown.advice) {
      drawSilhouette(this.canvas, this.video, isLying(seen.values));
    } else {
      drawSkeleton(this.canvas, this.video, seen.values, this.set.isPaused ? "#ff8d68" : "#5fe0b0");
    }
    this.timing.add("draw", performance.now() - now_ms);
  }

  /** @param {import("./camera.js").Seen} seen */
  send(seen) {
    const number = this.socket?.push(seen.captured_ms, seen.values) ?? 0;
    this.awaited.set(number, { captured_ms: seen.captured_ms, sent_ms: performance.now() });
  }

  /** @param {import("./camera.js").Seen} seen */
  check(seen) {
    const { aspect, light } = seen;
    const now_ms = performance.now();
    const advice = adviceFor(seen.values, { aspect, light, view: this.wish.exercise.view });
    if (advice) this.good_ms = 0;
    else this.good_ms ||= now_ms;
    if (advice !== this.shown.advice) this.show({ advice });
    const isDue = advice !== this.spoken.advice || now_ms - this.spoken.at_ms > SPEAK_AGAIN_MS;
    if (advice && isDue && now_ms - this.spoken.at_ms > 2500) {
      this.spoken = { advice, at_ms: now_ms };
      say(wordFor(words.live.advice, advice) ?? "");
    }
    if (this.good_ms && now_ms - this.good_ms > GOOD_MS) this.countDown();
  }

  countDown() {
    if (this.shown.step !== "check") return;
    let seconds = COUNTDOWN_S;
    const step = () => {
      if (this.isClosed) return;
      if (seconds === 0) {
        this.startSet(null);
        return;
      }
      this.show({ step: "countdown", seconds });
      say(String(seconds));
      seconds -= 1;
      this.counting = setTimeout(step, 1000);
    };
    step();
  }

  /** @param {ReturnType<typeof interruptedSet>} kept */
  startSet(kept) {
    const aspect_ratio = this.video.videoWidth / this.video.videoHeight;
    const start = kept?.start ?? { exercise: this.wish.exercise.id, aspect_ratio };
    const listener = {
      onSaid: (/** @type {import("./live-socket.js").Said} */ said) => this.hear(said),
      onConnected: (/** @type {boolean} */ isConnected) => this.show({ isConnected }),
    };
    this.socket = new LiveSocket(start, listener, kept);
    if (this.watcher) this.watcher.isTurning = true;
    this.show({ step: "set", set: NEW_SET, advice: "" });
    if (!kept) say(words.live.go);
  }

  /** @param {import("./live-socket.js").Said} said */
  hear(said) {
    if (said.kind === "refused") return this.fail(new Error(said.why));
    if (said.kind === "saved") return this.saved(said);
    const before = this.set;
    this.set = afterSaid(before, said, this.socket?.known_s ?? NaN);
    if (this.watcher) {
      this.watcher.isTurning = this.set.phase !== "rest" || this.set.count === 0;
      this.watcher.behind_ms = said.behind_ms ?? 0;
    }
    this.measure(said);
    if (this.shown.step === "set" || this.shown.step === "ending") this.show({ set: this.set });
    if (said.kind !== "step") return;
    const isFound = this.wish.exercise.id === "auto" && this.set.exercise !== before.exercise;
    const spoken = spokenAfter(before, this.set, said.events, words);
    say(isFound ? this.wish.nameOf(this.set.exercise) : spoken);
  }

  /**
   * The way of the frame that was acknowledged, from the camera to the words on the screen.
   * @param {import("./live-socket.js").Said} said
   */
  measure(said) {
    const number = said.next - 1;
    const sent = this.awaited.get(number);
    for (const key of this.awaited.keys()) if (key <= number) this.awaited.delete(key);
    if (!sent || said.kind !== "step") return;
    this.timing.add("engine", said.engine_ms);
    this.timing.add("network", Math.max(0, performance.now() - sent.sent_ms - said.engine_ms));
    requestAnimationFrame(() => this.timing.add("total", performance.now() - sent.captured_ms));
  }

  tick() {
    const rate_hz = this.seen_ms.length / 2;
    this.show({ timing: this.timing.rows(), rate_hz });
    if (this.shown.step === "set" && isOver(this.set)) this.finish(true);
  }

  /** @param {boolean} isWanted */
  finish(isWanted) {
    if (this.shown.step !== "set") return;
    this.show({ step: "ending" });
    this.socket?.finish(isWanted);
  }

  /** @param {import("./live-socket.js").Said} said */
  saved(said) {
    const ended = said.events.find((event) => event.type === "set_ended");
    const set = { ...this.set, count: ended ? ended.rep_count : this.set.count };
    say(fill(words.live.counted, { count: String(set.count) }));
    this.show({ step: "saved", set, clip: said.clip });
    this.close();
  }

  close() {
    this.isClosed = true;
    clearInterval(this.timer);
    clearTimeout(this.counting);
    this.watcher?.close();
    this.stream?.getTracks().forEach((track) => track.stop());
    this.wake?.release();
    if (this.socket?.ending === null) this.socket.leave();
  }
}
