// Sets the clock of a portal back by CLOCK_BACK_MS: what a journey prepares there is that old once the portal runs on time.
const back = Number(process.env.CLOCK_BACK_MS ?? 0);
const Real = globalThis.Date;
globalThis.Date = class extends Real {
  constructor(...parts) {
    if (parts.length === 0) super(Real.now() - back);
    else super(...parts);
  }
  static now() {
    return Real.now() - back;
  }
};
