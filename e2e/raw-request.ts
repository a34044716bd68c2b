import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** Long enough for any refusal, on a busy machine. */
const BOUND_MS = 20_000;

/**
 * Sends a request exactly as given, as no browser would, and nothing after it.
 * @param address of the portal
 * @param lines the request line and its headers
 * @returns everything answered until the portal closes the connection, or "still open" if it does not
 */
export async function sendRaw(address: string, lines: readonly string[], body = ""): Promise<string> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  let answer = "";
  socket.on("error", () => {}).on("data", (chunk: Buffer) => (answer += chunk.toString()));
  const closed = new Promise<string>((resolve) => socket.once("close", () => resolve(answer)));
  socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`);
  const seen = await Promise.race([closed, pause(BOUND_MS, "still open", { ref: false })]);
  socket.destroy();
  return seen;
}
