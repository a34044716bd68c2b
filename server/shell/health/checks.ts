import { existsSync, lstatSync, readdirSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import path from "node:path";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { Fault } from "#domain/policy/decision/rule-file.ts";
import { checkContent, servedClauseFaults } from "#server/base/content/check.ts";
import { readContent, type ReadVersion } from "#server/base/content/read.ts";
import { ownsTables } from "#server/base/db/accounts.ts";
import type { Database } from "#server/base/db/database.ts";
import { checkMigrated } from "#server/base/db/migrate.ts";
import { refusalOf } from "#domain/access/identity/refusal.ts";
import { checkSignIn } from "#server/access/identity/provider-check.ts";
import { getWebhookHealth } from "#server/evidence/webhook/queries.ts";
import { isLoopback, type Env } from "#server/base/environment/environment.mjs";
import { findSamples } from "#server/gather/retention/sample-queries.ts";
import { countMissed } from "#server/evidence/head/queries.ts";
import { verifyChains } from "#server/evidence/journal/verification.ts";
import { openSmtp } from "#server/evidence/outbox/deliver.ts";
import packageJson from "../../../package.json" with { type: "json" };

/** What is looked at: of a running portal by its page, of any by `npm run doctor`. */
export interface Patient {
  env: Env;
  /** Why the portal would not start with its settings; null if it would. */
  settingsProblem: string | null;
  /** Not necessarily of this version; null if it cannot be reached. */
  database: Database | null;
  /** Why it cannot, and what to do. */
  databaseProblem: string | null;
  now: Date;
  /** Version of Node, without the v. */
  node: string;
}

interface Seen {
  state: "ok" | "warning" | "fault";
  /** What is so, in one sentence. */
  says: string;
  /** What to do about it; "" if nothing. */
  todo: string;
}

/** One line about the portal: what was looked at, and what was seen. */
export interface HealthLine extends Seen {
  name: string;
  title: string;
}

interface HealthCheck {
  name: string;
  title: string;
  /** Reads all content or evidence: on the page only when asked. */
  isLong?: boolean;
  look(patient: Patient): Seen | Promise<Seen>;
}

const ok = (says: string): Seen => ({ state: "ok", says, todo: "" });
const warning = (says: string, todo: string): Seen => ({ state: "warning", says, todo });
const fault = (says: string, todo: string): Seen => ({ state: "fault", says, todo });

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const GIGABYTE = 1e9;
const LOOK_WITHIN_MS = 12 * SECOND_MS;
const LOOK_LONG_WITHIN_MS = 15 * 60 * SECOND_MS;

/**
 * Looks at everything, or at what does not take long. Whatever goes wrong with one check is its line; all others are
 * there, too.
 */
export async function examine(patient: Patient, { isWhole }: { isWhole: boolean }): Promise<HealthLine[]> {
  const checks = HEALTH_CHECKS.filter(({ isLong }) => isWhole || !isLong);
  return Promise.all(
    checks.map(async ({ name, title, isLong, look }) => {
      const seen = await withinTime(isLong ? LOOK_LONG_WITHIN_MS : LOOK_WITHIN_MS, async () => look(patient));
      return { name, title, ...seen };
    }),
  );
}

async function withinTime(milliseconds: number, look: () => Promise<Seen>): Promise<Seen> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Seen>((resolve) => {
    timer = setTimeout(
      () => resolve(fault("It did not answer in time.", "Look again; then see its own log.")),
      milliseconds,
    );
  });
  const looked = look().catch((error: unknown) =>
    fault(`It could not be looked at: ${wordsOf(error)}.`, "Correct what the sentence names, and look again."),
  );
  return Promise.race([looked, late]).finally(() => clearTimeout(timer));
}

const onDatabase =
  (look: (database: Database, patient: Patient) => Promise<Seen>): HealthCheck["look"] =>
  (patient) =>
    patient.database
      ? look(patient.database, patient)
      : warning("Not looked at, because the database cannot be reached.", "See to the database first.");

/** All that is looked at, in the order of the lines. */
export const HEALTH_CHECKS: readonly HealthCheck[] = [
  {
    name: "settings",
    title: "Settings",
    look: ({ settingsProblem }) =>
      settingsProblem === null ? ok("The portal takes them.") : fault(settingsProblem, "Correct that setting."),
  },
  { name: "versions", title: "Versions", look: ({ node, now }) => lookAtNode(node, calendarDay(now)) },
  { name: "database", title: "Database", look: lookAtDatabase },
  { name: "migrations", title: "Migrations", look: onDatabase(lookAtMigrations) },
  { name: "locks", title: "Locks", look: onDatabase(lookAtLocks) },
  { name: "timed-work", title: "Timed work", look: onDatabase(lookAtTimedWork) },
  { name: "people", title: "People", look: onDatabase(lookAtPeople) },
  { name: "mail", title: "Mail", look: lookAtMail },
  { name: "webhooks", title: "Webhooks", look: onDatabase(lookAtWebhooks) },
  { name: "sign-in", title: "Sign-in", look: lookAtSignIn },
  { name: "disk", title: "Disk", look: lookAtDisk },
  { name: "clock", title: "Clock", look: onDatabase(lookAtClock) },
  { name: "files", title: "Permissions of files", look: lookAtFiles },
  { name: "backups", title: "Backups", look: lookAtBackups },
  { name: "content", title: "Content", isLong: true, look: lookAtContent },
  { name: "evidence", title: "Evidence", isLong: true, look: onDatabase(lookAtEvidence) },
];

/** Until when each version of Node gets security fixes (github.com/nodejs/release, "Release schedule"). */
const NODE_ENDS: Readonly<Record<string, string>> = { 20: "2026-04-30", 22: "2027-04-30", 24: "2028-04-30" };

function lookAtNode(node: string, today: string): Seen {
  const end = NODE_ENDS[node.split(".")[0] ?? ""];
  const says = `With Care ${packageJson.version} on Node ${node}`;
  if (end === undefined) return warning(`${says}, which it is not tested on.`, "Install Node 24.");
  if (end < today) return warning(`${says}, which has had no security fixes since ${end}.`, "Install Node 24.");
  return ok(`${says}.`);
}

const OLDEST_POSTGRESQL = 15;
const SLOW_MS = 500;

async function lookAtDatabase({ database, databaseProblem, env }: Patient): Promise<Seen> {
  if (!database) return fault(databaseProblem ?? "It cannot be reached.", "Do what the sentence says, and look again.");
  const begun = performance.now();
  const [found] = await database.prisma.$queryRaw<{ version: string }[]>`
    SELECT current_setting('server_version') AS version`;
  const took = Math.round(performance.now() - begun);
  const version = found?.version ?? "";
  if (database.kind === "embedded")
    return env.evaluation
      ? ok(`The embedded database answers in ${took} ms.`)
      : warning(
          "Real people work on the embedded database.",
          "Move to PostgreSQL (docs/operating.md, “From server to server”).",
        );
  const says = `PostgreSQL ${version} answers in ${took} ms`;
  if (Number.parseInt(version, 10) < OLDEST_POSTGRESQL)
    return fault(
      `${says}; it is older than ${OLDEST_POSTGRESQL}.`,
      `Move to PostgreSQL ${OLDEST_POSTGRESQL} or later.`,
    );
  if (took > SLOW_MS)
    return warning(`${says}, which is slow.`, "Look at the network, and at what else that server does.");
  const url = new URL(env.databaseSessionUrl ?? "postgresql://localhost/none");
  const mode = url.searchParams.get("sslmode") ?? "disable";
  const isNear = url.hostname === "" || isLoopback(url.hostname);
  if (!isNear && !mode.startsWith("verify") && !url.searchParams.has("sslrootcert"))
    return warning(
      `${says}, ${mode === "disable" ? "in the clear" : "encrypted, but by whoever says to be it"}.`,
      "Add sslmode=verify-full and sslrootcert to DATABASE_URL (docs/operating.md, “TLS to the database”).",
    );
  const isOwner = !env.evaluation && !env.databaseOwnerUrl && (await ownsTables(database.prisma).catch(() => false));
  if (isOwner)
    return warning(
      `${says}; the portal's account owns the tables.`,
      "Give it two accounts (docs/operating.md, “Two accounts”).",
    );
  return ok(`${says}.`);
}

async function lookAtMigrations({ prisma }: Database): Promise<Seen> {
  const query = <Row>(sql: string) => prisma.$queryRawUnsafe<Row[]>(sql);
  try {
    await checkMigrated({ query, run: () => Promise.resolve() }, path.join(process.cwd(), "prisma", "migrations"));
    return ok("The database is as this version has it.");
  } catch (error) {
    return fault(wordsOf(error), "Do what the sentence says (docs/operating.md, “Upgrade and roll back”).");
  }
}

/** How long a statement may wait for a lock, and a transaction stand still. */
const [WAIT_SECONDS, STILL_SECONDS] = [2, 60];

async function lookAtLocks({ prisma, kind }: Database): Promise<Seen> {
  if (kind === "embedded") return ok("The embedded database belongs to one process.");
  const [found] = await prisma.$queryRaw<{ waiting: number; still: number }[]>`
    SELECT (count(*) FILTER (WHERE wait_event_type = 'Lock' AND query_start < now() - make_interval(secs => ${WAIT_SECONDS})))::int AS waiting,
           (count(*) FILTER (WHERE state LIKE 'idle in transaction%' AND state_change < now() - make_interval(secs => ${STILL_SECONDS})))::int AS still
      FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  const { waiting, still } = found ?? { waiting: 0, still: 0 };
  if (waiting > 0)
    return fault(
      `${waiting} ${waiting === 1 ? "statement waits" : "statements wait"} for somebody else's lock.`,
      "Find who has it with pg_blocking_pids(pid) in pg_stat_activity, and end what hangs with pg_terminate_backend.",
    );
  if (still > 0)
    return warning(
      `${still} open transactions stand still.`,
      "End the program that opened them: see pg_stat_activity.",
    );
  return ok("Nothing waits for a lock.");
}

/** Mail is looked after each minute. */
const TIMED_WORK_WITHIN_MS = 10 * 60 * SECOND_MS;

async function lookAtTimedWork({ prisma }: Database, { now }: Patient): Promise<Seen> {
  const last = await prisma.jobRun.aggregate({ _max: { endedAt: true }, where: { failure: null } });
  const at = last._max.endedAt;
  const isLate = (since: Date) => now.getTime() - since.getTime() > TIMED_WORK_WITHIN_MS;
  if (at === null) {
    const [made] = await prisma.$queryRaw<{ at: Date | null }[]>`SELECT max(finished_at) AS at FROM _prisma_migrations`;
    if (made?.at && !isLate(made.at)) return ok("The database is new: the first is done within ten minutes.");
  }
  if (at === null || isLate(at))
    return fault(
      at === null ? "None was ever done." : `None was done since ${timeOf(at)}.`,
      "Start the portal; where it has just started, look again in ten minutes; where it runs for longer, its log and /admin/jobs say why.",
    );
  const failed = await prisma.$queryRaw<{ job: string }[]>`
    SELECT job FROM (SELECT DISTINCT ON (job) job, failure FROM "JobRun" WHERE "endedAt" IS NOT NULL
                      ORDER BY job, "startedAt" DESC) last WHERE failure IS NOT NULL ORDER BY job`;
  if (failed.length > 0)
    return fault(
      `Failed the last time: ${failed.map(({ job }) => job).join(", ")}.`,
      "See why at /admin/jobs, and run it again there.",
    );
  return ok(`Last done at ${timeOf(at)}.`);
}

/** Addresses that nobody can have (RFC 2606, RFC 6761), and those of examples in guides. */
const NOBODYS = String.raw`(@|\.)(invalid|test|example|localhost)$|@([^@]*\.)?example\.[a-z.]+$`;

/** Nobody invented may be left in a live portal, and somebody has to look after it. */
async function lookAtPeople({ prisma }: Database, { env: { evaluation }, now }: Patient): Promise<Seen> {
  if (evaluation) return ok("Those of an evaluation.");
  const { people, access } = await findSamples(prisma, now);
  if (people + access > 0)
    return fault(
      "There are invented people of an evaluation, or sessions, tokens or links of theirs.",
      "Take them out: npm run people:remove-samples (docs/operating.md, “From pilot to live”).",
    );
  const [found] = await prisma.$queryRaw<{ nobodys: number; administrators: number }[]>`
    SELECT (count(*) FILTER (WHERE email ~ ${NOBODYS}))::int AS nobodys,
           (count(*) FILTER (WHERE 'administrator' = ANY(roles::text[])))::int AS administrators
      FROM "Person" WHERE status = 'active'`;
  if (!found?.administrators)
    return fault(
      "There is no administrator.",
      "Make one: npm run people:grant -- EMAIL administrator --body SLUG --name NAME",
    );
  if (found.nobodys > 0)
    return warning(
      `${found.nobodys} ${found.nobodys === 1 ? "person has an address" : "people have addresses"} that cannot be real, such as one @example.gov.uk.`,
      "Record at /admin/people that they left, or correct the address.",
    );
  return ok("Nobody invented is in the directory.");
}

const MAIL_WAITS_MS = 15 * 60 * SECOND_MS;

async function lookAtMail({ env: { smtpUrl, mailFrom }, database, now }: Patient): Promise<Seen> {
  if (smtpUrl === null) return warning("No mail is sent: no mail server is set.", "Set SMTP_URL, and MAIL_FROM.");
  const server = openSmtp(smtpUrl, mailFrom);
  const problem = await server.verify().then(
    () => null,
    (error: unknown) => wordsOf(error),
  );
  server.close();
  if (problem !== null)
    return fault(
      `The mail server takes no mail from here (${problem}).`,
      "Correct SMTP_URL (docs/operating.md, “Mail”).",
    );
  if (!database) return ok("The mail server takes mail.");
  const oldest = await database.prisma.mail.findFirst({
    where: { state: "waiting", createdAt: { lt: new Date(now.getTime() - MAIL_WAITS_MS) } },
    orderBy: { createdAt: "asc" },
  });
  if (oldest) return fault(`A mail has waited since ${timeOf(oldest.createdAt)}.`, "See why at /admin/mail.");
  const dead = await database.prisma.mail.count({ where: { state: "dead", settledAt: null } });
  if (dead > 0) return warning(`${dead} mails were given up.`, "Correct the addresses at /admin/mail, “Given up”.");
  return ok("The mail server takes mail, and none waits.");
}

/** Addresses outside that take no events, or are sent none. */
async function lookAtWebhooks({ prisma }: Database, { env }: Patient): Promise<Seen> {
  const { on, off, gone, dead, barred } = await getWebhookHealth(prisma, env.webhookHosts);
  if (barred.length > 0)
    return fault(
      `No events are sent to ${barred.join(", ")}: WEBHOOK_HOSTS does not allow it any more.`,
      "Add it to WEBHOOK_HOSTS, or switch the address off at /admin/webhooks.",
    );
  if (gone.length > 0)
    return fault(
      `An address of ${gone.join(", ")} says that nobody is there any more, so it was switched off.`,
      "Correct it at /admin/webhooks and switch it on, or delete it.",
    );
  if (dead.length > 0)
    return warning(
      `Events of ${dead.join(", ")} were not taken and given up.`,
      "Send them again at /admin/webhooks, or give them up there.",
    );
  const isOff = off === 0 ? "" : ` ${off} switched off by administrators.`;
  return ok((on === 0 ? "No address is sent events." : `${on} sent events, and none was given up.`) + isOff);
}

async function lookAtSignIn({ env: { oidc, evaluation, appUrl } }: Patient): Promise<Seen> {
  if (oidc === null)
    return evaluation
      ? warning(
          "An evaluation: anybody signs in as an invented person.",
          "Put nothing real into it (docs/operating.md, “From pilot to live”).",
        )
      : fault("Nobody can sign in.", "Set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.");
  const found = await checkSignIn({ oidc, appUrl });
  const wrong = found.filter(({ state }) => state === "fault");
  const [first] = wrong;
  const more = wrong.length > 1 ? ` ${wrong.length} things in all: npm run sign-in:check names them.` : "";
  if (first)
    return fault(first.text + more, first.todo ?? refusalOf(first.why)?.check ?? "Look with npm run sign-in:check.");
  const unsure = found.filter(({ state }) => state === "unsure").length;
  const open = unsure === 0 ? "" : ` What shows only at a sign-in (${unsure}), npm run sign-in:check names.`;
  return ok(`${oidc.issuer} answers, knows this portal, and its clock and keys fit.${open}`);
}

async function lookAtDisk({ env: { dataDir } }: Patient): Promise<Seen> {
  const folder = nearestFolder(dataDir);
  const { bavail, bsize, blocks } = await statfs(folder);
  const [free, share] = [bavail * bsize, blocks > 0 ? bavail / blocks : 1];
  const says = `${(free / GIGABYTE).toFixed(1)} GB are free where DATA_DIR is`;
  const todo = "Make room there: old backups, logs, what else is on it.";
  if (free < GIGABYTE / 5) return fault(`${says}.`, todo);
  return free < GIGABYTE || share < 0.05 ? warning(`${says}.`, todo) : ok(`${says}.`);
}

function nearestFolder(folder: string): string {
  return existsSync(folder) ? folder : nearestFolder(path.dirname(folder));
}

/** By how much clocks may differ: signing in allows less than a minute. */
const [CLOCK_WARNING_MS, CLOCK_FAULT_MS] = [5 * SECOND_MS, 30 * SECOND_MS];

/** Against the database's; the provider's is looked at with the sign-in. */
async function lookAtClock({ prisma }: Database): Promise<Seen> {
  const before = Date.now();
  const [found] = await prisma.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
  const off = found ? found.at.getTime() - (before + Date.now()) / 2 : 0;
  const says = `It differs from that of the database by ${Math.round(Math.abs(off) / SECOND_MS)} s`;
  const todo = "Set all machines by NTP (timedatectl): deadlines and signing in count by the clock.";
  if (Math.abs(off) > CLOCK_FAULT_MS) return fault(`${says}: this one is ${off > 0 ? "behind" : "ahead"}.`, todo);
  return Math.abs(off) > CLOCK_WARNING_MS ? warning(`${says}.`, todo) : ok(`${says}.`);
}

/** What others may do with a file, in the bits of its mode. */
const [ANY_BY_OTHERS, READ_BY_OTHERS, WRITTEN_BY_OTHERS] = [0o077, 0o007, 0o002];

function lookAtFiles({ env }: Patient): Seen {
  if (process.platform === "win32") return ok("Windows keeps them itself.");
  const keys = [env.databaseUrl, env.databaseOwnerUrl].map((url) => url && new URL(url).searchParams.get("sslkey"));
  const closed: [file: string | null, bits: number][] = [
    [env.dataDir, ANY_BY_OTHERS],
    [path.join(env.dataDir, "auth-secret"), ANY_BY_OTHERS],
    [env.settingsFile, READ_BY_OTHERS],
    ...keys.map((key): [string | null, number] => [key, READ_BY_OTHERS]),
    [env.backupDir && newestIn(env.backupDir)?.file, READ_BY_OTHERS],
  ].map(([file, bits]) => [typeof file === "string" ? file : null, Number(bits)]);
  const open = closed.find(([file, bits]) => file !== null && ((statOf(file)?.mode ?? 0) & bits) !== 0)?.[0];
  if (open)
    return fault(
      `Other accounts of this machine can read ${open}.`,
      `chmod o-rwx ${open} (in DATA_DIR also g-rwx), and change the secrets in it.`,
    );
  const content = readdirSync(env.contentDir, { recursive: true, encoding: "utf8" }).map((name) =>
    path.join(env.contentDir, name),
  );
  const writable = [env.contentDir, ...content].find((file) => ((statOf(file)?.mode ?? 0) & WRITTEN_BY_OTHERS) !== 0);
  if (writable) return fault(`Every account of this machine can change ${writable}.`, `chmod -R o-w ${env.contentDir}`);
  return ok("Secrets are the portal's alone, and nobody else changes the content.");
}

function statOf(file: string) {
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found?.isSymbolicLink() ? undefined : found;
}

function newestIn(folder: string): { file: string; at: Date; size: number } | null {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith(".") && !entry.name.endsWith(".part"))
    .map((entry) => path.join(folder, entry.name));
  const found = files.map((file) => ({ file, at: statSync(file).mtime, size: statSync(file).size }));
  return found.sort((one, other) => other.at.getTime() - one.at.getTime())[0] ?? null;
}

/** Backups are made nightly: one was missed, a week of them was. */
const [BACKUP_WARNING_HOURS, BACKUP_FAULT_HOURS] = [26, 7 * 24];

function lookAtBackups({ env: { backupDir }, now }: Patient): Seen {
  const todo = "Make one each night: npm run backup (docs/operating.md, “Backup and restore”).";
  if (backupDir === null)
    return warning(
      "Nobody said where they are.",
      "Set BACKUP_DIR to the folder where backups are put, by npm run backup or by PostgreSQL's tools.",
    );
  const newest = newestIn(backupDir);
  if (!newest) return fault(`There is none in ${backupDir}.`, todo);
  const hours = (now.getTime() - newest.at.getTime()) / HOUR_MS;
  const says = `The newest is ${newest.file}, of ${timeOf(newest.at)}`;
  if (newest.size === 0) return fault(`${says}, and empty.`, todo);
  if (hours > BACKUP_FAULT_HOURS) return fault(`${says}.`, todo);
  return hours > BACKUP_WARNING_HOURS ? warning(`${says}.`, todo) : ok(`${says}.`);
}

/** A draft may be unfinished; what stands in it is its body's alone, so it is only counted. */
async function lookAtContent({ env: { contentDir } }: Patient): Promise<Seen> {
  const content = await readContent(contentDir);
  const drafts = content.versions.filter(({ isPublished }) => !isPublished);
  const published = content.versions.filter(({ isPublished }) => isPublished);
  const isIn = ({ file }: Fault, { folder }: ReadVersion) => file.startsWith(`${folder}/`);
  const found = [...checkContent(content, published).faults, ...servedClauseFaults(content)];
  const faults = found.filter((one) => !drafts.some((draft) => isIn(one, draft)));
  const [first] = faults;
  if (first)
    return fault(
      `${faults.length} ${faults.length === 1 ? "fault" : "faults"}, the first in ${first.file}: ${first.message}`,
      "npm run policy:check names them all.",
    );
  const { length: unfinished } = drafts.filter((draft) =>
    checkContent(content, [draft]).faults.some((one) => isIn(one, draft)),
  );
  const note = ` ${unfinished} ${unfinished === 1 ? "draft is" : "drafts are"} unfinished.`;
  return ok(`${published.length} published versions hold.${unfinished > 0 ? note : ""}`);
}

async function lookAtEvidence({ prisma }: Database): Promise<Seen> {
  const reports = await verifyChains(prisma);
  const broken = reports.flatMap(({ fault: one }) => one ?? [])[0];
  if (broken)
    return fault(
      `The chain of ${broken.body} is broken at row ${broken.position}: ${broken.problem}.`,
      "Change nothing, keep a copy of the database, and compare it with a backup (npm run evidence:verify).",
    );
  const missed = await countMissed(prisma);
  if (missed > 0)
    return warning(
      `${missed} published ${missed === 1 ? "head has" : "heads have"} no time-stamp: the authority gave none.`,
      "See why at /evidence/heads, and ask again there.",
    );
  return ok(
    `${reports.reduce((sum, { head }) => sum + head.position, 0)} rows of ${reports.length} bodies are chained.`,
  );
}

/** As logs have it: to the minute, in UTC. */
function timeOf(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message || error.name : String(error);
  return words.trim().split("\n").at(-1)?.slice(0, 400) ?? "";
}
