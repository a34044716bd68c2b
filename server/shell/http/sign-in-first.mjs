// @ts-check
import { readSessionToken } from "../../base/environment/cookie-name.mjs";
import { isOpenPath } from "./request-rules.mjs";

/** @typedef {(req: import("node:http").IncomingMessage, res: import("node:http").ServerResponse) => unknown} Handler */

/**
 * Before Next's handler: requests without a session are redirected to sign in, and back afterwards. This only saves a
 * render; who may see what is decided where the data is read. A form sent after the session ended is kept, and is shown
 * again after signing in: see receive-form.ts.
 * @param {Handler} handler
 * @param {{ appUrl: string }} env
 * @returns {Handler}
 */
export const signInFirst =
  (handler, { appUrl }) =>
  (req, res) => {
    const asked = req.url ?? "/";
    const path = asked.split("?", 1)[0] ?? "/";
    const isSignedIn = readSessionToken(req.headers.cookie, appUrl) !== null;
    if (isSignedIn || req.method === "POST" || isOpenPath(path)) return handler(req, res);
    res
      .writeHead(303, { location: asked === "/" ? "/sign-in" : `/sign-in?returnTo=${encodeURIComponent(asked)}` })
      .end();
  };
