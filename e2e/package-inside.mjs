// @ts-check
// What happens on the machine of an adopter: run by package.spec.ts where there is no network, with Node and no other
// program on the PATH. Prints what it saw as JSON; ends with 1 where something did not answer.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const [home = "", data = "", port = ""] = process.argv.slice(2);
const address = `http://127.0.0.1:${port}`;
const token = "m".repeat(40);
/** @type {Record<string, string>} */
const settings = {
  PATH: "",
  PORT: port,
  DATA_DIR: path.join(data, "live"),
  BODIES: "example-borough",
  METRICS_TOKEN: token,
};
const env = /** @type {NodeJS.ProcessEnv} */ (settings);

const portal = start();
const readyAfterMs = await untilReady(portal);
const page = await (await fetch(`${address}/sign-in`)).text();
const script = /src="(\/_next\/static\/[^"]+\.js)"/.exec(page)?.[1] ?? "";
const answers = {
  signIn: page.includes("Example Borough Council"),
  script: (await fetch(address + script)).status,
  ready: (await fetch(`${address}/api/health/ready`)).status,
  live: (await fetch(`${address}/api/health/live`)).status,
  metrics: (await fetch(`${address}/api/metrics`)).status,
  metricsWithToken: (await fetch(`${address}/api/metrics`, { headers: { authorization: `Bearer ${token}` } })).status,
};
const memory = /process_resident_memory_bytes (\d+)/.exec(
  await (await fetch(`${address}/api/metrics`, { headers: { authorization: `Bearer ${token}` } })).text(),
)?.[1];

const foiPack = await saveFoiPack();
const file = path.join(data, "one.backup");
const backup = await command("backup", [file]);
const again = await command("backup", [file]);
const restoreBesideIt = await command("restore", [file, "--replace"]);
const people = path.join(data, "people.csv");
writeFileSync(people, "email,name,roles\nann@example-borough.example,Ann Example,administrator\n");
const listBesideIt = await command("people-import", [people, "--check"]);
portal.child.kill("SIGTERM");
await portal.ended;
const listAlone = await command("people-import", [people, "--check"]);
const restoreUnasked = await command("restore", [file]);
const restore = await command("restore", [file, "--replace"]);
const elsewhere = await command("restore", [file], { DATA_DIR: path.join(data, "other") });
const verify = await command("evidence-verify", []);

// Every other command that the guide promises: what it says of how it is used, and something that does no harm.
/** @type {Record<string, string>} */
const { start: _, ...scripts } = JSON.parse(readFileSync(path.join(home, "package.json"), "utf8")).scripts;
/** @type {Record<string, { status: number, output: string }>} */
const helped = {};
for (const [name, line] of Object.entries(scripts)) helped[name] = await runIn(line.split(" ").slice(1), ["--help"]);
const list = path.join(data, "list.csv");
writeFileSync(list, "name,email,body\nAnn Example,ann@example-borough.example,example-borough\n");
const answersFile = path.join(data, "answers.yaml");
const guide = readFileSync(path.join(home, "docs", "adopting.md"), "utf8");
writeFileSync(answersFile, /```yaml\n(body:[^]*?)```/.exec(guide)?.[1] ?? "");
const used = {
  adopt: await command("adopt", ["--answers", answersFile, "--into", path.join(data, "own")]),
  checkOwn: await command("policy-check", ["--content", path.join(data, "own")]),
  compare: await command("content-compare", ["--content", path.join(data, "own")]),
  check: await command("policy-check", []),
  lock: await command("policy-lock", ["--content", path.join(home, "content")]),
  decide: await command("decide", [], {}, '{"policy":"model","facts":{}}\n'),
  grant: await command("people-grant", [
    "ann@example-borough.example",
    "administrator",
    "--body",
    "example-borough",
    "--name",
    "Ann Example",
  ]),
  import: await command("people-import", [list, "--check", "--body", "example-borough"]),
  restoreCheck: await command("restore", [file, "--check"]),
};

const network = await fetch("http://192.0.2.1/", { signal: AbortSignal.timeout(3_000) }).catch((error) =>
  String(error.cause?.code ?? error),
);
console.log(
  JSON.stringify({
    readyAfterMs,
    memory,
    answers,
    foiPack,
    backup,
    again,
    restoreBesideIt,
    listBesideIt,
    listAlone,
    restoreUnasked,
    restore,
    elsewhere,
    verify,
    helped,
    used,
    network,
    left: readdirSync(data).sort(),
    wroteHome: existsSync(path.join(home, ".data")),
  }),
);

function start() {
  const child = spawn(process.execPath, [path.join(home, "scripts/start.mjs")], { env, cwd: "/", stdio: "pipe" });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return { child, output: () => output, ended: once(child, "close") };
}

/** @param {ReturnType<typeof start>} portal */
async function untilReady({ child, output }) {
  const startedAt = Date.now();
  while ((await fetch(`${address}/api/health/ready`).catch(() => null))?.status !== 200) {
    if (child.exitCode !== null || Date.now() - startedAt > 90_000) {
      console.error(`The portal did not come up: ${output()}`);
      process.exit(1);
    }
    await pause(100);
  }
  return Date.now() - startedAt;
}

/** Saves the FOI pack of a past day as the governance officer does: the policy's text in it is written by a process of its own. */
async function saveFoiPack() {
  const form = page.split("<form").find((one) => one.includes("Governance officer")) ?? "";
  const personId = /name="personId" value="([^"]+)"/.exec(form)?.[1] ?? "";
  const signedIn = await post("/sign-in/send", { personId, returnTo: "/" });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const answer = await post("/policies/model/on/2026-03-03/foi-pack/send", {}, { cookie });
  writeFileSync(path.join(data, "foi-pack.zip"), Buffer.from(await answer.arrayBuffer()));
  return { status: answer.status, type: answer.headers.get("content-type") };
}

/** @param {string} at @param {Record<string, string>} fields @param {Record<string, string>} [headers] */
function post(at, fields, headers = {}) {
  const body = new URLSearchParams(fields);
  return fetch(address + at, { method: "POST", redirect: "manual", headers: { origin: address, ...headers }, body });
}

/** @param {string} name @param {string[]} args @param {Record<string, string>} [more] @param {string} [input] */
function command(name, args, more = {}, input = "") {
  return runIn(["scripts/run.mjs", `scripts/${name}.mjs`], args, more, input);
}

/** Runs a script of the package. @param {string[]} script its file, below the package, and what it is given first @param {string[]} args @param {Record<string, string>} [more] @param {string} [input] */
async function runIn([file = "", ...first], args, more = {}, input = "") {
  const child = spawn(process.execPath, [path.join(home, file), ...first, ...args], {
    env: { ...env, ...more },
    cwd: "/",
    stdio: "pipe",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  child.stdin.end(input);
  const [status] = await once(child, "close");
  return { status, output };
}
