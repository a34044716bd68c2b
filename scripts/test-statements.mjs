// @ts-check
// What a portal sends to its PostgreSQL, read from the connection: for tests that count statements.
import { startTcpProxy } from "./test-tcp-proxy.mjs";

/** They open, close and set up what the others run in. */
const AROUND = /^(BEGIN|COMMIT|ROLLBACK|SET|DEALLOCATE|DISCARD)\b/i;

/**
 * A proxy as in test-tcp-proxy.mjs that records every statement, in order of arrival.
 * @param {string} databaseUrl
 * @param {RegExp} [passedOver] what is not recorded: a portal's scheduled jobs send their own queries, for example
 * @returns {Promise<import("./test-tcp-proxy.mjs").TcpProxy & { statements: string[] }>}
 */
export async function startStatementProxy(databaseUrl, passedOver) {
  /** @type {string[]} */
  const statements = [];
  const note = (/** @type {string} */ text) => {
    if (!AROUND.test(text) && !passedOver?.test(text)) statements.push(text);
  };
  const proxy = await startTcpProxy(databaseUrl, () => statementReader(note));
  return { ...proxy, statements };
}

/**
 * Reads the messages of one client: https://www.postgresql.org/docs/current/protocol-message-formats.html
 * @param {(text: string) => void} note is given every statement
 * @returns {(chunk: Buffer) => void} takes what the client sends, in pieces of any size
 */
export function statementReader(note) {
  let buffer = Buffer.alloc(0);
  let isStarted = false; // the first message has no type before its length
  return (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const head = isStarted ? 1 : 0;
      if (buffer.length < head + 4) return;
      const end = head + buffer.readInt32BE(head);
      if (buffer.length < end) return;
      const type = isStarted ? String.fromCharCode(buffer[0] ?? 0) : "";
      const words = buffer.toString("utf8", head + 4, end).split("\0");
      if (type === "Q") note(words[0] ?? "");
      if (type === "P") note(words[1] ?? ""); // after the name of a prepared statement
      isStarted = true;
      buffer = buffer.subarray(end);
    }
  };
}
