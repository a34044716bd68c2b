import "server-only";
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from "yaml";
import type { Fault } from "#domain/policy/decision/fault.ts";
import { sizeProblem } from "./plain-yaml.ts";

type Path = readonly (string | number)[];

/** The lines of the values in a YAML text. */
export interface YamlLines {
  /** Line of the value at a path, or of the nearest existing part around it; lines start at 1. */
  lineOf(path: Path): number;
  /** Line of the list entry whose field has this value, the last one if there are several; null if there is none. */
  lineOfEntry(list: string, field: string, value: string): number | null;
}

/** @param before number of lines above the text in its file */
export function yamlLines(text: string, before = 0): YamlLines {
  const counter = new LineCounter();
  // What is nested too deeply to be read has no lines but that of its fault.
  const document: Document = parseDocument(sizeProblem(text) ? "" : text, { lineCounter: counter });
  const lineAt = (offset: number) => counter.linePos(offset).line + before;
  return {
    lineOf(path) {
      for (let length = path.length; length > 0; length--) {
        const at = path.slice(0, length);
        const parent: unknown = length === 1 ? document.contents : document.getIn(at.slice(0, -1), true);
        const key = at.at(-1);
        // The key of a field is where its author looks; its value may begin lines below.
        if (isMap(parent)) {
          const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
          if (pair && isScalar(pair.key) && pair.key.range) return lineAt(pair.key.range[0]);
        }
        const node: unknown = document.getIn(at, true);
        if (isNode(node) && node.range) return lineAt(node.range[0]);
      }
      return before + 1;
    },
    lineOfEntry(list, field, value) {
      const entries: unknown = document.getIn([list], true);
      if (!isSeq(entries)) return null;
      const found = entries.items.filter((entry) => isMap(entry) && entry.get(field) === value).at(-1);
      return isMap(found) && found.range ? lineAt(found.range[0]) : null;
    },
  };
}

/** The YAML between the dashes at the top of a policy's text; lines count from the top of the file. */
export function frontMatterLines(source: string): YamlLines {
  const [, yaml = ""] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(source) ?? [];
  return yamlLines(yaml, 1);
}

/**
 * The line of what a proof found wrong in a version.
 * @param fault in the version's policy.mdx or rules.yaml
 */
export function lineOfFault({ file, rule, message }: Fault, front: YamlLines, rules: YamlLines): number {
  const [, said] = /\bline (\d+):/.exec(message) ?? [];
  if (said !== undefined) return Number(said);
  if (file.endsWith("policy.mdx")) {
    const [, field] = /^front matter ([\w.]+):/.exec(message) ?? [];
    return field === undefined ? 1 : front.lineOf(pathOf(field));
  }
  const [, example] = /\bexamples? "([^"]*)"/i.exec(message) ?? [];
  const [, obligation] = /^The obligation "([^"]*)"/.exec(message) ?? [];
  const [, field = ""] = /^([\w.-]+):/.exec(message) ?? [];
  const [list = "", entry = ""] = field.split(".");
  const ofEntry =
    (example !== undefined ? rules.lineOfEntry("examples", "name", example) : null) ??
    (rule !== null ? rules.lineOfEntry("rules", "id", rule) : null) ??
    (obligation !== undefined ? rules.lineOfEntry("obligations", "id", obligation) : null) ??
    rules.lineOfEntry(list, "id", entry);
  return ofEntry ?? rules.lineOf(pathOf(field));
}

function pathOf(field: string): (string | number)[] {
  return field.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
