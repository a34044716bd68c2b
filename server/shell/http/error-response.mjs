// @ts-check
// For a page that is missing or failed, Next answers with an empty document that only its script fills. Those pages
// must be readable without JavaScript as well, so a whole page takes their place (docs/decisions/005).

/**
 * Watches a response: if `problemFor` finds that the handler's answer has to be replaced, `say` says by what; and
 * anybody may take the response from the handler as long as nothing of it was sent.
 * @template Problem
 * @param {import("node:http").ServerResponse} res
 * @param {() => Problem | null} problemFor called when the handler begins to answer; status and headers are in `res`
 * @param {(problem: Problem) => Promise<{ status: number, headers: Record<string, string>, body: Buffer, before?: Promise<void> | null }>} say
 * `before` completes what has to come before the end of the answer
 * @returns {{ answer(problem: Problem): void }} takes over the response, unless its head was sent
 */
export function watchResponse(res, problemFor, say) {
  const [write, end, writeHead, flushHeaders] = [res.write, res.end, res.writeHead, res.flushHeaders].map((method) =>
    /** @type {Function} */ (method).bind(res),
  );
  /** @type {Problem | null} */
  let problem = null;
  let isTaken = false;
  const isReplaced = () => {
    if (!isTaken && problem === null && !res.headersSent) problem = problemFor();
    return isTaken || problem !== null;
  };
  Object.assign(res, {
    /** @param {unknown[]} args */
    write: (...args) => (isReplaced() ? true : write?.(...args)),
    /** @param {unknown[]} args */
    end: (...args) => {
      if (!isReplaced()) return end?.(...args);
      if (problem !== null) take(problem);
      return res;
    },
    // The first write sends the status line; if a page replaces the answer, it has to wait for that page.
    /** @param {unknown[]} args */
    writeHead: (...args) => {
      if (!isTaken && typeof args[0] === "number") res.statusCode = args[0];
      return isReplaced() ? res : writeHead?.(...args);
    },
    flushHeaders: () => void (isReplaced() || flushHeaders?.()),
  });
  return { answer: take };

  /** @param {Problem} found */
  function take(found) {
    if (isTaken || res.headersSent) return;
    isTaken = true;
    for (const name of res.getHeaderNames()) if (!KEPT.includes(name)) res.removeHeader(name);
    // Whatever the handler still writes is discarded.
    const { setHeader, setHeaders, appendHeader, removeHeader } = res;
    const ignore = () => res;
    Object.assign(res, { setHeader: ignore, setHeaders: ignore, appendHeader: ignore, removeHeader: ignore });
    void say(found).then(async ({ status, headers, body, before }) => {
      if (res.destroyed) return;
      Object.assign(res, { setHeader, setHeaders, appendHeader, removeHeader });
      writeHead?.(status, headers);
      if (res.req.method !== "HEAD") write?.(body);
      await before;
      end?.();
    });
  }
}

const KEPT = ["set-cookie", "x-request-id", "connection", "allow"];
