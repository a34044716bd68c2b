import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Zip, ZipDeflate } from "fflate";
import { z } from "zod";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay, endOfDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import type { FieldProblem, TypedDate } from "#domain/base/form/form-values.ts";
import type { Asked } from "#domain/base/list/page.ts";
import { CHAIN_START, type EvidenceRow } from "#domain/evidence/journal/chain.ts";
import { checkpointEvery, type Manifest } from "#domain/evidence/journal/manifest.ts";
import { proofPage } from "#domain/evidence/journal/proof.ts";
import { type PolicyVersion, startDay, versionInForce } from "#domain/policy/policy/policy.ts";
import { clock } from "#server/base/clock.ts";
import { hashFiles, VERSION_FILES } from "#server/base/content/lock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readFromReplica } from "#server/base/db/replica.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { getJwks } from "#server/evidence/signing-key/queries.ts";
import { type Signer, takeSigner } from "#server/evidence/signing-key/signer.ts";
import {
  findRow,
  findSpan,
  listNamedPeople,
  listNamedVersions,
  listSpan,
  listSpanDetails,
} from "./journal-repository.ts";
import { type EvidenceEntry, getEvidenceRegister } from "./queries.ts";
import { recordReadings } from "./reading-service.ts";
import { findHead } from "./repository.ts";
import { transact } from "./transact.ts";

const ROWS_AT_ONCE = 1000;
const VERIFIER = path.resolve("server/evidence/journal/verify.mjs");

export type ExportResult =
  | { code: "exported"; fileName: string; archive: AsyncGenerator<Uint8Array> }
  | { code: "invalid"; problems: FieldProblem[] }
  | { code: "not-found" };

/**
 * Exports the evidence of the actor's body for a period, as a signed ZIP file produced while it is being read. If the
 * period includes today, its last row records this export.
 * @param holds with texts and names, or with commitments only
 */
export async function exportEvidence(
  actor: Actor,
  { from, until, holds }: { from: TypedDate; until: TypedDate; holds: string },
): Promise<ExportResult> {
  if (!can(actor, "evidence.export", actor)) return { code: "not-found" };
  const read = readExportRequest({ from, until, holds }, calendarDay(clock.now()));
  if ("problems" in read) return { code: "invalid", problems: read.problems };
  const { body, personId } = actor;
  const signer = await takeSigner(body); // comes first: making a key is evidence too, which the export has to include
  const at = clock.now();
  const reference = makeReference("EXP");
  const data = { from: read.from, until: read.until, holds: read.holds };
  const exported = { body, event: "evidence.exported", at, actor: personId, subject: reference, data } as const;
  await transact(async () => Promise.resolve({ result: null, evidence: [exported] }));
  const source = await findSource(actor, read, reference, at);
  const fileName = `evidence-${body}-${read.from}-to-${read.until}-${reference}`;
  return { code: "exported", fileName: `${fileName}.zip`, archive: writeArchive(source, signer, fileName) };
}

/**
 * The evidence that was asked for as a list, with names but without what people wrote; null for those who may not
 * export. It is evidence, too, and so is whose entries were asked for. The rows are read while they are taken.
 */
export async function exportEvidenceList(
  actor: Actor,
  asked: Asked,
): Promise<{ fileName: string; entries: AsyncIterable<EvidenceEntry> } | null> {
  const found = can(actor, "evidence.export", actor) ? await getEvidenceRegister(actor, asked) : null;
  if (!found) return null;
  const at = clock.now();
  const { body, personId } = actor;
  const fileName = `evidence-${body}-${calendarDay(at)}`;
  const event = { body, event: "evidence.exported", at, actor: personId, subject: `${fileName}.csv` } as const;
  const detail = { search: new URLSearchParams(asked).toString() };
  await transact(async () => Promise.resolve({ result: null, evidence: [{ ...event, detail }] }));
  await recordReadings(actor, await found.readOf());
  return { fileName, entries: found.every() };
}

interface ExportRequest {
  /** Calendar days, both included. */
  from: string;
  until: string;
  holds: Manifest["holds"];
}

function readExportRequest(
  { from, until, holds }: { from: TypedDate; until: TypedDate; holds: string },
  today: string,
): ExportRequest | { problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  if (from.kind !== "day")
    problems.push({ field: "from", message: from.kind === "wrong" ? from.message : "Enter the first day." });
  if (until.kind !== "day")
    problems.push({ field: "until", message: until.kind === "wrong" ? until.message : "Enter the last day." });
  if (from.kind === "day" && !isOfOurTime(from.day))
    problems.push({ field: "from", message: "The first day must be in the year 2000 or later." });
  if (until.kind === "day" && until.day > today)
    problems.push({ field: "until", message: "The last day must be today or earlier." });
  else if (from.kind === "day" && until.kind === "day" && until.day < from.day)
    problems.push({ field: "until", message: "The last day must not be before the first." });
  if (holds !== "commitments" && holds !== "texts")
    problems.push({ field: "holds", message: "Say whether to include names and texts." });
  if (problems.length > 0 || from.kind !== "day" || until.kind !== "day") return { problems };
  return { from: from.day, until: until.day, holds: holds === "texts" ? "texts" : "commitments" };
}

const isOfOurTime = (day: string): boolean => day >= "2000-01-01";

/** Everything decided before the first byte is sent. */
interface Source {
  actor: Actor;
  span: { first: number; last: number } | null;
  policies: readonly ExportedPolicy[];
  /** The parts of the manifest known before the files are written. */
  known: Omit<Manifest, "rows" | "details" | "people" | "files">;
  before: { position: number; hash: string };
}

async function findSource(actor: Actor, request: ExportRequest, reference: string, at: Date): Promise<Source> {
  const { body } = actor;
  const [start, end] = [startOfDay(request.from), endOfDay(request.until)];
  const tx = getDatabase();
  const span = await findSpan(tx, body, { from: start, until: end });
  const head = await findHead(tx, body);
  const headRow = await findRow(tx, body, head.position);
  const named = span ? await listNamedVersions(tx, body, span) : [];
  const { policies, missing } = await gatherPolicies(actor, request, named);
  const { bodies } = await loadContent();
  const name = bodies.find(({ slug }) => slug === body)?.name ?? body;
  return {
    actor,
    span,
    policies,
    before: await findBefore(body, span, start),
    known: {
      schemaVersion: 1,
      export: reference,
      software: await readSoftwareVersion(),
      madeAt: at.toISOString(),
      body: { slug: body, name },
      period: {
        from: request.from,
        until: request.until,
        timeZone: "Europe/London",
        start: start.toISOString(),
        end: end.toISOString(),
      },
      holds: request.holds,
      head: { ...head, at: headRow?.at.toISOString() ?? null },
      policies: policies.map(({ entry }) => entry),
      missingPolicies: missing,
    },
  };
}

/** The row before the period: the one before its first row, or the latest older one. */
async function findBefore(body: string, span: Source["span"], start: Date): Promise<Source["before"]> {
  const tx = getDatabase();
  const position = span ? span.first - 1 : ((await findSpan(tx, body, { from: new Date(0), until: start }))?.last ?? 0);
  const row = position > 0 ? await findRow(tx, body, position) : null;
  return { position, hash: row?.hash ?? CHAIN_START };
}

async function* writeArchive(source: Source, signer: Signer, folder: string): AsyncGenerator<Uint8Array> {
  const { actor, span, known, before, policies } = source;
  const { slug } = known.body;
  const archive = new Archive(folder, new Date(known.madeAt));
  const rowFile = `evidence/${slug}.jsonl`;
  const rows = new RowNotes(checkpointEvery(span ? span.last - span.first + 1 : 0));
  yield* archive.add(
    rowFile,
    inPages(span, (page) => writeRows(actor, page, rows)),
  );
  const withTexts = known.holds === "texts";
  const counts = { details: 0, people: 0 };
  const detailFile = `details/${slug}.jsonl`;
  if (withTexts)
    yield* archive.add(
      detailFile,
      inPages(span, (page) => writeDetails(actor, page, counts)),
    );
  const peopleFile = `people/${slug}.jsonl`;
  if (withTexts && span) yield* archive.add(peopleFile, writePeople(actor, span, counts));
  for (const { files } of policies) for (const { path: name, bytes } of files) yield* archive.add(name, [bytes]);
  yield* archive.add("jwks.json", [`${JSON.stringify(await getJwks(slug), null, 2)}\n`]);
  yield* archive.add("what-this-proves.html", [proofPage(getEnv().appUrl)]);
  yield* archive.add("verify.mjs", [await readFile(VERIFIER, "utf8")]);
  const manifest: Manifest = {
    ...known,
    rows: {
      file: rowFile,
      count: rows.count,
      before,
      first: rows.first,
      last: rows.last,
      checkpoints: { every: rows.every, hashes: rows.checkpoints },
    },
    details: withTexts ? { file: detailFile, count: counts.details } : null,
    people: withTexts && span ? { file: peopleFile, count: counts.people } : null,
    files: [...archive.files],
  };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const jws = await signer.sign(Buffer.from(text, "utf8"));
  yield* archive.add("manifest.json", [text]);
  yield* archive.add("manifest.jws", [`${jws}\n`]);
  yield* archive.end();
}

/** What the list of contents says about the rows written. */
class RowNotes {
  count = 0;
  first: { position: number; hash: string } | null = null;
  last: { position: number; hash: string } | null = null;
  readonly checkpoints: string[] = [];

  constructor(readonly every: number) {}

  note({ position, hash }: EvidenceRow): void {
    this.first ??= { position, hash };
    this.last = { position, hash };
    if (this.count % this.every === 0) this.checkpoints.push(hash);
    this.count++;
  }
}

type Span = { first: number; last: number };

async function* inPages(span: Span | null, write: (page: Span) => Promise<string>): AsyncGenerator<string> {
  if (!span) return;
  for (let first = span.first; first <= span.last; first += ROWS_AT_ONCE)
    yield await write({ first, last: Math.min(first + ROWS_AT_ONCE - 1, span.last) });
}

async function writeRows({ body }: Actor, page: Span, notes: RowNotes): Promise<string> {
  const rows = await readFromReplica((tx) => listSpan(tx, body, page));
  for (const row of rows) notes.note(row);
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

async function writeDetails({ body }: Actor, page: Span, counts: { details: number }): Promise<string> {
  const rows = await readFromReplica((tx) => listSpanDetails(tx, body, page));
  counts.details += rows.length;
  return rows.map(({ position, salt, detail }) => `${JSON.stringify({ position, salt, detail })}\n`).join("");
}

async function* writePeople({ body }: Actor, span: Span, counts: { people: number }): AsyncGenerator<string> {
  const people = await readFromReplica((tx) => listNamedPeople(tx, body, span));
  counts.people = people.length;
  yield people.map((person) => `${JSON.stringify(person)}\n`).join("");
}

async function readSoftwareVersion(): Promise<string> {
  const text = await readFile(path.resolve("package.json"), "utf8");
  return `With Care ${z.object({ version: z.string() }).parse(JSON.parse(text)).version}`;
}

/** A file in the archive, for its list of contents. */
export interface ArchivedFile {
  path: string;
  bytes: number;
  sha256: string;
}

/**
 * A ZIP file produced while it is being read, so only the reader sets the pace. All files are in one folder, to keep
 * unpacking tidy.
 */
class Archive {
  readonly files: ArchivedFile[] = [];
  private waiting: Uint8Array[] = [];
  private failure: Error | null = null;
  private readonly zip: Zip;

  constructor(
    private readonly folder: string,
    private readonly mtime: Date,
  ) {
    this.zip = new Zip((error, chunk) => {
      if (error) this.failure = error;
      else this.waiting.push(chunk);
    });
  }

  /**
   * Adds a file in chunks: texts as UTF-8, bytes as they are.
   * @returns the parts of the archive as they become ready
   */
  async *add(
    path: string,
    pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    const file = new ZipDeflate(`${this.folder}/${path}`, { level: 6 });
    file.mtime = this.mtime;
    this.zip.add(file);
    const hash = createHash("sha256");
    let bytes = 0;
    for await (const piece of pieces) {
      const written = typeof piece === "string" ? Buffer.from(piece, "utf8") : piece;
      hash.update(written);
      bytes += written.length;
      file.push(written, false);
      yield* this.ready();
    }
    file.push(new Uint8Array(), true);
    this.files.push({ path, bytes, sha256: hash.digest("hex") });
    yield* this.ready();
  }

  *end(): Generator<Uint8Array> {
    this.zip.end();
    yield* this.ready();
  }

  private *ready(): Generator<Uint8Array> {
    const chunks = this.waiting;
    this.waiting = [];
    if (this.failure) throw this.failure;
    yield* chunks;
  }
}

interface ExportedPolicy {
  entry: Manifest["policies"][number];
  files: { path: string; bytes: Uint8Array }[];
}

/**
 * The texts of the policy versions in an export: the body's versions in force on any day of the period, and all those
 * that its rows refer to, even of other bodies.
 * @param named as the rows refer to them
 */
async function gatherPolicies(
  { body }: Actor,
  { from, until }: { from: string; until: string },
  named: readonly { slug: string; version: string; hash: string }[],
): Promise<{ policies: ExportedPolicy[]; missing: Manifest["missingPolicies"] }> {
  const content = await loadContent();
  const inForce = content.policies.flatMap(({ versions }) =>
    versions.some(({ frontMatter }) => frontMatter.body === body) ? heldIn(versions, from, until) : [],
  );
  const all = content.policies.flatMap(({ versions }) => versions);
  const policies: ExportedPolicy[] = [];
  const missing: Manifest["missingPolicies"] = [];
  for (const version of inForce) {
    const found = await readVersion(version, "in force");
    if (found) policies.push(found);
  }
  for (const one of named) {
    const isThere = policies.some(({ entry }) => sameVersion(entry, one));
    const version = all.find((candidate) => sameVersion({ ...candidate }, one));
    const found = isThere || !version ? null : await readVersion(version, "referred to");
    if (found) policies.push(found);
    else if (!isThere) missing.push({ ...one });
  }
  return { policies, missing };
}

type Named = { slug: string; version: string; hash: string };

const sameVersion = (a: Named, b: Named): boolean => a.slug === b.slug && a.version === b.version && a.hash === b.hash;

function heldIn(versions: readonly PolicyVersion[], from: string, until: string): PolicyVersion[] {
  const days = [from, ...versions.map(startDay).filter((day) => day > from && day <= until)];
  const held = days.map((day) => versionInForce(versions, day)).filter((version) => version !== null);
  return [...new Set(held)];
}

/** @returns null if the files differ from those being served because somebody is changing them */
async function readVersion({ slug, version, hash, frontMatter }: PolicyVersion, why: "in force" | "referred to") {
  const folder = `policies/${slug}/${version}`;
  const bytes = new Map<string, Buffer>();
  for (const name of VERSION_FILES) {
    const found = await readFile(path.join(getEnv().contentDir, folder, name)).catch(() => null);
    if (found) bytes.set(name, found);
  }
  if (hashFiles(bytes).hash !== hash) return null;
  const files = [...bytes].map(([name, found]) => ({ path: `${folder}/${name}`, bytes: found }));
  return { entry: { slug, version, title: frontMatter.title, hash, folder, why }, files };
}
