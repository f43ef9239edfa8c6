"""Whether a page fits its screen and its controls fit a finger."""

from __future__ import annotations

from playwright.sync_api import Frame, Page

__all__ = ["misfits"]

#: Links within a sentence are as high as the sentence; what is hidden is reached another way.
_CODE = """(least) => {
    const wrong = [];
    const isShown = (one) =>
        one.checkVisibility({ visibilityProperty: true }) && !one.closest(".unseen");
    const name = (one) =>
        (one.textContent.trim() || one.getAttribute("aria-label") || one.id).slice(0, 40);
    if (document.documentElement.scrollWidth > innerWidth) wrong.push("sticks out sideways");
    for (const one of document.querySelectorAll("body *")) {
        if (!isShown(one) || one.closest("svg")) continue;
        const isCut = ["hidden", "clip"].includes(getComputedStyle(one).overflowX);
        const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
        const isLonger = one.scrollWidth > one.clientWidth + 1;
        if (isCut && isLonger && [...one.childNodes].some(isText)) wrong.push(`cut: ${name(one)}`);
    }
    for (const one of document.querySelectorAll("a, button, select, summary, input")) {
        const isInline = one.tagName === "A" && getComputedStyle(one).display === "inline";
        if (!least || !isShown(one) || isInline || one.matches(".hidden-input, .skip")) continue;
        const target = one.closest("label") ?? one;
        const { width, height } = target.getBoundingClientRect();
        if (Math.min(width, height) < least - 0.5) wrong.push(`${name(one)}: ${width} x ${height}`);
    }
    return wrong;
}"""


def misfits(page: Page | Frame, *, finger_px: float = 0.0) -> list[str]:
    """What sticks out, is cut off, or is smaller than a finger (0: nobody touches it)."""
    return page.evaluate(_CODE, finger_px)
