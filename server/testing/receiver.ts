import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A real web server on this machine, over TLS, that keeps what it is sent, as the host events.test and as localhost. */
export interface TestReceiver {
  port: number;
  /** Its certificate, which nobody else signed. */
  certificate: string;
  /** In order. */
  received: Received[];
  /** What it answers, "silence" for nothing; a test sets it. */
  answer: (received: Received) => number | "silence";
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<TestReceiver> {
  const { key, cert } = makeCertificate();
  const server = createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const one = { path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks).toString("utf8") };
      receiver.received.push(one);
      const status = receiver.answer(one);
      if (status === "silence") return;
      response.writeHead(status, status >= 300 && status < 400 ? { Location: "/elsewhere" } : {});
      response.end("x".repeat(100_000));
    });
  });
  server.on("tlsClientError", () => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const receiver: TestReceiver = {
    port: (server.address() as AddressInfo).port,
    certificate: cert,
    received: [],
    answer: () => 204,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

function makeCertificate(): { key: string; cert: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "with-care-receiver-"));
  const names = ["-subj", "/CN=events.test", "-addext", "subjectAltName=DNS:events.test,DNS:localhost,IP:127.0.0.1"];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...key, ...names, "-keyout", "k.pem", "-out", "c.pem"], {
    cwd: folder,
    stdio: "pipe",
  });
  const read = (name: string) => readFileSync(path.join(folder, name), "utf8");
  const made = { key: read("k.pem"), cert: read("c.pem") };
  rmSync(folder, { recursive: true });
  return made;
}
