import { afterEach, beforeEach, expect, it } from "vitest";
import { shared } from "#server/base/process-shared.mjs";
import { type LoggedWork, secretKeeper, startLog } from "./log.mjs";

const { error, warn } = console;
afterEach(() => void Object.assign(console, { error, warn }));

const SECRETS = {
  AUTH_SECRET: 'planted"auth\\secret-of-thirty-two-characters',
  OIDC_CLIENT_SECRET: "planted-client-secret",
  METRICS_TOKEN: "planted-metrics-token",
  DATABASE_URL: "postgresql://portal:planted%2Fdatabase@db.example/portal",
  DATABASE_OWNER_URL: "postgresql://owner:planted-owner@db.example/portal",
  SMTP_URL: "smtp://mail:planted-mail@mail.example:587",
  OTEL_EXPORTER_OTLP_HEADERS: "x-one=planted-one%21,x-two=planted-two",
  OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:planted-collector@collector.example",
};
const made = "planted-secret-made-at-start";
const bearer = "wc_planted-token-0123456789";
const cookie = "with-care.session_token=planted-cookie.signature";

function start(logFormat: "json" | "text" | null, isTerminal = false, isLogLevelGiven = false) {
  const lines: string[] = [];
  const secrets = secretKeeper(SECRETS);
  secrets.add(made);
  const out = (line: string) => void lines.push(line);
  const log = startLog({ logLevel: "info", logFormat, isLogLevelGiven }, secrets, {
    isTerminal,
    out,
    work: () => (isWithin ? within : null),
  });
  return { lines, log };
}

let isWithin = true;
let within: LoggedWork;
beforeEach(() => {
  isWithin = true;
  const fields = { id: "7k3m", method: "POST", path: "/exceptions/new", person: "person-1", trace_id: "a".repeat(32) };
  within = { fields, typed: () => ["Planted Person", "my planted reason"], failures: new WeakSet() };
});

it.each(["json", "text"] as const)("writes no secret as %s, whoever prints it and however", (format) => {
  const { lines, log } = start(format);
  const failure = new Error(`cannot reach ${SECRETS.DATABASE_URL} as planted/database with ${SECRETS.AUTH_SECRET}`);
  console.error("It failed:", failure, { headers: { cookie, authorization: `Bearer ${bearer}` } });
  console.warn(SECRETS.OIDC_CLIENT_SECRET, SECRETS.METRICS_TOKEN, encodeURIComponent(SECRETS.AUTH_SECRET), made);
  console.warn("planted-one%21", "planted-one!", "planted-two", "planted-collector");
  console.error("as", SECRETS.DATABASE_OWNER_URL, "planted-owner");
  console.error(
    "wc_planted0123456789abcdef",
    "eyJwbGFudGVk.cGxhbnRlZA.planted",
    "client_secret=planted&password=planted",
  );
  console.error("mail of smtp://somebody:planted-else@mail.example, and", SECRETS.SMTP_URL);
  log.write("info", { id: "1", method: "GET", path: `/x/${made}`, status: 200, ms: 1 }, "request");
  expect(lines).toHaveLength(7);
  expect(lines.join("")).not.toContain("planted");
  expect(lines.join("")).toContain("[secret]");
});

it("is lines of JSON with the request's id for programs, and words on a terminal", () => {
  const forPrograms = start(null);
  console.error("It failed: %s", "so");
  forPrograms.log.write("debug", {}, "too small a matter");
  expect(forPrograms.lines).toEqual([
    expect.stringMatching(/^{"level":"error","time":"[\d:.TZ-]+","id":"7k3m",.*"msg":"It failed: so"}\n$/),
  ]);
  const onTerminal = start(null, true);
  console.error("It failed");
  expect(onTerminal.lines).toEqual(["It failed\n"]);
  onTerminal.log.write("info", { id: "1", method: "GET", path: "/x", status: 200, ms: 7 }, "request");
  onTerminal.log.write("info", { id: "2", status: 408, address: "10.0.0.1", why: "slow" }, "request");
  const [, request, refusal] = onTerminal.lines;
  expect([request, refusal]).toEqual([
    expect.stringMatching(/ GET \/x 200 7 ms 1\n$/),
    expect.stringMatching(/ slow 408 2\n$/),
  ]);
});

it("has one line about a failure, with its cause, request, route and person, whoever prints it how often", () => {
  const { lines } = start("json");
  const cause = Object.assign(new Error('relation "Person" does not exist'), { code: "42P01" });
  const failure = Object.assign(new TypeError("It broke", { cause }), { digest: "1234" });
  // As Next does.
  const next = { onRequestError: (error: unknown) => console.error(error) };
  next.onRequestError(failure);
  shared.logFailure?.(failure, { id: "7k3m", route: "/exceptions/[reference]" });
  console.error("POST /exceptions/new failed:", failure);
  expect(lines).toHaveLength(1);
  const line = JSON.parse(lines[0] ?? "") as { error: { stack: string } };
  expect(line).toMatchObject({
    level: "error",
    id: "7k3m",
    method: "POST",
    path: "/exceptions/new",
    route: "/exceptions/[reference]",
    person: "person-1",
    trace_id: "a".repeat(32),
    msg: "A request failed",
    error: {
      class: "TypeError",
      message: "It broke",
      digest: "1234",
      cause: { class: "Error", message: 'relation "Person" does not exist', code: "42P01" },
    },
  });
  expect(line.error.stack).toMatch(/^at .*log\.test\.ts/);
  within = { ...within, failures: new WeakSet() };
  console.error("Another request failed by it:", failure);
  expect(lines, "in another request it is another failure").toHaveLength(2);
  isWithin = false;
  for (let time = 0; time < 2; time++) console.error("The timed work send-mail failed:", failure);
  expect(lines.slice(2).map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(
    Array.from({ length: 2 }, () => "The timed work send-mail failed"),
  );
});

it.each(["json", "text"] as const)("writes nothing that people wrote as %s, wherever it stands", (format) => {
  const { lines } = start(format);
  const rows = [{ name: "Planted Person", email: "planted@x.invalid" }];
  console.error("Planted Person sent my planted reason", rows, { reason: "my planted reason" });
  console.error("It failed:", new Error("Planted sent “my planted reason” from planted@x.invalid"));
  console.error(
    new Error(`Unique: Key (name)=(Planted Person) already exists.`, { cause: "planted: my planted reason" }),
  );
  expect(lines.join("").toLowerCase().replaceAll("exceptions", "")).not.toMatch(
    /planted(?! reason)|person(?!-1|")|x\.invalid/,
  );
  expect(lines).toHaveLength(3);
});

it("has a line for each request, except for who looks at the portal on a terminal and did not ask for it", () => {
  expect(start(null).log.hasRequests).toBe(true);
  expect(start(null, true).log.hasRequests).toBe(false);
  expect(start(null, true, true).log.hasRequests).toBe(true);
  expect(start("json", true).log.hasRequests).toBe(true);
});
