/**
 * `npm run evidence:verify [-- --known BODY:POSITION:HASH …]`: checks the chain of evidence of every body, and changes
 * nothing. Exit 0: whole. 1: a fault. 2: it could not be checked.
 */
import { z } from "zod";
import { verifyChains, type ChainReport, type KnownHead } from "#server/evidence/journal/verification.ts";
import { askRunningPortal, notUnderstood } from "./running-portal.ts";
import { commandEnvironment, openToRead, readArguments, Refusal, runCommand } from "./command.ts";
import type { Env } from "#server/base/environment/environment.mjs";

const USE = "Use: npm run evidence:verify [-- --known BODY:POSITION:HASH …]";

const WHAT_IT_SHOWS = [
  "This shows that no row, and no text beside one, was changed since it was written, and that none was",
  "taken out, put in between or moved. It does not show that no newest rows were cut off, or that somebody",
  "who owns the database did not write a whole chain anew. Note the heads outside the database, and give",
  "them to --known the next time: then it shows that too, up to those heads.",
];
const AFTER_A_FAULT = [
  "The rows before a fault are all right; of those after it nothing is known. Change nothing, keep a copy of",
  "the database as it is now, and compare it with an earlier copy.",
];

/** What the portal answers. */
const reportsSchema = z.object({
  chains: z.array(
    z.object({
      body: z.string(),
      head: z.object({ position: z.number(), hash: z.string() }),
      erased: z.number(),
      fault: z.object({ body: z.string(), position: z.number(), problem: z.string() }).nullable(),
    }),
  ),
});

await runCommand(
  "The evidence could not be checked",
  async () => {
    const known = readKnown();
    const reports = await verify(commandEnvironment(), known);
    console.log(inWords(reports, known));
    process.exitCode = reports.some(({ fault }) => fault !== null) ? 1 : 0;
  },
  2,
);

function readKnown(): KnownHead[] {
  const options = { known: { type: "string", multiple: true, default: [] as string[] } } as const;
  return readArguments(USE, { options }).values.known.map((text) => {
    const [, body, position, hash] = /^([a-z0-9-]{1,100}):([1-9]\d{0,9}):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
    if (!body || !position || !hash) throw new Refusal(`"${text}" is no head such as nao:12:3f… (64 digits). ${USE}`);
    return { body, position: Number(position), hash };
  });
}

async function verify(env: Env, known: readonly KnownHead[]): Promise<ChainReport[]> {
  const database = await openToRead(env);
  if (!database) return askPortal(env, known);
  try {
    return await verifyChains(database.prisma, known);
  } finally {
    await database.close();
  }
}

/** The embedded database belongs to one process; if a portal is running on it, that one checks. */
async function askPortal(env: Env, known: readonly KnownHead[]): Promise<ChainReport[]> {
  const { address, response } = await askRunningPortal(env, "evidence-verification", "/api/evidence/verify", { known });
  const read = reportsSchema.safeParse(await response.json().catch(() => null));
  if (!response.ok || !read.success) throw notUnderstood(address);
  return read.data.chains;
}

function inWords(reports: readonly ChainReport[], known: readonly KnownHead[]): string {
  const lines = reports.flatMap(({ body, head, erased, fault }) => {
    const count = `${head.position} ${head.position === 1 ? "row" : "rows"}`;
    if (fault)
      return [`${body}: FAULT at row ${fault.position}: ${fault.problem}.`, `  Before it: ${count}, all right.`];
    const checked = known.filter((one) => one.body === body).length;
    return [
      `${body}: ${count}, all right; ${erased} with an erased text.`,
      ...(checked > 0 ? [`  ${checked} noted ${checked === 1 ? "head is" : "heads are"} still in the chain.`] : []),
      ...(head.position > 0 ? [`  Head: ${body}:${head.position}:${head.hash}`] : []),
    ];
  });
  if (reports.length === 0) lines.push("There is no evidence yet.");
  lines.push("", ...(reports.some(({ fault }) => fault !== null) ? AFTER_A_FAULT : WHAT_IT_SHOWS));
  return lines.join("\n");
}
