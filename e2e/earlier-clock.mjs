// Sets a portal's clock back by CLOCK_BACK_MS: what a test prepares there is that old once the portal runs on real
// time.
const back = Number(process.env.CLOCK_BACK_MS ?? 0);
const Real = globalThis.Date;
const now = () => Real.now() - back;
globalThis.Date = new Proxy(Real, {
  construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
  apply: () => new Real(now()).toString(),
  get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
});
