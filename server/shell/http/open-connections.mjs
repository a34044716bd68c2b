// @ts-check
// What is open at this moment: connections, and requests that are not answered yet.

/** No browser sends a second request on a connection before the first is answered; some programs send a few. */
export const MOST_PIPELINED = 16;

/**
 * Counts what is open under a key, up to a limit.
 * @param {number} most
 * @returns {{ take(key: string): boolean, giveBack(key: string): void }} `take` always counts, and says whether it is
 *   within the limit
 */
export function openCounter(most) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  return {
    take: (key) => {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return count <= most;
    },
    giveBack: (key) => {
      const count = (counts.get(key) ?? 0) - 1;
      if (count > 0) counts.set(key, count);
      else counts.delete(key);
    },
  };
}

/** For each connection, how to end its requests that are not answered. @type {WeakMap<import("node:net").Socket, Set<() => void>>} */
const unanswered = new WeakMap();

/**
 * Calls `done` once, when a request is answered or its connection is gone: Node does not report that to an answer that
 * waits behind another on its connection.
 * @param {import("node:http").IncomingMessage} req
 * @param {import("node:http").ServerResponse} res
 * @param {() => void} done
 * @returns {number} how many requests on the connection are not answered, including this one
 */
export function trackRequest({ socket }, res, done) {
  let ofSocket = unanswered.get(socket);
  if (!ofSocket) {
    ofSocket = new Set();
    unanswered.set(socket, ofSocket);
    socket.once("close", () => ofSocket?.forEach((end) => end()));
  }
  const requests = ofSocket;
  const end = () => void (requests.delete(end) && done());
  requests.add(end);
  res.once("close", end);
  return requests.size;
}
