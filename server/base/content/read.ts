import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { z } from "zod";
import { clearChatProblems, clearChatSchema, NO_CLEAR_CHAT } from "#domain/registers/clear-down/clear-chat.ts";
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import { factSetSchema, inSharedOrder, orderProblems, type FactSet } from "#domain/policy/decision/fact.ts";
import type { Fault } from "#domain/policy/decision/rule-file.ts";
import { schemaProblems } from "#domain/policy/decision/issue-words.ts";
import { parseRules, type ParsedRules } from "#domain/policy/decision/parse-rules.ts";
import type { RulePeriod } from "#domain/policy/decision/period.ts";
import { bodySchema, type Body } from "#domain/policy/policy/body.ts";
import { bankHolidayChangesSchema, type BankHolidayChanges } from "#domain/policy/policy/days-off.ts";
import { correctionProblem, frontMatterSchema, type FrontMatter } from "#domain/policy/policy/front-matter.ts";
import { knownAnswerProblems, knownAnswersSchema, NO_KNOWN_ANSWERS } from "#domain/policy/policy/known-answer.ts";
import { outsideRuleProblems, outsideRulesSchema } from "#domain/policy/policy/outside-rule.ts";
import {
  exceptionRulesFileSchema,
  exceptionRulesOf,
  exceptionSettingsSchema,
  type ExceptionRules,
  type ExceptionRulesFile,
  type ExceptionSettings,
} from "#domain/policy/exception/exception-rules.ts";
import { compareVersions, type PolicyVersion, type VersionPeriod } from "#domain/policy/policy/policy.ts";
import { servedClausesSchema } from "#domain/policy/policy/coverage.ts";
import { groupRulesFileSchema, groupRulesProblems } from "#domain/registers/group/group-rules.ts";
import { slugProblem } from "#domain/policy/policy/slug.ts";
import { NO_RETENTION, retentionSchema } from "#domain/gather/retention/rule.ts";
import { readOwnStarts, startsSchema, type StartWay } from "#domain/policy/search/starts.ts";
import { NO_SYNONYMS, synonymsSchema } from "#domain/policy/search/synonyms.ts";
import { readBranding } from "./branding.ts";
import {
  hashFiles,
  hashOfHashes,
  lockSchema,
  VERSION_FILES,
  type Lock,
  type LockEntry,
  type VersionFile,
} from "./lock.ts";
import { placeIn, readPlainYaml, type PlacedProblem } from "./plain-yaml.ts";
import { parsePolicyText, type ParsedText } from "./policy-text.ts";

/**
 * A version as it was read, complete or not. A published one whose bytes match the lock is parsed when it is first
 * needed.
 */
export interface ReadVersion {
  readonly slug: string;
  readonly version: string;
  /** Path of the version's folder, relative to the content folder. */
  readonly folder: string;
  readonly frontMatter: FrontMatter | null;
  readonly text: ParsedText | null;
  readonly rules: ParsedRules | null;
  readonly questions: FactSet;
  /** What it says about exceptions, and the file that says it; null if nothing does. */
  readonly exceptions: { settings: ExceptionSettings; file: string } | null;
  /** What people come with, if it says that itself. */
  readonly starts: readonly StartWay[] | null;
  readonly hashes: LockEntry;
  readonly isPublished: boolean;
  /** True for a published one whose bytes match the lock: it was proven when it was published. */
  readonly isTrusted: boolean;
  /** What could not be read, or does not match the lock. */
  readonly faults: readonly Fault[];
  /** The first day of each period but the first; none if no rule begins or ends on a day. */
  readonly days: readonly string[];
  /**
   * The rules for exceptions from one of its tables, with the defaults of the body. @throws Error if the version cannot
   * be read
   */
  exceptionRules(table: DecisionTable): ExceptionRules;
}

/**
 * The content folder: the working facts that new versions are written with, what people come with (null if there is no
 * such file), and what implements the clauses of policies without a source. `faults`: what could not be read in the files
 * that all versions share; each version has its own faults, and the proofs add theirs.
 */
export type ReadContent = Awaited<ReturnType<typeof readContent>>;

/**
 * The first line of a copy of the questions made by publishing; what an author wrote beside a version has no such line.
 */
export const COPY_MARK = "# The questions that this version was published with.";

/** By folder: the version as last read, and from what. */
const readBefore = new Map<string, { key: string; read: ReadVersion }>();

/**
 * Reads a content folder: bodies, questions, every version of every policy, and the lock. It carries on after a fault,
 * so that one does not hide others.
 * @param typed files of versions that are read as if they had these bytes, by their paths in the folder
 * @throws Error if the folder itself cannot be read
 */
export async function readContent(directory: string, typed: ReadonlyMap<string, Buffer> = new Map()) {
  const faults: Fault[] = [];
  const report = reporter(faults);
  const folder = new ContentFolder(directory, await readdir(directory), report, typed);
  const questions = await folder.readYaml("questions.yaml", factSetSchema);
  report.all("questions.yaml", orderProblems(questions ?? {}));
  const lock = await readLock(folder, report);
  const bankHolidays = (await folder.readOptional("bank-holidays.yaml", bankHolidayChangesSchema)) ?? {};
  const { bodies, bodyFiles } = await readBodies(folder, bankHolidays, report);
  const shared = await readShared(folder, { questions, bodyFiles }, report);
  const branding = await readBranding(folder, report);
  const exceptionRules = (await folder.readOptional(EXCEPTION_RULES, exceptionRulesFileSchema)) ?? {};
  const versions = await readVersions(folder, lock, { bodies, bodyFiles, questions, exceptionRules }, report);
  if (lock) report.all(EXCEPTION_RULES, misplacedExceptionRules(exceptionRules, versions));
  const clauses = (policy: string) => clausesOf(versions, policy);
  report.all("clear-chat-steps.yaml", clearChatProblems(shared.clearChat, clauses));
  report.all("outside-rules.yaml", outsideRuleProblems(shared.outsideRules, clauses));
  report.all("group-rules.yaml", groupRulesProblems(shared.groupRules, clauses));
  for (const { folder: of, problem } of misplacedCorrections(versions)) report.fault(`${of}/policy.mdx`, problem);
  noteGone(lock ?? {}, versions, report);
  return { bodies, questions: questions ?? {}, versions, ...shared, branding, lock: lock ?? {}, faults };
}

/** The files of a content folder. Any that cannot be read are faults. */
class ContentFolder {
  constructor(
    readonly directory: string,
    private readonly entries: readonly string[],
    private readonly report: Reporter,
    readonly typed: ReadonlyMap<string, Buffer>,
  ) {}

  async bytesOf(file: string): Promise<Buffer | null> {
    try {
      return this.typed.get(file) ?? (await readFile(path.join(this.directory, file)));
    } catch (error) {
      if (!isMissing(error)) this.report.fault(file, cannotRead("file", error));
      return null;
    }
  }

  async readYaml<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
    const bytes = await this.bytesOf(file);
    if (bytes === null) this.report.fault(file, "The file is missing.");
    return bytes && this.report.check(file, schema, this.report.parseYaml(file, bytes));
  }

  /** For a file that a content folder can do without. */
  async readOptional<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
    return this.entries.includes(file) ? this.readYaml(file, schema) : null;
  }

  /** Sorted names in one of its folders or subfolders, without hidden ones. */
  async namesIn(folder: string): Promise<string[]> {
    if (!folder.includes("/") && !this.entries.includes(folder)) {
      this.report.fault(folder, "The folder is missing.");
      return [];
    }
    const folderPath = path.join(this.directory, folder);
    const found = await readdir(folderPath, { withFileTypes: true }).catch((error: Error) => {
      this.report.fault(folder, cannotRead("folder", error));
      return [];
    });
    const listed = found.filter((entry) => !entry.name.startsWith(".") && (folder === "bodies" || entry.isDirectory()));
    return listed.map(({ name }) => name).sort();
  }
}

/** Null if it cannot be read: then it is not known what is published. A folder without it has published nothing. */
async function readLock(folder: ContentFolder, { check, parseJson }: Reporter): Promise<Lock | null> {
  const bytes = await folder.bytesOf("content.lock.json");
  return bytes ? check("content.lock.json", lockSchema, parseJson("content.lock.json", bytes)) : {};
}

async function readBodies(folder: ContentFolder, bankHolidays: BankHolidayChanges, report: Reporter) {
  const bodies: Body[] = [];
  const bodyFiles = await folder.namesIn("bodies");
  for (const name of bodyFiles)
    if (name.endsWith(".yaml")) {
      const body = await folder.readYaml(`bodies/${name}`, bodySchema);
      const file = body?.timeStamps && `bodies/${body.timeStamps.certificates}`;
      const certificates = file === undefined ? undefined : await folder.bytesOf(file);
      if (file !== undefined && certificates === null)
        report.fault(file, `The file that bodies/${name} names is missing.`);
      const read = { bankHolidays, timeStampCertificates: certificates?.toString("utf8") };
      if (body) bodies.push({ ...body, slug: name.slice(0, -".yaml".length), ...read });
    }
  return { bodies, bodyFiles };
}

/** Versions that were published before they could say it themselves: by policy, by version. */
const EXCEPTION_RULES = "exception-rules.yaml";

/**
 * Entries for versions that are not there, where another version of the policy has none: a slip of the number. The same
 * file serves portals that took a policy or a version out.
 */
const misplacedExceptionRules = (file: ExceptionRulesFile, versions: readonly ReadVersion[]): string[] =>
  Object.entries(file).flatMap(([slug, own]) => {
    const there = versions.filter((one) => one.slug === slug);
    const gone = Object.keys(own).filter((number) => !there.some(({ version }) => version === number));
    const without = gone.length === 0 ? [] : there.filter(({ exceptions, isPublished }) => isPublished && !exceptions);
    if (without.length === 0) return [];
    const others = without.map(({ version }) => version).join(", ");
    return gone.map(
      (number) => `${slug}: there is no version "${number}", and none stands here for version ${others}.`,
    );
  });

/** Corrections of a version that is not there, or that restates another document. */
const misplacedCorrections = (versions: readonly ReadVersion[]): { folder: string; problem: string }[] =>
  versions.flatMap(({ slug, folder, frontMatter, isPublished }) => {
    const { correction, source } = frontMatter ?? {};
    if (!correction || !source || isPublished) return []; // once published, the other may have been taken out
    const corrected = versions.find((other) => other.slug === slug && other.version === correction.of);
    if (corrected?.frontMatter?.source?.id === source.id) return [];
    const problem = corrected
      ? `front matter correction.of: version ${correction.of} restates another document. Name the version that restates ${source.id}.`
      : `front matter correction.of: there is no version ${correction.of} to correct.`;
    return [{ folder, problem }];
  });

/** Files that are not policies and concern all of them. */
async function readShared(
  folder: ContentFolder,
  { questions, bodyFiles }: Pick<Context, "questions" | "bodyFiles">,
  { fault }: Reporter,
) {
  const synonyms = (await folder.readOptional("synonyms.yaml", synonymsSchema)) ?? NO_SYNONYMS;
  const starts = await folder.readOptional("starts.yaml", startsSchema);
  const outsideRules = (await folder.readOptional("outside-rules.yaml", outsideRulesSchema)) ?? [];
  const knownAnswers = (await folder.readOptional("known-answers.yaml", knownAnswersSchema)) ?? NO_KNOWN_ANSWERS;
  for (const problem of questions ? knownAnswerProblems(knownAnswers, questions) : [])
    fault("known-answers.yaml", problem);
  const servedClauses = (await folder.readOptional("served-clauses.yaml", servedClausesSchema)) ?? {};
  const clearChat = (await folder.readOptional("clear-chat-steps.yaml", clearChatSchema)) ?? NO_CLEAR_CHAT;
  const groupRules = (await folder.readOptional("group-rules.yaml", groupRulesFileSchema)) ?? {};
  const retention = (await folder.readOptional("retention.yaml", retentionSchema)) ?? NO_RETENTION;
  for (const slug of Object.keys(retention.bodies))
    if (!bodyFiles.includes(`${slug}.yaml`))
      fault("retention.yaml", `It names the body "${slug}", of which there is no bodies/${slug}.yaml.`);
  return { synonyms, starts, outsideRules, knownAnswers, servedClauses, clearChat, groupRules, retention };
}

/** @param lock null if it could not be read: every version is taken for published then, and none for changed */
async function readVersions(folder: ContentFolder, lock: Lock | null, context: Context, { fault }: Reporter) {
  const contextKey = createHash("sha256").update(JSON.stringify(context)).digest("hex");
  const versions: ReadVersion[] = [];
  for (const slug of await folder.namesIn("policies")) {
    const problem = slugProblem(slug);
    if (problem !== null) {
      fault(`policies/${slug}`, `This name cannot be an address. ${problem}`);
      continue;
    }
    const numbers = await folder.namesIn(`policies/${slug}`);
    if (numbers.length === 0) fault(`policies/${slug}`, "The folder holds no version. Add one or remove it.");
    numbers.forEach((number, at) => {
      const same = numbers.slice(0, at).find((other) => compareVersions(other, number) === 0);
      if (same)
        fault(`policies/${slug}/${number}`, `This is the same number as ${same}. Give the version another one.`);
    });
    for (const version of numbers)
      versions.push(
        await readVersion(folder, { slug, version }, lock && lock[slug]?.[version], { context, contextKey }),
      );
  }
  return versions;
}

/** A version whose files have not changed since the last reading is the same object. */
async function readVersion(
  content: ContentFolder,
  { slug, version }: { slug: string; version: string },
  locked: LockEntry | null | undefined,
  { context, contextKey }: { context: Context; contextKey: string },
): Promise<ReadVersion> {
  const folder = `policies/${slug}/${version}`;
  const files = new Map<string, Buffer>();
  const found = await Promise.all(VERSION_FILES.map((name) => content.bytesOf(`${folder}/${name}`)));
  VERSION_FILES.forEach((name, at) => found[at] && files.set(name, found[at]));
  // A copy made by publishing but without a lock is from an interrupted publication: the next one copies afresh.
  if (locked === undefined && files.get("questions.yaml")?.toString().startsWith(COPY_MARK))
    files.delete("questions.yaml");
  const hashes = hashFiles(files);
  const key = JSON.stringify([hashes, locked, contextKey]);
  const folderPath = path.join(content.directory, folder);
  const known = readBefore.get(folderPath);
  if (known?.key === key) return known.read;
  const isTyped = VERSION_FILES.some((name) => content.typed.has(`${folder}/${name}`));
  const read = new VersionFiles(slug, version, files, hashes, locked, context, isTyped);
  if (!isTyped) readBefore.set(folderPath, { key, read });
  return read;
}

/** Ids of the clauses in any version of a policy; null if there is none, or if they are not known. */
export function clausesOf(versions: readonly ReadVersion[], policy: string): ReadonlySet<string> | null {
  const own = versions.filter(({ slug }) => slug === policy);
  if (own.length === 0 || own.some(({ text }) => !text || text.frontMatter === null)) return null;
  return new Set(own.flatMap(({ text }) => [...(text?.clauseIds ?? [])]));
}

function noteGone(lock: Lock, versions: readonly ReadVersion[], { fault }: Reporter): void {
  const found = new Set(versions.map(({ folder }) => folder));
  for (const [slug, locked] of Object.entries(lock))
    for (const version of Object.keys(locked))
      if (!found.has(`policies/${slug}/${version}`))
        fault(
          `policies/${slug}/${version}`,
          "This version was published, but its folder is gone. Put it back.",
          "lock",
        );
}

/** What versions are read against besides their own files. */
interface Context {
  readonly bodies: readonly Body[];
  readonly bodyFiles: readonly string[];
  /** Null if they could not be read. */
  readonly questions: FactSet | null;
  readonly exceptionRules: ExceptionRulesFile;
}

interface Parts extends Pick<ReadVersion, "text" | "rules" | "questions" | "exceptions" | "starts" | "faults"> {
  readonly frontMatter: FrontMatter | null;
}

/** The most recently parsed versions; the others keep their compressed bytes and are parsed again when needed. */
const parsed = new Map<VersionFiles, Parts>();
const MOST_PARSED = 500;
/** Tables by their bytes: versions that differ only in words share one. */
const parsedRules = new Map<string, ParsedRules>();
/** Compressed bytes by their hash: versions share identical ones, as long as one of them is there. */
const packed = new Map<string, WeakRef<Buffer>>();

/** The fields of a rule that name a day, as YAML writes them. */
const DAYS_OF_RULES = /\b(?:from|until)["']?\s*:/;

class VersionFiles implements ReadVersion {
  readonly folder: string;
  readonly frontMatter: FrontMatter | null;
  readonly isPublished: boolean;
  readonly isTrusted: boolean;
  private readonly lockFaults: Fault[] = [];
  /** Of a version with typed bytes, which nobody reads again: it goes together with its parts. */
  private ownParts: Parts | null = null;
  private readonly packed = new Map<string, Buffer>();
  private readonly ownExceptionRules = new WeakMap<DecisionTable, ExceptionRules>();
  /** Whether a rule may begin or end on a day: the bytes tell, so that nothing is parsed to find out that none does. */
  private readonly mentionsDays: boolean;

  constructor(
    readonly slug: string,
    readonly version: string,
    files: ReadonlyMap<string, Buffer>,
    readonly hashes: LockEntry,
    private readonly locked: LockEntry | null | undefined,
    private readonly context: Context,
    private readonly isTyped: boolean,
  ) {
    this.folder = `policies/${slug}/${version}`;
    this.isPublished = locked !== undefined;
    if (locked) this.checkLock(locked);
    for (const [name, bytes] of files) {
      const hash = hashes.files[name] ?? "";
      // The compressor's own buffer is longer than its contents.
      const own = packed.get(hash)?.deref() ?? Buffer.from(deflateRawSync(bytes));
      if (!isTyped) packed.set(hash, new WeakRef(own));
      this.packed.set(name, own);
    }
    this.mentionsDays = DAYS_OF_RULES.test(files.get("rules.yaml")?.toString("utf8") ?? "");
    const isAsLocked = locked && this.lockFaults.length === 0;
    const front = isAsLocked ? readFrontMatter(files.get("policy.mdx")) : null;
    this.isTrusted = front !== null;
    this.frontMatter = front ?? this.parts().frontMatter;
  }

  get text(): ParsedText | null {
    return this.parts().text;
  }
  get rules(): ParsedRules | null {
    return this.parts().rules;
  }
  get days(): readonly string[] {
    const rules = this.mentionsDays ? this.rules : null;
    return rules?.periods.flatMap(({ from }) => from ?? []) ?? [];
  }
  get questions(): FactSet {
    return this.parts().questions;
  }
  get exceptions(): ReadVersion["exceptions"] {
    return this.parts().exceptions;
  }
  get starts(): ReadVersion["starts"] {
    return this.parts().starts;
  }
  get faults(): readonly Fault[] {
    return [...this.lockFaults, ...this.parts().faults];
  }

  private parts(): Parts {
    if (this.isTyped) return (this.ownParts ??= this.parse());
    const known = parsed.get(this) ?? this.parse();
    parsed.delete(this);
    keep(parsed, this, known);
    return known;
  }

  private bytesOf(name: VersionFile): Buffer | null {
    const bytes = this.packed.get(name);
    return bytes ? inflateRawSync(bytes) : null;
  }

  private parse(): Parts {
    const { folder, context } = this;
    const faults: Fault[] = [];
    const { fault, placed, textOf, parseYaml, check } = reporter(faults);
    const questionsFile = `${folder}/questions.yaml`;
    const ownQuestions = this.bytesOf("questions.yaml");
    const own = ownQuestions && check(questionsFile, factSetSchema, parseYaml(questionsFile, ownQuestions));
    const known = ownQuestions || this.locked?.files["questions.yaml"] ? own : context.questions;
    const questions = inSharedOrder(known ?? {}, context.questions ?? {});

    const rulesFile = `${folder}/rules.yaml`;
    const rulesBytes = this.bytesOf("rules.yaml");
    // Without questions of its own, a version that is being written uses the shared ones.
    const order = JSON.stringify(Object.entries(questions).map(([name, { after }]) => [name, after]));
    const rulesKey = ownQuestions && `${rulesKeyOf(this.hashes)} ${order}`;
    let rules = (rulesKey && parsedRules.get(rulesKey)) || null;
    if (!rulesBytes) this.noteMissing(rulesFile, faults);
    else if (!rules) {
      const raw = parseYaml(rulesFile, rulesBytes);
      // Against questions that could not be read, every fact and answer would seem to be unknown.
      const found = raw === undefined || !known ? null : parseRules(raw, questions, rulesFile);
      rules = found?.rules ?? null;
      faults.push(...(found?.faults ?? []));
      if (rules && rulesKey && !this.isTyped && found?.faults.length === 0) keep(parsedRules, rulesKey, rules);
    }

    const textFile = `${folder}/policy.mdx`;
    const textBytes = this.bytesOf("policy.mdx");
    const source = textBytes && textOf(textFile, textBytes);
    let text: ParsedText | null = null;
    let frontMatter: FrontMatter | null = null;
    if (!textBytes) this.noteMissing(textFile, faults);
    else if (source !== null) {
      text = parsePolicyText(source);
      text.problems.forEach((problem) => placed(textFile, problem));
      if (text.frontMatter !== null)
        frontMatter = check(textFile, frontMatterSchema, text.frontMatter, "front matter ");
    }
    if (frontMatter) {
      this.checkFrontMatter(textFile, frontMatter, fault);
      if (rules) this.checkContacts(rulesFile, frontMatter.body, rules, faults);
      const { body, status } = frontMatter;
      // Where signatures are asked for, they are given for what will be published, word for word.
      const isSigned = this.context.bodies.some((one) => one.slug === body && one.publishing);
      if (!this.isPublished && !isSigned && (status === "in force" || status === "interim"))
        fault(
          textFile,
          `It is ${status}, but not locked. Publish it with npm run policy:publish ${this.slug} ${this.version}.`,
          "lock",
        );
    }
    const exceptions = this.readExceptions(rulesFile, rules?.exceptions, faults);
    const starts = rules?.starts === undefined ? null : readOwnStarts(rules.starts);
    for (const problem of starts?.problems ?? []) fault(rulesFile, problem);
    return { frontMatter, text, rules, questions, exceptions, starts: starts && starts.ways, faults };
  }

  /** What is gone from a published version is a fault of its lock. */
  private noteMissing(file: string, faults: Fault[]): void {
    if (!this.locked) faults.push(faultIn(file, "The file is missing."));
  }

  /** What the version says about exceptions: in its own rules, or in the file for versions without. */
  private readExceptions(rulesFile: string, own: unknown, faults: Fault[]): ReadVersion["exceptions"] {
    const { fault, check } = reporter(faults);
    const beside = this.context.exceptionRules[this.slug]?.[this.version];
    if (own === undefined) return beside ? { settings: beside, file: EXCEPTION_RULES } : null;
    if (beside)
      fault(rulesFile, `exceptions: ${EXCEPTION_RULES} has an entry for this version too. Take that one out.`);
    const settings = check(rulesFile, exceptionSettingsSchema, own, "exceptions");
    return settings && { settings, file: rulesFile };
  }

  exceptionRules(table: DecisionTable): ExceptionRules {
    const known = this.ownExceptionRules.get(table);
    if (known) return known;
    const { frontMatter, text, exceptions } = this.parts();
    if (!text) return unreadable(this);
    const body = this.context.bodies.find(({ slug }) => slug === frontMatter?.body);
    const made = exceptionRulesOf({ clauses: text.clauses, table }, exceptions?.settings ?? null, body?.exceptions);
    this.ownExceptionRules.set(table, made);
    return made;
  }

  /** Compares the files with the lock entry. */
  private checkLock(locked: LockEntry): void {
    const { fault } = reporter(this.lockFaults);
    const whole = hashOfHashes(locked.files);
    if (whole !== locked.hash) {
      const isSame = this.hashes.hash === locked.hash;
      fault(
        "content.lock.json",
        isSame
          ? `The hashes of the files of ${this.folder} are not those of the files, which are as they were published. Put back an older copy of the lock.`
          : `The hash of ${this.folder} (${locked.hash}) is not the one that its files make (${whole}). Put it back.`,
        "lock",
      );
      if (isSame) return;
    }
    for (const name of new Set([...Object.keys(locked.files), ...Object.keys(this.hashes.files)])) {
      const [was, is] = [locked.files[name], this.hashes.files[name]];
      if (was === is) continue;
      const what = !is ? "is gone" : !was ? "was added" : "was changed";
      fault(
        `${this.folder}/${name}`,
        `This file ${what} after the version was published (recorded ${was ?? "nothing"}, found ${is ?? "nothing"}). Put it back and make a new version instead.`,
        "lock",
      );
    }
  }

  private checkFrontMatter(file: string, frontMatter: FrontMatter, fault: Reporter["fault"]): void {
    if (frontMatter.version !== this.version)
      fault(file, `front matter version: it says "${frontMatter.version}", but the folder is named "${this.version}".`);
    if (!this.context.bodyFiles.includes(`${frontMatter.body}.yaml`))
      fault(file, `front matter body: there is no bodies/${frontMatter.body}.yaml.`);
    const problem = correctionProblem(frontMatter);
    if (problem) fault(file, `front matter ${problem}`);
  }

  private checkContacts(file: string, bodySlug: string, { rules }: ParsedRules, faults: Fault[]): void {
    const body = this.context.bodies.find(({ slug }) => slug === bodySlug);
    for (const rule of rules)
      for (const contact of rule.contacts)
        if (body && !body.contacts.some(({ id }) => id === contact))
          faults.push({
            ...faultIn(file, `rules.${rule.id}.contacts: bodies/${bodySlug}.yaml has no contact "${contact}".`),
            rule: rule.id,
          });
  }
}

/** The front matter alone; its faults are reported when the whole is parsed. */
function readFrontMatter(text: Buffer | undefined): FrontMatter | null {
  const [, yaml] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text?.toString("utf8") ?? "") ?? [];
  if (yaml === undefined) return null;
  return frontMatterSchema.safeParse(readPlainYaml(yaml).value).data ?? null;
}

/** Equal if two versions have the same rules and questions, byte for byte. */
const rulesKeyOf = ({ files }: LockEntry): string => `${files["rules.yaml"]} ${files["questions.yaml"]}`;

/** Adds to a map that keeps the most recently used. */
function keep<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST_PARSED && oldest !== undefined) map.delete(oldest);
}

/** A fault in a file as a whole. */
export const faultIn = (file: string, message: string, kind: Fault["kind"] = "content"): Fault => ({
  file,
  rule: null,
  kind,
  situation: null,
  message,
});

type Reporter = ReturnType<typeof reporter>;

/** Reads values and reports what is wrong with them, each fault naming its file. */
function reporter(faults: Fault[]) {
  const fault = (file: string, message: string, kind?: Fault["kind"]) => faults.push(faultIn(file, message, kind));
  const placed = (file: string, { line, column, message }: PlacedProblem) =>
    faults.push({ ...faultIn(file, message), place: { line, column } });
  const all = (file: string, messages: readonly string[]) => messages.forEach((message) => fault(file, message));
  /** In a file with another encoding, readers would see garbled letters. */
  const textOf = (file: string, bytes: Buffer): string | null => {
    if (isUtf8(bytes)) return bytes.toString("utf8").replace(/^\uFEFF/, "");
    fault(file, "It is not written in UTF-8. Save it again with the encoding UTF-8.");
    return null;
  };
  const parseYaml = (file: string, bytes: Buffer): unknown => {
    const text = textOf(file, bytes);
    if (text === null) return undefined;
    const { value, problems } = readPlainYaml(text);
    for (const problem of problems) placed(file, problem);
    return value;
  };
  const parseJson = (file: string, bytes: Buffer): unknown => {
    const text = textOf(file, bytes);
    if (text === null) return undefined;
    try {
      const value: unknown = JSON.parse(text);
      // Of two fields with one name, the last would hide the first.
      if (JSON.stringify(value).length === text.replace(/\s/g, "").length) return value;
      fault(file, "A name stands twice in it. Put it back.");
    } catch (error) {
      const [, at] = /position (\d+)/.exec(String(error)) ?? [];
      const message = "It is damaged from here on. Only the commands write it: put back an older copy of it.";
      placed(file, { ...placeIn(text, at === undefined ? text.length : Number(at)), message });
    }
    return undefined;
  };
  const check = <T>(file: string, schema: z.ZodType<T>, value: unknown, where = ""): T | null => {
    if (value === undefined) return null;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    all(file, schemaProblems(parsed.error.issues, value, where));
    return null;
  };
  return { fault, placed, all, textOf, parseYaml, parseJson, check };
}

const wholes = new WeakMap<ReadVersion, PolicyVersion>();

/**
 * The version as the portal serves it; null if part of it could not be read. What follows the front matter is parsed
 * when it is first needed: a portal holds many versions, and people read few.
 */
export function wholeVersion(read: ReadVersion): PolicyVersion | null {
  const { slug, version, frontMatter, hashes, isPublished, isTrusted } = read;
  if (!frontMatter || (!isTrusted && (!read.text || !read.rules?.matrix))) return null;
  const text = () => read.text ?? unreadable(read);
  const rules = () => read.rules ?? unreadable(read);
  const known = { slug, version, frontMatter, isPublished, hash: hashes.hash, rulesHash: rulesKeyOf(hashes) };
  const whole: PolicyVersion =
    wholes.get(read) ??
    withGetters(known, {
      text: () => text().text,
      clauses: () => text().clauses,
      sections: () => text().sections,
      questions: () => read.questions,
      wording: () => rules().wording,
      words: () => rules().words,
      table: () => rules().table,
      days: () => read.days,
      periods: () => periodsOf(read, rules()),
      matrix: () => rules().matrix ?? unreadable(read),
      sources: () => rules().sources,
      examples: () => rules().examples,
      about: () => rules().about,
      starts: () => read.starts,
      exceptionRules: () => read.exceptionRules(rules().table),
    });
  wholes.set(read, whole);
  return whole;
}

function withGetters<Known extends object, Part>(known: Known, parts: { [Name in keyof Part]: () => Part[Name] }) {
  for (const name of Object.keys(parts) as (keyof Part)[])
    Object.defineProperty(known, name, { get: parts[name], enumerable: true });
  return known as Known & Part;
}

function periodsOf(read: ReadVersion, { periods: [first, ...later] }: ParsedRules): PolicyVersion["periods"] {
  const withExceptions = (period: RulePeriod): VersionPeriod => ({
    ...period,
    exceptionRules: read.exceptionRules(period.table),
  });
  return [withExceptions(first), ...later.map(withExceptions)];
}

function unreadable({ slug, version, faults }: ReadVersion): never {
  throw new Error(`${slug} ${version} cannot be read: ${faults[0]?.message ?? "a part is missing"}`);
}

/** Why the system gives a file or folder to nobody, in an author's words. */
function cannotRead(what: "file" | "folder", error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const why: Record<string, string> = {
    EACCES: "You may not read it. Ask whoever runs the portal.",
    EISDIR: "It is a folder. Give it another name.",
    ENOTDIR: "It is no folder. Give it another name.",
    ENOENT: "It is missing.",
  };
  return `The ${what} cannot be read. ${why[code] ?? code}`.trim();
}

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";
