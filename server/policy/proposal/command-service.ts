import { z } from "zod";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { clock } from "#server/base/clock.ts";
import { preparePublication } from "#server/base/content/publish.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { isCommandToken } from "#server/base/secret/command-token.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { HAS_CHANGED, publishWithin, type ProposalResult, type SignedPublication } from "./change.ts";
import { findOpenProposal } from "./repository.ts";

/** A version that `policy:publish` publishes: `hash` is that of its files where the command runs. */
export const publishCommandSchema = z.strictObject({ slug: z.string(), version: z.string(), hash: z.string() });
type PublishCommand = z.infer<typeof publishCommandSchema>;

export const publishAnswerSchema = z.discriminatedUnion("code", [
  z.strictObject({ code: z.literal("done"), reference: z.string() }),
  z.strictObject({ code: z.literal("refused"), message: z.string() }),
]);

/** Publishes a version for `npm run policy:publish`, if everybody has signed it who has to. */
export async function publishByCommand(
  { slug, version, hash }: PublishCommand,
  signed: Omit<SignedPublication, "actor" | "at">,
): Promise<ProposalResult> {
  const found = await findOpenProposal(getDatabase(), `${slug} ${version}`);
  if (!found) return { code: "refused", message: NOT_PROPOSED };
  if (found.hash !== hash) return { code: "refused", message: HAS_CHANGED };
  return transact((tx) => publishWithin(tx, found.id, { ...signed, actor: PORTAL_ACTOR, at: clock.now() }));
}

const NOT_PROPOSED =
  "The body asks for signatures before a version is published, and nobody has proposed this one. Its author proposes it in the portal, under “Versions to publish”.";

/**
 * The same, for a command that calls the running portal, which publishes what is in its own content folder.
 * @param input what the command sent
 * @returns "refused" without a valid token, whatever was sent; "unreadable" for invalid input
 */
export async function publishByAskedCommand(
  token: string,
  input: unknown,
): Promise<ProposalResult | "refused" | "unreadable"> {
  if (!isCommandToken("policy-publish", readAuthSecret(getEnv()), token, clock.now())) return "refused";
  const command = publishCommandSchema.safeParse(input);
  if (!command.success) return "unreadable";
  const { slug, version } = command.data;
  const directory = getEnv().contentDir;
  const isWanted = (one: { slug: string; version: string }) => one.slug === slug && one.version === version;
  const publication = await preparePublication(directory, isWanted, clock.today());
  const body = publication.waiting[0]?.frontMatter?.body;
  const rules = publication.content.bodies.find((one) => one.slug === body)?.publishing;
  const [problem] = publication.problems;
  if (problem !== undefined) return { code: "refused", message: problem };
  if (!rules) return { code: "refused", message: "The portal has no such version in its content folder." };
  return publishByCommand(command.data, { directory, publication, rules });
}
