import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hashFiles, VERSION_FILES, type Lock } from "#server/base/content/lock.ts";

/** After this many versions the rules change; the others change only words. */
const RULES_CHANGE_EVERY = 5;

/**
 * Writes a content folder with many policies of one body, each in many published versions: the model policy again and
 * again, every version with its own words.
 * @param folder made new
 */
export function writeLibrary(folder: string, { policies, versions }: { policies: number; versions: number }): void {
  mkdirSync(path.join(folder, "bodies"), { recursive: true });
  for (const shared of ["bodies/example-borough.yaml", "questions.yaml"])
    cpSync(path.join("content", shared), path.join(folder, shared));
  const [text = "", questions = "", rules = ""] = VERSION_FILES.map((name) =>
    readFileSync(path.join("content/policies/model/2.0", name), "utf8"),
  );
  const lock: Lock = {};
  for (let policy = 1; policy <= policies; policy++) {
    const slug = `policy-${policy}`;
    const locked: Lock[string] = (lock[slug] = {});
    for (let number = 1; number <= versions; number++) {
      const edition = Math.ceil(number / RULES_CHANGE_EVERY);
      const files = {
        "policy.mdx": text
          .replace(/^version: .*$/m, `version: "${number}"`)
          .replace(/^effective: .*$/m, `effective: ${2000 + number}-01-01`)
          .replace(/^# .*$/m, "")
          .replace(/(<Clause id="1\.1"[^>]*>)/, `$1In policy ${policy}, version ${number}: `),
        "questions.yaml": questions,
        "rules.yaml": `# Edition ${edition} of policy ${policy}\n${rules}`,
      };
      const versionFolder = path.join(folder, "policies", slug, String(number));
      mkdirSync(versionFolder, { recursive: true });
      for (const [name, content] of Object.entries(files)) writeFileSync(path.join(versionFolder, name), content);
      locked[number] = hashFiles(new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content)])));
    }
  }
  writeFileSync(path.join(folder, "content.lock.json"), JSON.stringify(lock));
}
