// @ts-check
/**
 * Process-wide singletons. The bundler gives pages, handlers and instrumentation each their own copy of a module, and
 * the HTTP server in front of Next runs outside the bundle: what they all share is here. Whoever adds something
 * declares it beside their code, in `declare global { interface ProcessShared { … } }`.
 * @type {ProcessShared}
 */
export const shared = (Object(globalThis).withCare ??= {});
