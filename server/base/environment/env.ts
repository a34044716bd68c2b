import { type Env, readEnvironment } from "./environment.mjs";

export type { Env };

/** True under `npm run dev`; the bundler inlines the value. */
export const isDevelopment = process.env.NODE_ENV === "development";

let env: Env | undefined;

/**
 * The portal's settings, read and checked once per process. Not read at import, so that a build needs none of them.
 * @throws EnvironmentError with one sentence about the first wrong value
 */
export function getEnv(): Env {
  env ??= readEnvironment(process.env, process.cwd());
  return env;
}
