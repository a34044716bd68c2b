/** `npm run policy:check [-- --json] [-- --content DIR]`: proves every policy. Exit 1 when anything is wrong. */
import { checkContent, type Check } from "#server/content/check.ts";
import { readContent } from "#server/content/read.ts";
import { readOptions } from "./options.ts";

const options = readOptions("policy:check");

let check: Check;
try {
  check = checkContent(await readContent(options.content));
} catch (error) {
  const message = `The content folder "${options.content}" cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  check = {
    ok: false,
    policies: [],
    faults: [{ file: options.content, rule: null, kind: "content", situation: null, message }],
  };
}
console.log(options.json ? JSON.stringify(check, null, 2) : report(check));
process.exitCode = check.ok ? 0 : 1;

function report({ ok, policies, faults }: Check): string {
  const lines = policies.map(({ slug, version, situations, sources, ...counts }) => {
    const { decided, served, information, missing, planned } = sources;
    const wrong = Object.entries(counts).filter(([, count]) => count > 0);
    const proof = wrong.length === 0 ? "all proven" : wrong.map(([name, count]) => `${name} ${count}`).join(", ");
    return [
      `${slug} ${version}: ${situations} situations, ${proof}.`,
      `  Statements: ${decided} decided, ${served} served (${planned} by a planned feature), ${information} information, ${missing} missing.`,
    ].join("\n");
  });
  const total = (pick: (policy: Check["policies"][number]) => number) =>
    policies.reduce((sum, policy) => sum + pick(policy), 0);
  const statements = total(
    ({ sources: { decided, served, information, missing } }) => decided + served + information + missing,
  );
  lines.push(
    `In total: ${policies.length} versions, ${total((policy) => policy.situations)} situations, ${statements} statements, ${total(({ sources }) => sources.missing)} missing.`,
  );
  for (const { file, rule, message } of faults) lines.push(`${file}${rule ? ` (rule ${rule})` : ""}: ${message}`);
  lines.push(ok ? "Everything holds." : `${faults.length} ${faults.length === 1 ? "fault" : "faults"}.`);
  return lines.join("\n");
}
