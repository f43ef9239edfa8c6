// @ts-check
/** Words aloud, if the device has a voice and the lifter wants it; everything is shown as well. */

const KEPT = "repsight-voice";

export const isVoiceWanted = () => localStorage.getItem(KEPT) !== "off";

/** @param {boolean} isWanted */
export function setVoice(isWanted) {
  localStorage.setItem(KEPT, isWanted ? "on" : "off");
  if (!isWanted) speechSynthesis?.cancel();
}

/**
 * Say it now; what was being said is cut off, because the moment has passed.
 * @param {string} text
 */
export function say(text) {
  if (!text || !isVoiceWanted() || !("speechSynthesis" in globalThis)) return;
  speechSynthesis.cancel();
  const spoken = new SpeechSynthesisUtterance(text);
  spoken.lang = document.documentElement.lang;
  spoken.rate = 1.15;
  speechSynthesis.speak(spoken);
}

/** Some phones speak only if the first word came with a tap. */
export function unlockVoice() {
  if ("speechSynthesis" in globalThis) speechSynthesis.speak(new SpeechSynthesisUtterance(""));
}
