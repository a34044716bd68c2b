// @ts-check
// node scripts/testing/walk-guide.mjs FOLDER: runs the scripts of docs/operating.md as they are printed, with the package in FOLDER, in a
// clean root: a copy of this machine's files that is gone afterwards. What a script prints is compared with what the guide says.
// Exit 0: all of it works. 1: something does not. 3: this machine cannot do it; it says why. With GUIDE_WITHOUT_PORTAL=1 the portal
// itself is not started: for a package without a build.
import "../node-version.mjs";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, cpSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { findFreePort, hasPostgresql, startPostgresql } from "../test-postgresql.mjs";

/** @typedef {{ section: string, language: string, text: string }} Block */

const BODY = "example-borough";
const folder = path.resolve(process.argv[2] ?? "package");
const archive = existsSync(folder) && readdirSync(folder).find((file) => file.endsWith(".tar.gz"));
if (!archive) throw new Error(`There is no package in ${folder}: npm run package makes it.`);
const why = whyNot();
if (why) {
  console.log(`The guide was not walked: ${why}.`);
  process.exit(3);
}
const work = mkdtempSync(path.join(tmpdir(), "with-care-guide-"));
let stopServer = () => {};

/** Why this machine cannot do it; null if it can. */
function whyNot() {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "it wants Linux, and root";
  if (!hasPostgresql()) return "PostgreSQL is not installed";
  if (!/^OpenSSL [3-9]/.test(spawnSync("openssl", ["version"], { encoding: "utf8" }).stdout ?? ""))
    return "openssl is not there";
  const mount =
    "mount -t tmpfs tmpfs /mnt && mkdir /mnt/u /mnt/w /mnt/r && mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/u,workdir=/mnt/w /mnt/r";
  return spawnSync("unshare", ["--mount", "--pid", "--fork", "sh", "-c", mount]).status === 0
    ? null
    : "it cannot have a root of its own here";
}

/** The blocks of the guide, each with the heading that it stands under. @returns {Block[]} */
function readBlocks() {
  /** @type {Block[]} */
  const blocks = [];
  let section = "";
  for (const [, heading, language, text] of readFileSync("docs/operating.md", "utf8").matchAll(
    /^#+ (.+)$|^```(\w+)\n([\s\S]*?)^```$/gm,
  ))
    if (heading) section = heading;
    else blocks.push({ section, language: language ?? "", text: text ?? "" });
  return blocks;
}

async function walk() {
  const port = await prepareServer();
  const version = String(archive).replace(/^with-care-|\.tar\.gz$/g, "");
  const fill = (/** @type {string} */ text) =>
    text.replaceAll("VERSION", version).replaceAll("SLUG", BODY).replaceAll("HOST:5432", `localhost:${port}`);
  const blocks = readBlocks();
  /** The scripts of a section, each with what it prints. @param {string} section */
  const scriptsOf = (section) =>
    blocks.flatMap((block, at) => {
      const next = blocks[at + 1];
      const prints = next?.section === section && next.language === "text" ? fill(next.text) : null;
      return block.section === section && block.language === "sh"
        ? [{ name: section, run: fill(block.text), prints, isOwn: false }]
        : [];
    });
  const install = scriptsOf("As a systemd service");
  const [pilot = [], old = []] = ["From pilot to live", "From server to server"].map(scriptsOf);
  const steps = [
    ...install,
    ...scriptsOf("Commands"),
    own("the backup of a night", "systemctl start with-care-backup.service"),
    ...scriptsOf("Backup and restore").slice(0, 1),
    ...scriptsOf("Restore drill"),
    ...scriptsOf("TLS to the database"),
    ...pilot.slice(0, 3),
    own(
      "the pilot's data, beside it",
      "cp /etc/with-care/environment live; printf 'CONTENT_DIR=/etc/with-care/content\nEVALUATION=1\n' > /etc/with-care/environment\nsystemctl stop with-care; mv /var/lib/with-care live.data; mv /var/lib/with-care.pilot /var/lib/with-care",
    ),
    ...pilot.slice(3),
    own(
      "back to live",
      "cat live > /etc/with-care/environment; rm -r /var/lib/with-care; mv live.data /var/lib/with-care; systemctl start with-care",
    ),
    own("the doctor of the live portal", "with-care doctor || true"),
    ...old.slice(0, 1),
    own(
      "another server",
      `mv /var/backups/with-care/move.* .; rm -r /etc/with-care /var/lib/with-care /var/backups/with-care /opt/with-care* /etc/systemd/system/with-care*; userdel with-care; node /guide/empty.mjs`,
    ),
    ...install.slice(0, 1),
    ...old.slice(1),
    ...scriptsOf("The doctor").map((step) => ({ ...step, run: `${step.run.trim()} || true\n` })),
  ];
  const expected = 15;
  if (steps.filter(({ isOwn }) => !isOwn).length < expected)
    throw new Error("The guide has fewer scripts than there were.");
  // Invented people come with the portal's start.
  const isDry = Boolean(process.env["GUIDE_WITHOUT_PORTAL"]);
  return runAll(steps.filter(({ run }) => !isDry || !run.includes("remove-samples")));
}

/** A step of this test between those of the guide. @param {string} name @param {string} run @returns {{ name: string, run: string, prints: string | null, isOwn: boolean }} */
function own(name, run) {
  return { name, run: `${run}\n`, prints: null, isOwn: true };
}

/** A database server with a certificate of its own authority, and the two accounts as the guide makes them. */
async function prepareServer() {
  const openssl = (/** @type {string[]} */ ...args) => execFileSync("openssl", args, { cwd: work, stdio: "pipe" });
  const key = ["-newkey", "rsa:2048", "-nodes", "-days", "2"];
  openssl("req", "-x509", ...key, "-subj", "/CN=authority", "-keyout", "ca.key", "-out", "ca.pem");
  const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "subjectAltName=DNS:localhost"];
  openssl("req", "-x509", ...key, "-subj", "/CN=database", ...signed, "-keyout", "s.key", "-out", "s.pem");
  const server = await startPostgresql({ cert: path.join(work, "s.pem"), key: path.join(work, "s.key") });
  if (!server) throw new Error("PostgreSQL does not start.");
  stopServer = server.stop;
  const sql =
    readBlocks().find(({ section, language }) => section === "Two accounts" && language === "sql")?.text ?? "";
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  for (const statement of sql.split(/;\n/).filter((one) => one.trim())) await client.query(statement);
  await client.end();
  writeFileSync(
    path.join(work, "empty.mjs"),
    `import pg from ${JSON.stringify(path.resolve("node_modules/pg/esm/index.mjs"))};
const client = new pg.Client({ connectionString: ${JSON.stringify(server.url)} });
await client.connect();
for (const sql of ["DROP DATABASE with_care WITH (FORCE)", ...${JSON.stringify(sql.split(/;\n/).filter((one) => /DATABASE/.test(one)))}]) await client.query(sql);
await client.end();`,
  );
  return new URL(server.url).port;
}

/** Stands for systemd: checks the units where its own program is there, and runs their commands as their account. */
const SYSTEMCTL = `#!/bin/sh
set -eu
verb=$1; shift
[ "\${1-}" != --now ] || shift
value() { sed -n "s/^$1=//p" "$file" | tr '\\n' ' '; }
run() {
  cd "$(value WorkingDirectory | sed 's/ $//')"
  exec setpriv --reuid "$(value User | tr -d ' ')" --regid "$(value Group | tr -d ' ')" --init-groups --no-new-privs -- env $(value Environment) SETTINGS_FILE="$(value EnvironmentFile | tr -d ' ')" PORT="$GUIDE_PORT" "$@"
}
if [ "$verb" = daemon-reload ]; then
  if command -v systemd-analyze > /dev/null; then systemd-analyze verify /etc/systemd/system/with-care*; fi
  exit 0
fi
for unit in "$@"; do
  name=\${unit%.service}
  case $name in *.timer) test -f /etc/systemd/system/$name; continue ;; esac
  file=/etc/systemd/system/$name.service
  case $verb in
    stop | disable)
      [ ! -f /guide/$name.pid ] || { kill "$(cat /guide/$name.pid)" || true; node /guide/wait.mjs gone; rm /guide/$name.pid; } ;;
    start | enable)
      if grep -q Type=oneshot "$file"; then
        (run $(value ExecStart)); sh -c "$(value ExecStartPost)"
      elif [ -n "\${GUIDE_WITHOUT_PORTAL-}" ]; then
        with-care people:grant nobody@council.invalid auditor --body example-borough --name Nobody > /dev/null # makes the database
      else
        (run $(value ExecStart)) >> /guide/portal.log 2>&1 &
        echo $! > /guide/$name.pid
        node /guide/wait.mjs there || { tail -n 20 /guide/portal.log; exit 1; }
      fi ;;
    *) echo "systemctl $verb is not known here"; exit 1 ;;
  esac
done
`;

/** Until the portal answers, or no longer does. */
const WAIT = `const wanted = process.argv[2] === "there";
for (let tries = 0; tries < 240; tries++) {
  const isThere = await fetch(\`http://127.0.0.1:\${process.env.GUIDE_PORT}/api/health/\${wanted ? "ready" : "live"}\`).then(({ ok }) => ok, () => false);
  if (isThere === wanted) process.exit(0);
  await new Promise((resolve) => setTimeout(resolve, 500));
}
console.log(\`After two minutes the portal is not \${process.argv[2]}.\`);
process.exit(1);`;

/** @param {{ name: string, run: string, prints: string | null }[]} steps @returns {Promise<boolean>} */
async function runAll(steps) {
  const files = path.join(work, "files");
  for (const one of [files, path.join(work, "bin")]) mkdirSync(one);
  for (const one of readdirSync(folder, { withFileTypes: true }))
    if (one.isFile()) cpSync(path.join(folder, one.name), path.join(files, one.name));
  cpSync(path.join(work, "ca.pem"), path.join(files, "ca.pem"));
  writeFileSync(path.join(work, "bin", "systemctl"), SYSTEMCTL, { mode: 0o755 });
  writeFileSync(path.join(work, "wait.mjs"), WAIT);
  for (const [at, { run }] of steps.entries())
    writeFileSync(path.join(work, `${at}.sh`), `set -eu\ncd /guide/files\n${run}`);
  const setup = `set -e
mount -t tmpfs tmpfs /mnt; mkdir /mnt/u /mnt/w /mnt/r
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/u,workdir=/mnt/w /mnt/r
mkdir -p /mnt/r/guide; mount --bind "${work}" /mnt/r/guide
mount -t proc proc /mnt/r/proc; mount --rbind /dev /mnt/r/dev
for at in $(seq 0 ${steps.length - 1}); do chroot /mnt/r sh /guide/$at.sh > "${work}/$at.out" 2>&1 || exit $((at + 1)); done`;
  const { PATH, GUIDE_WITHOUT_PORTAL } = process.env;
  /** @type {Record<string, string>} */
  const env = {
    PATH: `/guide/bin:/usr/local/sbin:${path.dirname(process.execPath)}:/usr/sbin:/sbin:${PATH}`,
    HOME: "/root",
    LANG: "C.UTF-8",
    GUIDE_PORT: String(await findFreePort()),
  };
  const args = ["--mount", "--pid", "--fork", "--kill-child", "--propagation", "private", "sh", "-c", setup];
  const { status } = spawnSync("unshare", args, {
    env: /** @type {NodeJS.ProcessEnv} */ ({ ...env, ...(GUIDE_WITHOUT_PORTAL && { GUIDE_WITHOUT_PORTAL }) }),
    stdio: "inherit",
  });
  const done = status === 0 ? steps.length : Number(status);
  const seen = steps.slice(0, done).map(({ name, run, prints }, at) => {
    const printed = readFileSync(path.join(work, `${at}.out`), "utf8");
    const isLast = status !== 0 && at === done - 1;
    const isRight = !isLast && (prints === null || patternOf(prints).test(printed));
    console.log(`${isRight ? "passed" : "FAILED"}  ${name}`);
    if (!isRight)
      console.log(
        `${run}--- printed${isLast ? " before it failed" : ""}\n${printed}${prints === null ? "" : `--- expected\n${prints}`}`,
      );
    return isRight;
  });
  return seen.every(Boolean);
}

/** What the guide says that a script prints: "…" stands for anything, on a line of its own for any lines. @param {string} text */
function patternOf(text) {
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) =>
      line === "…"
        ? "(?:.*\\n)*?"
        : `${line
            .split("…")
            .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
            .join(".*")}\\n`,
    );
  return new RegExp(`^${lines.join("")}$`);
}

try {
  process.exitCode = (await walk()) ? 0 : 1;
} finally {
  stopServer();
  rmSync(work, { recursive: true, force: true });
}
