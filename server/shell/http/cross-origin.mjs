// @ts-check
// Whether another site made a browser send this. The session cookie is not sent from other sites; this also refuses if
// a browser is old or configured differently, and says so (OWASP, Cross-Site Request Forgery Prevention).
import { forProgram } from "./request-rules.mjs";

const SAFE = ["GET", "HEAD", "OPTIONS"];

/**
 * @param {import("node:http").IncomingMessage} req
 * @param {string} path
 * @param {{ appUrl: string, evaluation: boolean }} env
 * @returns {boolean}
 */
export function isCrossOrigin(req, path, env) {
  if (SAFE.includes(req.method ?? "") || forProgram(path)) return false;
  const site = req.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return true;
  // Browsers of the last six years send the origin with every post; older ones at least the referring page.
  const source = req.headers.origin ?? req.headers.referer;
  if (source === undefined) return false; // not a browser: nobody's cookies were used without their knowledge
  if (!URL.canParse(source)) return true;
  const { origin, host } = new URL(source);
  if (origin === env.appUrl) return false;
  // In an evaluation, people type whatever address leads to this machine.
  return !(env.evaluation && host === req.headers.host);
}
