// @ts-check
/** Reading lists of numbers: what a list does not have is unknown, and that is NaN everywhere. */

/**
 * @typedef {[number, number]} Pair
 * @typedef {[number, number, number]} Triple
 */

/**
 * @param {ArrayLike<number>} values
 * @param {number} i
 */
export const numberAt = (values, i) => values[i] ?? NaN;

/**
 * Two numbers behind each other, such as a place in a picture.
 * @param {ArrayLike<number>} values
 * @param {number} i where the first one is
 * @returns {Pair}
 */
export const pairAt = (values, i) => [numberAt(values, i), numberAt(values, i + 1)];

/**
 * Three numbers behind each other, such as a place in space.
 * @param {ArrayLike<number>} values
 * @param {number} i where the first one is
 * @returns {Triple}
 */
export const tripleAt = (values, i) => [...pairAt(values, i), numberAt(values, i + 2)];
