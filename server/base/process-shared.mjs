// @ts-check
/**
 * What the process has one of. The bundler gives pages, handlers and instrumentation each their own copy of a module, and
 * the HTTP server in front of Next runs outside the bundle: what all of them share stands here. Whoever puts something in
 * declares it beside their code, in `declare global { interface ProcessShared { … } }`.
 * @type {ProcessShared}
 */
export const shared = (Object(globalThis).withCare ??= {});
