// @ts-check
// Next answers a page that is not there, or that failed, with an empty document which only its script fills. Readers
// without JavaScript must be able to read those two pages as well, so the whole page is put in its place.

/** Pages that Next renders whole: an address where nothing is, and app/problem. */
const NOT_FOUND = "/not-found";
const PROBLEM = "/problem";
/** An address of the API where nothing is either. */
const NOTHING_FOR_PROGRAMS = "/api/v1/nothing";
const METHODS = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"];

/**
 * Wraps Next's request handler: pages answered 404 or 5xx carry a body that can be read without JavaScript; status,
 * other responses, and what Next's own script fetches stay as they are.
 * @param {(req: import("node:http").IncomingMessage, res: import("node:http").ServerResponse) => unknown} handler
 * @param {string} origin of this server as it reaches itself, such as http://127.0.0.1:3000
 * @returns {import("node:http").RequestListener}
 */
export function readableErrors(handler, origin) {
  return (req, res) => {
    if (!METHODS.includes(req.method ?? "")) {
      res.writeHead(405, { allow: METHODS.join(", ") }).end();
      return;
    }
    // Next fails on an address that is no text; nothing can be there.
    if (!isText(req.url ?? "")) req.url = req.url?.startsWith("/api/v1/") ? NOTHING_FOR_PROGRAMS : NOT_FOUND;
    if (req.method !== "HEAD" && !isForScript(req) && !isOwnPage(req.url)) {
      replaceErrorBody(res, origin, req.headers.cookie);
    }
    handler(req, res);
  };
}

/** @param {string} url */
function isText(url) {
  try {
    return decodeURIComponent(url) !== "";
  } catch {
    return false;
  }
}

/**
 * Next's own script fetches pages and sends forms with these; programs have their own addresses.
 * @param {import("node:http").IncomingMessage} req
 */
function isForScript(req) {
  const isFetched = Boolean(req.headers["rsc"] ?? req.headers["next-action"]);
  return isFetched || /^\/(api|scim|_next|\.well-known)\//.test(req.url ?? "");
}

/** @param {string | undefined} url */
function isOwnPage(url) {
  return url === NOT_FOUND || url === PROBLEM;
}

/**
 * @param {import("node:http").ServerResponse} res
 * @param {string} origin
 * @param {string | undefined} cookie
 */
function replaceErrorBody(res, origin, cookie) {
  const write = res.write.bind(res);
  const end = res.end.bind(res);
  const writeHead = res.writeHead.bind(res);
  const flushHeaders = res.flushHeaders.bind(res);
  let isReplacing = false;
  const isErrorPage = () => {
    // A page that failed before Next drew it ends in a few plain words, or in none.
    const isPage = /^(text\/(html|plain).*)?$/.test(String(res.getHeader("content-type") ?? ""));
    const isError = res.statusCode === 404 || res.statusCode === 409 || res.statusCode >= 500;
    isReplacing ||= !res.headersSent && isPage && isError;
    return isReplacing;
  };
  Object.assign(res, {
    /** @param {unknown[]} args */
    write: (...args) => (isErrorPage() ? true : /** @type {Function} */ (write)(...args)),
    /** @param {unknown[]} args */
    end: (...args) => {
      if (!isErrorPage()) return /** @type {Function} */ (end)(...args);
      void sendPage();
      return res;
    },
    // The status line is what the first write sends; for an error page it has to wait for the page in its place.
    /** @param {unknown[]} args */
    writeHead: (...args) => {
      if (typeof args[0] === "number") res.statusCode = args[0];
      return isErrorPage() ? res : /** @type {Function} */ (writeHead)(...args);
    },
    flushHeaders: () => isErrorPage() || flushHeaders(),
  });

  async function sendPage() {
    const headers = { "accept-encoding": "identity", ...(cookie && { cookie }) };
    const path = res.statusCode === 404 ? NOT_FOUND : PROBLEM;
    for (const name of res.getHeaderNames()) if (name !== "set-cookie") res.removeHeader(name);
    try {
      const page = await fetch(origin + path, { headers, redirect: "manual" });
      const body = Buffer.from(await page.arrayBuffer());
      const kept = [...page.headers].filter(
        ([name]) => !/^(connection|keep-alive|transfer-encoding|content-length|date|set-cookie)$/.test(name),
      );
      writeHead(res.statusCode, { ...Object.fromEntries(kept), "content-length": body.length });
      end(body);
    } catch {
      // The server is stopping, or so ill that even this page fails: words are better than nothing.
      res.setHeader("content-type", "text/plain; charset=utf-8");
      end("Something went wrong here. Wait a moment, then load the page again.");
    }
  }
}
