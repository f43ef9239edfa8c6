// @ts-check
/**
 * The way of frames to the server and of events back. Every frame is kept until the server has
 * acknowledged it, over lost connections and reloads of the page; it is sent again from there.
 */

import { encodeFrame, takenAt_s, VERSION } from "./live-wire.js";

/**
 * @typedef {{exercise: string, variation?: string, aspect_ratio: number}} Start
 * @typedef {{type: string, t_s: number, [field: string]: any}} LiveEvent
 * @typedef {{kind: "welcome"|"step"|"saved"|"refused", session: string, next: number,
 *   count: number, held_s: number, phase: string, depth: number | null, engine_ms: number, behind_ms: number,
 *   clip: string | null, why: string, exercise: string, events: LiveEvent[]}} Said
 */

const KEPT = "repsight-live";
const WAITS_MS = [200, 500, 1000, 2000, 4000];

/** @typedef {{session: string, began_ms: number, start: Start, next: number, frames: string[]}} Kept */

/** A set that a reload of this page interrupted, if there is one. */
export function interruptedSet() {
  try {
    const kept = /** @type {Kept | null} */ (JSON.parse(sessionStorage.getItem(KEPT) ?? "null"));
    return kept && Date.now() - kept.began_ms < 25 * 60_000 ? kept : null;
  } catch {
    return null;
  }
}

export class LiveSocket {
  /**
   * @param {Start} start
   * @param {{onSaid: (said: Said) => void, onConnected: (isThere: boolean) => void}} listener
   * @param {Kept | null} [kept] goes on with an interrupted set
   */
  constructor(start, listener, kept = null) {
    this.start = start;
    this.listener = listener;
    this.session = kept?.session ?? "";
    this.began_ms = kept?.began_ms ?? performance.timeOrigin + performance.now();
    /** Frames that are not acknowledged; the first has the number `first`. */
    this.frames = (kept?.frames ?? []).map(fromText);
    this.first = kept?.next ?? 0;
    this.next = this.first + this.frames.length;
    /** When the last frame was taken that is with the server, in seconds of the set. */
    this.known_s = NaN;
    this.ending = /** @type {boolean | null} */ (null);
    this.isOver = false;
    this.isWelcome = false;
    this.failures = 0;
    this.keep = () => this.remember();
    addEventListener("pagehide", this.keep);
    this.open();
  }

  open() {
    const address = new URL("/api/live", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    this.socket = socket;
    socket.addEventListener("open", () => {
      const opening = this.session
        ? { resume: this.session }
        : { start: { version: VERSION, ...this.start } };
      socket.send(JSON.stringify(opening));
    });
    socket.addEventListener("message", (event) => this.hear(JSON.parse(event.data)));
    socket.addEventListener("close", () => this.lost(socket));
  }

  /** @param {WebSocket} socket */
  lost(socket) {
    if (socket !== this.socket || this.isOver) return;
    this.isWelcome = false;
    this.listener.onConnected(false);
    const wait_ms = WAITS_MS[Math.min(this.failures, WAITS_MS.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.open(), wait_ms);
  }

  /** @param {Said} said */
  hear(said) {
    if (said.kind === "welcome") {
      this.session = said.session;
      this.failures = 0;
      this.isWelcome = true;
      this.acknowledge(said.next);
      this.frames.forEach((data) => this.socket?.send(data));
      if (this.ending !== null) this.sendEnding();
      this.listener.onConnected(true);
    } else if (said.kind === "step") {
      this.acknowledge(said.next);
    } else {
      this.close();
    }
    this.listener.onSaid(said);
  }

  /**
   * Everything before `next` is with the server.
   * @param {number} next
   */
  acknowledge(next) {
    const count = Math.max(0, Math.min(next - this.first, this.frames.length));
    const known = this.frames.splice(0, count);
    const last = known.at(-1);
    this.known_s = last ? takenAt_s(last) : this.known_s;
    this.first = Math.max(this.first, next);
    this.next = Math.max(this.next, this.first);
  }

  /**
   * One more frame; its number.
   * @param {number} captured_ms on the clock of `performance.now()`
   * @param {Float32Array | null} values
   */
  push(captured_ms, values) {
    const t_us = (performance.timeOrigin + captured_ms - this.began_ms) * 1000;
    const data = encodeFrame(this.next, Math.max(0, t_us), values);
    this.frames.push(data);
    this.next += 1;
    if (this.isWelcome) this.socket?.send(data);
    return this.next - 1;
  }

  /** @param {boolean} isWanted false throws the set away */
  finish(isWanted) {
    this.ending = isWanted;
    if (this.isWelcome) this.sendEnding();
  }

  sendEnding() {
    this.socket?.send(JSON.stringify({ finish: this.ending }));
  }

  /** The server knows all, or will have nothing of it. */
  close() {
    this.isOver = true;
    clearTimeout(this.timer);
    sessionStorage.removeItem(KEPT);
    removeEventListener("pagehide", this.keep);
    this.socket?.close();
  }

  /** The page goes on without this set, which can be gone on with later. */
  leave() {
    this.remember();
    this.isOver = true;
    clearTimeout(this.timer);
    removeEventListener("pagehide", this.keep);
    this.socket?.close();
  }

  /** Before the page goes: what a reload needs to go on. */
  remember() {
    if (!this.session || this.isOver) return;
    const kept = {
      session: this.session,
      began_ms: this.began_ms,
      start: this.start,
      next: this.first,
      frames: this.frames.map(asText),
    };
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
    } catch {
      sessionStorage.setItem(KEPT, JSON.stringify({ ...kept, frames: [] }));
    }
  }
}

/** @param {Uint8Array} data */
const asText = (data) => btoa(String.fromCharCode(...data));

/** @param {string} text */
const fromText = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
