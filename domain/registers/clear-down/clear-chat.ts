/**
 * How a chat is cleared on each platform, and in which groups senders do it themselves; read from
 * content/clear-chat-steps.yaml (S5.21, S5.28, S3.71).
 */
import { z } from "zod";
import { isDay } from "#domain/base/calendar/calendar.ts";

const sentence = z.string().trim().min(1);
const KINDS = ["team", "partner", "emergency"] as const;

export const clearChatSchema = z
  .strictObject({
    platforms: z
      .array(
        z.strictObject({
          /** App and platform: "WhatsApp on an iPhone". */
          name: sentence,
          /** Day on which the steps were written down: apps change. */
          writtenOn: z.string().refine(isDay, "write the day as 2026-11-24"),
          steps: z.array(sentence).min(1),
        }),
      )
      .min(1),
    /** If a policy describes the steps itself: its clauses, in order. */
    policySteps: z.array(z.strictObject({ policy: sentence, clauses: z.array(sentence).min(1) })).default([]),
    /** Groups in which everybody deletes their own messages; in all others an administrator clears the chat. */
    clearedBySender: z.array(z.strictObject({ policy: sentence, kinds: z.array(z.enum(KINDS)).min(1) })).default([]),
  })
  .superRefine(({ platforms }, context) => {
    platforms.forEach(({ name }, at) => {
      if (platforms.findIndex((other) => other.name === name) < at)
        context.addIssue({ code: "custom", path: ["platforms", at, "name"], message: `"${name}" stands here twice` });
    });
  });

export type ClearChat = z.infer<typeof clearChatSchema>;

/** Used if the content has no such file. */
export const NO_CLEAR_CHAT: ClearChat = { platforms: [], policySteps: [], clearedBySender: [] };

/**
 * Clauses named in the file that the policies lack, one sentence each. Unknown policies are skipped, since the same
 * file serves portals with fewer policies.
 * @param clausesOf ids of all clauses of a policy's versions; null if there is no such policy
 */
export const clearChatProblems = (
  { policySteps }: ClearChat,
  clausesOf: (policy: string) => ReadonlySet<string> | null,
): string[] =>
  policySteps.flatMap(({ policy, clauses }) => {
    const known = clausesOf(policy);
    return clauses
      .filter((clause) => known && !known.has(clause))
      .map((clause) => `The policy "${policy}" has no clause "${clause}".`);
  });

export type ClearedBy = "administrator" | "sender";

/** Who clears a group's messages: as set for the group, otherwise as set for its policy. */
export function clearedByOf(
  { clearedBySender }: Pick<ClearChat, "clearedBySender">,
  group: { clearedBy: ClearedBy | null; policy: string; kind: (typeof KINDS)[number] },
): ClearedBy {
  if (group.clearedBy !== null) return group.clearedBy;
  const isBySender = clearedBySender.some(({ policy, kinds }) => policy === group.policy && kinds.includes(group.kind));
  return isBySender ? "sender" : "administrator";
}
