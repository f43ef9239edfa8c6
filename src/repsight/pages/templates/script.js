"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  let video = document.getElementById("video");
  const stage = document.getElementById("stage");
  const stillView = document.getElementById("still-view");
  const nowLine = document.getElementById("now");
  const stills = all("figure[data-t] img").map((img) => ({ img, t: Number(img.closest("figure").dataset.t) }));
  const stops = all(".stop");
  const chips = all(".chip");
  const rows = all("tr[data-rep]");
  const lines = all(".timeline").map((figure) => ({ ...axisOf(figure), head: figure.querySelector(".playhead") }));
  const plots = all(".plot").map(plotOf);
  let now = NaN;
  let hasVideo = Boolean(video);
  let wasTouched = false;
  let isDismissed = false;

  function axisOf(figure) {
    return { figure, start: Number(figure.dataset.start), end: Number(figure.dataset.end) };
  }

  function plotOf(figure) {
    const points = JSON.parse(figure.querySelector(".points").textContent);
    return {
      ...axisOf(figure), ...points, low: Number(figure.dataset.low), high: Number(figure.dataset.high),
      unit: figure.dataset.unit, plane: figure.querySelector(".plane"), cursor: figure.querySelector(".cursor"),
      dot: figure.querySelector(".dot"), readout: figure.querySelector(".readout"),
    };
  }

  const clock = (t) => {
    const tenths = Math.round(Math.max(t, 0) * 10);
    return `${Math.floor(tenths / 600)}:${String(Math.floor(tenths / 10) % 60).padStart(2, "0")}.${tenths % 10}`;
  };
  const isIn = (element, t) => t >= Number(element.dataset.t) - 0.02 && t < Number(element.dataset.end);

  /** Everything that shows the present moment. */
  function show(t) {
    now = t;
    for (const { head, start, end } of lines) place(head, t, start, end, ["x1", "x2"]);
    for (const plot of plots) showOnPlot(plot, t);
    const current = stops.find((stop) => isIn(stop, t));
    for (const stop of stops) stop.classList.toggle("current", stop === current);
    const start = current ? current.dataset.t : "";
    for (const chip of chips) chip.classList.toggle("current", chip.dataset.t === start);
    for (const row of rows) row.classList.toggle("current", row.dataset.start === start);
    const words = current ? current.getAttribute("aria-label") : "";
    if (nowLine && nowLine.textContent !== words) nowLine.textContent = words;
    if (!hasVideo) showStill(t);
  }

  function place(element, t, start, end, names) {
    const share = (t - start) / (end - start);
    element.toggleAttribute("hidden", !(share >= 0 && share <= 1));
    for (const name of names) element.setAttribute(name, `${(share * 100).toFixed(3)}%`);
  }

  function showOnPlot(plot, t) {
    place(plot.cursor, t, plot.start, plot.end, ["x1", "x2"]);
    place(plot.dot, t, plot.start, plot.end, ["cx"]);
    const value = plot.v[nearest(plot.t, t)];
    const isShown = value !== null && t >= plot.start && t <= plot.end;
    if (!isShown) plot.dot.setAttribute("hidden", "");
    else plot.dot.setAttribute("cy", `${(100 * (plot.high - value)) / (plot.high - plot.low)}%`);
    plot.readout.textContent = t >= plot.start && t <= plot.end ? `${isShown ? amount(value, plot.unit) : "not seen"} at ${clock(t)}` : "";
  }

  function amount(value, unit) {
    const size = Math.abs(value);
    const text = value.toFixed(size >= 20 ? 0 : size >= 2 ? 1 : 2).replace("-", "\u2212");
    return unit.startsWith("\u00b0") ? text + unit : `${text} ${unit.startsWith("%") ? "%" : ""}`.trim();
  }

  function nearest(times, t) {
    let low = 0;
    let high = times.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (times[middle] <= t) low = middle;
      else high = middle;
    }
    return t - times[low] < times[high] - t ? low : high;
  }

  /** Without the video the nearest still stands in for it. */
  function showStill(t) {
    if (!stillView || !stills.length) return;
    const best = stills.reduce((a, b) => (Math.abs(b.t - t) < Math.abs(a.t - t) ? b : a));
    if (stillView.src !== best.img.src) stillView.src = best.img.src;
    stillView.alt = best.img.alt;
  }

  function seek(t) {
    wasTouched = true;
    isDismissed = false;
    if (hasVideo) video.currentTime = t;
    show(t);
    float();
  }

  function withoutVideo() {
    hasVideo = false;
    if (video) video.remove();
    if (!stage) return;
    stage.parentElement.hidden = !stills.length;
    if (!stills.length) return;
    stillView.hidden = false;
    document.getElementById("stage-note").hidden = !video;
    showStill(Number.isFinite(now) ? now : stills[0].t);
  }

  /* The clip stays in sight: scrolled away on a phone, it becomes a small picture in the corner. */
  let isAway = false;
  function float() {
    if (stage) stage.classList.toggle("mini", isAway && wasTouched && !isDismissed);
  }
  if (stage && "IntersectionObserver" in window) {
    new IntersectionObserver(([entry]) => {
      isAway = !entry.isIntersecting;
      float();
    }).observe(stage.parentElement);
    stage.querySelector(".mini-close").addEventListener("click", () => {
      isDismissed = true;
      if (hasVideo) video.pause();
      float();
    });
  }

  function withVideo() {
    const own = video;
    hasVideo = true;
    stage.parentElement.hidden = false;
    stillView.hidden = true;
    document.getElementById("stage-note").hidden = true;
    document.body.classList.replace("plain", "with-stage");
    const isGone = () => own === video && withoutVideo();
    own.addEventListener("error", isGone);
    if (own.error) isGone();
    const follow = () => {
      if (own !== video) return;
      show(own.currentTime);
      if (!own.paused && !own.ended) requestAnimationFrame(follow);
    };
    own.addEventListener("play", () => { wasTouched = true; follow(); });
    for (const name of ["seeked", "timeupdate"]) own.addEventListener(name, () => { if (wasTouched && own === video) show(own.currentTime); });
  }
  if (video) withVideo();
  else withoutVideo();
  /* A page around this one may put another video in its place. */
  document.addEventListener("repsight-video", () => {
    video = document.getElementById("video");
    withVideo();
  });

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-t]:not(figure)");
    if (target) seek(Number(target.dataset.t));
  });

  const large = document.getElementById("large");
  document.addEventListener("click", (event) => {
    const small = event.target.closest(".zoom")?.querySelector("img");
    if (small) {
      Object.assign(large.querySelector("img"), { src: small.src, alt: small.alt });
      large.showModal();
    } else if (event.target.closest("#large")) large.close();
  });

  /* One tab stop per timeline; arrow keys walk along it. */
  for (const { figure } of lines) {
    const own = all(".stop", figure).sort((a, b) => a.dataset.t - b.dataset.t);
    own.forEach((stop, i) => stop.setAttribute("tabindex", i ? "-1" : "0"));
    figure.addEventListener("keydown", (event) => {
      const at = own.indexOf(event.target.closest(".stop"));
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: own.length - 1 }[event.key];
      if (at >= 0 && (event.key === "Enter" || event.key === " ")) seek(Number(own[at].dataset.t));
      else if (at >= 0 && own[to]) {
        own.forEach((stop) => stop.setAttribute("tabindex", stop === own[to] ? "0" : "-1"));
        own[to].focus();
      } else return;
      event.preventDefault();
    });
  }

  for (const plot of plots) {
    const timeAt = (event) => {
      const box = plot.plane.getBoundingClientRect();
      return plot.start + (plot.end - plot.start) * Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
    };
    plot.plane.addEventListener("pointermove", (event) => plots.forEach((other) => showOnPlot(other, timeAt(event))));
    plot.plane.addEventListener("pointerleave", () => plots.forEach((other) => showOnPlot(other, now)));
    plot.plane.addEventListener("click", (event) => seek(timeAt(event)));
    plot.plane.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -0.1, ArrowRight: 0.1 }[event.key];
      if (!step) return;
      const from = now >= plot.start && now <= plot.end ? now : plot.start;
      seek(Math.min(Math.max(from + step, plot.start), plot.end));
      event.preventDefault();
    });
  }

  /* The coach: a sentence shows its moment and its curve, its number the facts behind it. */
  const light = (shown) => {
    for (const lit of all(".lit")) lit.classList.remove("lit");
    for (const element of shown) element?.classList.add("lit");
  };
  for (const said of all(".said")) said.addEventListener("click", () => light([document.getElementById(said.dataset.plot)]));
  for (const cite of all(".cite")) {
    cite.addEventListener("click", () => {
      document.getElementById("coach-facts").open = true;
      light(cite.dataset.facts.split(" ").map((id) => document.getElementById(`fact-${id}`)));
    });
  }
  window.addEventListener("beforeprint", () => all("details").forEach((details) => { details.open = true; }));
})();
