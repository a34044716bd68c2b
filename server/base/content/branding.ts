import { createHash } from "node:crypto";
import type { Root } from "mdast";
import { visit } from "unist-util-visit";
import type { z } from "zod";
import { brandingStyles, brandingSchema, OWN_BRANDING } from "#domain/base/branding/branding.ts";
import { linkProblem } from "./lint-links.ts";
import type { PlacedProblem } from "./plain-yaml.ts";
import { contentProblems, parseTree } from "./policy-text.ts";
import { pictureProblem, pictureType, type PictureType } from "./picture.ts";

/** What a body may write in place of the portal's own: file of the content folder by the page that shows it. */
const STATEMENTS = { accessibility: "accessibility-statement.md", privacy: "privacy.md" } as const;
export type StatementName = keyof typeof STATEMENTS;

/** A file that pages name by its hash, so that browsers keep it until it changes. */
export interface BrandingFile {
  readonly bytes: Buffer;
  readonly type: PictureType | "text/css; charset=utf-8";
  readonly hash: string;
}

interface Folder {
  bytesOf(file: string): Promise<Buffer | null>;
  readOptional<T>(file: string, schema: z.ZodType<T>): Promise<T | null>;
}
interface Report {
  fault(file: string, message: string): unknown;
  textOf(file: string, bytes: Buffer): string | null;
}

/** Reads portal.yaml, the pictures that it names, and the statements. What cannot be used is a fault of its file. */
export async function readBranding(folder: Folder, report: Report) {
  const read = (await folder.readOptional("portal.yaml", brandingSchema)) ?? OWN_BRANDING;
  const { logo, logoInDark, accent: _, accentInDark: _dark, ...words } = read;
  const styles = brandingStyles(read);
  return {
    ...words,
    styles: styles === null ? null : fileOf(Buffer.from(styles), "text/css; charset=utf-8"),
    logo: await readPicture(folder, "logo", logo, report),
    logoInDark: await readPicture(folder, "logoInDark", logoInDark, report),
    statements: {
      accessibility: await readStatement(folder, "accessibility", report),
      privacy: await readStatement(folder, "privacy", report),
    },
  };
}

async function readPicture(folder: Folder, field: string, name: string | undefined, report: Report) {
  if (name === undefined) return null;
  const bytes = await folder.bytesOf(name);
  if (bytes === null) {
    report.fault("portal.yaml", `${field}: there is no file ${name} in the content folder.`);
    return null;
  }
  const type = pictureType(name);
  const problem = pictureProblem(bytes, type);
  if (problem === null) return fileOf(bytes, type);
  report.fault(name, problem);
  return null;
}

const fileOf = (bytes: Buffer, type: BrandingFile["type"]) => ({ bytes, type, hash: hashOf(bytes).slice(0, 16) });

/** Its text, with a hash for whatever is made from it once. */
async function readStatement(folder: Folder, name: StatementName, report: Report) {
  const file = STATEMENTS[name];
  const bytes = await folder.bytesOf(file);
  const text = bytes && report.textOf(file, bytes);
  if (text === null) return null;
  const problems = ownStatementProblems(text);
  for (const problem of problems) report.fault(file, problem);
  return problems.length > 0 ? null : { text, hash: hashOf(text) };
}

/** What is wrong with a statement that a body wrote, each with its line: it is plain Markdown below headings of the second level. */
export function ownStatementProblems(text: string): string[] {
  const inLines = (of: readonly PlacedProblem[]) => of.map(({ line, message }) => `line ${line}: ${message}`);
  const { tree, problems } = parseTree(text);
  if (!tree || problems.length > 0) return inLines(problems);
  const found = inLines(contentProblems(tree));
  return found.length > 0 ? found : plainProblems(tree);
}

function plainProblems(tree: Root): string[] {
  const problems: string[] = [];
  const [first] = tree.children;
  if (first?.type !== "heading") problems.push("line 1: begin with a heading, such as ## How accessible it is.");
  visit(tree, (node) => {
    const at = (words: string) => problems.push(`line ${node.position?.start.line ?? 1}: ${words}`);
    if (node.type === "yaml") at("remove the lines between the dashes. A statement has no fields.");
    if (node.type === "mdxJsxFlowElement" || node.type === "mdxJsxTextElement")
      at(`remove <${node.name ?? ""}>. A statement is plain Markdown.`);
    if (node.type === "heading" && node.depth === 1) at("write the heading with ##. The page has its title already.");
    if (node.type === "text" && /\bTODO\b/.test(node.value)) at("write out what is still to do.");
    const broken = node.type === "link" ? linkProblem(node.url, { own: new Set(), anchorsOf: () => null }) : null;
    if (broken !== null) at(broken);
  });
  return problems;
}

const hashOf = (content: Buffer | string): string => createHash("sha256").update(content).digest("hex");
