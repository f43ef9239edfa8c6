// @ts-check
/** What the browser tells of heat and battery, where it tells anything at all. */

export class Hints {
  constructor() {
    /** As of the Compute Pressure API: nominal, fair, serious or critical. */
    this.heat = "nominal";
    this.battery = 1;
    this.isCharging = true;
    this.watchHeat();
    this.watchBattery();
  }

  watchHeat() {
    const Observer = /** @type {any} */ (globalThis).PressureObserver;
    if (!Observer) return;
    this.observer = new Observer((/** @type {any[]} */ news) => {
      this.heat = news[news.length - 1].state;
    });
    this.observer.observe("cpu", { sampleInterval: 2000 }).catch(() => {});
  }

  watchBattery() {
    const asked = /** @type {any} */ (navigator).getBattery?.();
    asked?.then((/** @type {any} */ battery) => {
      const read = () => {
        this.battery = battery.level;
        this.isCharging = battery.charging;
      };
      battery.addEventListener("levelchange", read);
      battery.addEventListener("chargingchange", read);
      read();
    }, () => {});
  }

  close() {
    this.observer?.disconnect();
  }
}
