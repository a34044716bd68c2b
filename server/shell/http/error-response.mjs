// @ts-check
// Next answers a page that is not there, or that failed, with an empty document which only its script fills. Readers
// without JavaScript must be able to read those pages as well, so a whole page is put in their place (docs/decisions/005).

/**
 * Watches over a response: where `problemFor` finds that what the handler says has to be replaced, `say` says what
 * takes its place; and anybody may take it out of the handler's hands while nothing of it is sent.
 * @template Problem
 * @param {import("node:http").ServerResponse} res
 * @param {() => Problem | null} problemFor looked at when the handler begins to answer; status and headers are in `res`
 * @param {(problem: Problem) => Promise<{ status: number, headers: Record<string, string>, body: Buffer, before?: Promise<void> | null }>} say
 *   `before` ends what has to come before the end of the answer
 * @returns {{ answer(problem: Problem): void }} takes the response, unless its head is sent
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
    // The status line is what the first write sends; where a page takes its place it has to wait for that.
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
    // What the handler still says is for nobody.
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
