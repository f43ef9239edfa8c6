// @ts-check
/** Pieces that several pages use. */

import { html } from "./vendor/preact.js";
import { words } from "./words.js";

/**
 * A list of exercises to choose from.
 * @param {{id: string, value: string, exercises: import("./server.js").Exercise[],
 *   onChange: (exercise: string) => void}} props
 */
export function ExerciseChoice({ id, value, exercises, onChange }) {
  return html`
    <select id=${id} value=${value} onChange=${(/** @type {any} */ event) => onChange(event.target.value)}>
      <option value="auto">${words.auto}</option>
      ${exercises.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}
      <option value="unknown">${words.unknown}</option>
    </select>
  `;
}

/**
 * How far something is, for eyes and for screen readers.
 * @param {{share: number, label: string}} props
 */
export function Meter({ share, label }) {
  const percent = Math.round(100 * share);
  return html`<progress max="100" value=${percent} aria-label=${label}>${percent} %</progress>`;
}

/**
 * A file's name that breaks at its own joints, not within words.
 * @param {{name: string}} props
 */
export function FileName({ name }) {
  return html`${name.split(/(?<=[_\-. ])/).map((part, i) => html`${i > 0 && html`<wbr />`}${part}`)}`;
}
