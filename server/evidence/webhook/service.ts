import { type Actor, can } from "#domain/access/permission/permission.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { eventBy, type EvidenceEventName } from "#domain/evidence/journal/event.ts";
import { type AskedWebhook, readAskedWebhook } from "#domain/evidence/webhook/webhook.ts";
import { clock } from "#server/base/clock.ts";
import type { Tx } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { outboundProblem } from "#server/base/outbound/post.ts";
import { type Change, transact } from "#server/evidence/journal/transact.ts";
import {
  deleteDead,
  deleteWebhookRow,
  findByStart,
  insertWebhook,
  lockWebhook,
  updateWebhook,
  writeQueuedAgain,
} from "./repository.ts";
import { openSecrets, sealSecrets, startHashOf, withNewSecret } from "./secret.ts";

type Invalid = { code: "invalid"; problems: readonly FieldProblem[] };

/** `secret` is shown once; null for a channel, which has none, and where the form was sent before. */
export type WebhookMade = { code: "made"; reference: string; secret: string | null };

/**
 * Names an address to which events of the actor's body go.
 * @param startKey made by the page, so that sending its form twice makes one
 */
export async function makeWebhook(
  actor: Actor,
  asked: AskedWebhook,
  startKey: string,
): Promise<WebhookMade | Invalid | "not-found"> {
  if (!can(actor, "webhook.manage", actor)) return "not-found";
  const read = readWhole(asked, true);
  if ("problems" in read) return { code: "invalid", problems: read.problems };
  const { address, ...given } = read;
  const at = clock.now();
  const startHash = startHashOf(actor.personId, startKey);
  const secrets = given.kind === "webhook" ? withNewSecret([], at) : [];
  return untilUnique("Webhook", () =>
    transact(async (tx): Promise<Change<WebhookMade>> => {
      const earlier = await findByStart(tx, startHash);
      if (earlier !== null) return { result: { code: "made", reference: earlier, secret: null }, evidence: [] };
      const reference = makeReference("HOK");
      const stored = { host: new URL(address).host, sealed: sealSecrets({ address, secrets }), startHash, madeAt: at };
      await insertWebhook(tx, { reference, body: actor.body, ...given, ...stored });
      const evidence = [eventBy(actor, at, "webhook.made", reference, recorded(given, stored.host))];
      return { result: { code: "made", reference, secret: secrets[0]?.secret ?? null }, evidence };
    }),
  );
}

function readWhole(asked: AskedWebhook, isNew: boolean) {
  const read = readAskedWebhook(asked, isNew);
  const message = asked.address === "" ? null : outboundProblem(asked.address);
  const problems = "problems" in read ? read.problems : [];
  if (message !== null && !problems.some(({ field }) => field === "address"))
    problems.push({ field: "address", message });
  return problems.length > 0 ? { problems } : read;
}

/** What the journal says of an address: its host, never more of it. */
function recorded({ name, kind, events, hasNames }: Omit<AskedWebhook, "address">, host: string) {
  return { data: { kind, host, events: events.join(" "), hasNames }, detail: { name } };
}

type Locked = NonNullable<Awaited<ReturnType<typeof lockWebhook>>>;

/** What an act does with an address: its result, and what the journal says; null if nothing was changed. */
type Acted<Result> = {
  result: Result;
  event: EvidenceEventName | null;
  data?: Record<string, string | number | boolean | null>;
  detail?: Record<string, string>;
};

/** Does something with an address of the actor's body, in one transaction. */
async function actOn<Result>(
  actor: Actor,
  typed: string,
  act: (tx: Tx, webhook: Locked, at: Date) => Promise<Acted<Result>>,
): Promise<Result | "not-found"> {
  const reference = parseReference("HOK", typed);
  if (!reference || !can(actor, "webhook.manage", actor)) return "not-found";
  const at = clock.now();
  return transact(async (tx): Promise<Change<Result | "not-found">> => {
    const webhook = await lockWebhook(tx, actor.body, reference);
    if (!webhook) return { result: "not-found", evidence: [] };
    const { result, event, ...said } = await act(tx, webhook, at);
    return { result, evidence: event === null ? [] : [eventBy(actor, at, event, reference, said)] };
  });
}

/** Changes what goes to an address, and where it is; its kind stays. @param asked its `address` "" keeps the stored one */
export async function changeWebhook(
  actor: Actor,
  typed: string,
  asked: AskedWebhook,
): Promise<"done" | Invalid | "not-found"> {
  if (!can(actor, "webhook.manage", actor)) return "not-found";
  return actOn<"done" | Invalid>(actor, typed, async (tx, webhook) => {
    const read = readWhole({ ...asked, kind: webhook.kind }, false);
    if ("problems" in read) return { result: { code: "invalid", problems: read.problems }, event: null };
    const { address, kind, ...given } = read;
    const before = openSecrets(webhook.sealed);
    if (address === "" && before === null) {
      const problem = { field: "address", message: "Write the address again: the stored one cannot be read any more." };
      return { result: { code: "invalid", problems: [problem] }, event: null };
    }
    const host = address === "" ? webhook.host : new URL(address).host;
    const secrets = { address: address || (before?.address ?? ""), secrets: before?.secrets ?? [] };
    await updateWebhook(tx, webhook.reference, { ...given, host, sealed: sealSecrets(secrets) });
    return { result: "done", event: "webhook.changed", ...recorded({ ...given, kind }, host) };
  });
}

/** Makes a new secret for a program. The earlier one signs beside it for a day. @returns the new one, to be shown once */
export async function changeSecret(actor: Actor, typed: string): Promise<{ secret: string } | "refused" | "not-found"> {
  return actOn<{ secret: string } | "refused">(actor, typed, async (tx, { reference, kind, sealed }, at) => {
    const before = openSecrets(sealed);
    const secrets = withNewSecret(before?.secrets ?? [], at);
    if (kind !== "webhook" || before === null) return { result: "refused", event: null };
    await updateWebhook(tx, reference, { sealed: sealSecrets({ ...before, secrets }) });
    return { result: { secret: secrets[0]?.secret ?? "" }, event: "webhook.secret-changed" };
  });
}

/** Switches an address on or off. What waits for one that is off goes out when it is on again. */
export async function switchWebhook(actor: Actor, typed: string, isOn: boolean): Promise<"done" | "not-found"> {
  return actOn<"done">(actor, typed, async (tx, webhook) => {
    if (webhook.isOn === isOn) return { result: "done", event: null };
    await updateWebhook(tx, webhook.reference, { isOn, offReason: null });
    return { result: "done", event: isOn ? "webhook.switched-on" : "webhook.switched-off" };
  });
}

/** Deletes an address with everything that waits for it. */
export async function deleteWebhook(actor: Actor, typed: string): Promise<"done" | "not-found"> {
  return actOn<"done">(actor, typed, async (tx, { reference, name }) => {
    await deleteWebhookRow(tx, reference);
    return { result: "done", event: "webhook.deleted", detail: { name } };
  });
}

/** Sends a test event to an address that is switched on. */
export async function testWebhook(actor: Actor, typed: string): Promise<"done" | "is-off" | "not-found"> {
  return actOn<"done" | "is-off">(actor, typed, (_tx, { isOn }) =>
    Promise.resolve(isOn ? { result: "done", event: "webhook.tested" } : { result: "is-off", event: null }),
  );
}

/**
 * Queues events again that an address did not take, in their order, or gives them up for good.
 * @returns how many of these
 */
export async function settleMessages(
  actor: Actor,
  typed: string,
  { ids, isAgain }: { ids: readonly string[]; isAgain: boolean },
): Promise<{ count: number } | "not-found"> {
  return actOn<{ count: number }>(actor, typed, async (tx, { reference }, at) => {
    const count = isAgain ? await writeQueuedAgain(tx, reference, at, ids) : await deleteDead(tx, reference, ids);
    const event = isAgain ? "webhook.sent-again" : "webhook.given-up";
    return { result: { count }, event: count === 0 ? null : event, data: { events: count } };
  });
}
