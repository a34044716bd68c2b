import { once } from "node:events";
import { SMTPServer } from "smtp-server";
import { afterEach, expect, it } from "vitest";
import { needsTls, openSmtp } from "./deliver.ts";

const servers: SMTPServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(() => resolve()));
});

/** A server without TLS, which looks the same as one whose offer was stripped by an attacker. */
async function plainServer() {
  const taken: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, _session, done) => {
      taken.push("a mail");
      stream.resume().on("end", () => done());
    },
  });
  servers.push(server);
  server.on("error", () => {}); // a client that requires TLS closes the connection
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const address = server.server.address();
  return { url: `smtp://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`, taken };
}

const MAIL = {
  portal: "With Care",
  messageId: "<1@x.test>",
  to: { name: "Ann", address: "ann@x.test" },
  subject: "s",
  text: "t",
  html: "t",
};

it.each([
  ["smtp://mail.example:587", true],
  ["smtp://user:password@10.0.0.5", true],
  ["smtps://mail.example", true],
  ["smtp://localhost.example:25", true],
  ["smtp://mail.example:25?requireTLS=false", false],
  ["smtp://127.0.0.1:25", false],
  ["smtp://[::1]:25", false],
  ["smtp://localhost:25?requireTLS=true", true],
])("asks for TLS at %s: %s", (url, expected) => expect(needsTls(url)).toBe(expected));

it("rejects an untrusted certificate", async () => {
  // By default this server uses a self-signed one.
  const server = new SMTPServer({ secure: true, authOptional: true });
  servers.push(server);
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const address = server.server.address();
  const url = `smtps://127.0.0.1:${address && typeof address === "object" ? address.port : 0}`;
  const transport = openSmtp(url, "care@x.test");
  await expect(transport.send(MAIL)).rejects.toThrow(/self[- ]signed|certificate/i);
  transport.close();
});

it("sends nothing to a server without TLS, unless TLS is not required", async () => {
  const { url, taken } = await plainServer();
  const strict = openSmtp(`${url}?requireTLS=true`, "care@x.test");
  await expect(strict.send(MAIL)).rejects.toMatchObject({ kind: "unreachable" });
  strict.close();
  expect(taken).toEqual([]);
  const local = openSmtp(url, "care@x.test");
  await local.send(MAIL);
  local.close();
  expect(taken).toEqual(["a mail"]);
});
