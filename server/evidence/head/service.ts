import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK } from "jose";
import type { z } from "zod";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { nameOfHead, publishedHeadSchema, witnessStatementSchema } from "#domain/evidence/head/head.ts";
import { rootOf } from "#domain/evidence/head/merkle.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { getJwks } from "#server/evidence/signing-key/queries.ts";
import { countRows, insertWitness, readTree, storeNodes, writeAskedAgain } from "./repository.ts";

const MOST_STATEMENT_BYTES = 20_000;

export type WitnessResult =
  /** Kept. `isOurs` false: the rows do not come to the head that the witness saw, though the body's key signed it. */
  { code: "kept"; isOurs: boolean } | { code: "known" } | { code: "invalid"; problem: string } | { code: "not-found" };

/**
 * Takes what a witness signed about a head of the actor's body, and compares the head with the rows. It counts where the
 * body's own key signed the head: then one that does not fit shows that the chain was written anew.
 * @param bytes a file, as verify.mjs writes it
 */
export async function receiveWitness(actor: Actor, bytes: Uint8Array): Promise<WitnessResult> {
  if (!can(actor, "evidence.export", actor)) return { code: "not-found" };
  const { body, personId } = actor;
  const read =
    bytes.length > MOST_STATEMENT_BYTES ? null : await readStatement(Buffer.from(bytes).toString("utf8").trim());
  if (!read)
    return {
      code: "invalid",
      problem: "This is no statement of a witness, or it was changed. Choose the .jws file that verify.mjs wrote.",
    };
  const { statement, kid, jws } = read;
  const head = await readOwnHead(statement.head, body);
  if (typeof head === "string") return { code: "invalid", problem: head };
  const { size, root } = head;
  const tx = getDatabase();
  const rows = await countRows(tx, body);
  await storeNodes(tx, body, rows);
  const isOurs = size <= rows && (await rootOf(readTree(tx, body), size)) === root;
  const at = clock.now();
  return transact(async (change): Promise<Change<WitnessResult>> => {
    const row = {
      body,
      size,
      root,
      kid,
      name: statement.witness,
      jws,
      at: new Date(statement.at),
      receivedAt: at,
      isOurs,
    };
    if (!(await insertWitness(change, row))) return { result: { code: "known" }, evidence: [] };
    const event = { body, event: "evidence.head-witnessed", at, actor: personId, subject: nameOfHead(head) } as const;
    return { result: { code: "kept", isOurs }, evidence: [{ ...event, data: { size, root, kid, isOurs } }] };
  });
}

/** What a witness signed, by the key that it names; null where it is no statement, or the signature does not fit. */
async function readStatement(jws: string) {
  try {
    const payload: unknown = JSON.parse(Buffer.from(jws.split(".")[1] ?? "", "base64url").toString("utf8"));
    const { key } = witnessStatementSchema.parse(payload);
    const kid = await calculateJwkThumbprint(key, "sha256");
    const statement = await readSigned(jws, { ...key, kid }, witnessStatementSchema);
    return statement && { statement, kid, jws };
  } catch {
    return null;
  }
}

/** The head, or what is wrong with it. */
async function readOwnHead(jws: string, body: string) {
  const { keys } = await getJwks(body);
  const key = keys.find(({ kid }) => kid === kidOf(jws));
  const head = key ? await readSigned(jws, key, publishedHeadSchema) : null;
  if (!key || head?.body !== body) return "The head in this statement was not signed with a key of your body.";
  if (key.revoked && key.revoked.reason !== "superseded")
    return "The key that signed the head in this statement was revoked, because others may know it. It shows nothing.";
  return head;
}

function kidOf(jws: string): string | undefined {
  try {
    return decodeProtectedHeader(jws).kid;
  } catch {
    return undefined;
  }
}

async function readSigned<Schema extends z.ZodType>(
  jws: string,
  { kty, crv, x, kid }: { kty: string; crv: string; x: string; kid: string },
  schema: Schema,
): Promise<z.infer<Schema> | null> {
  try {
    const key = await importJWK({ kty, crv, x }, "EdDSA");
    const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: ["EdDSA"] });
    if (protectedHeader.kid !== kid) return null;
    return schema.parse(JSON.parse(Buffer.from(payload).toString("utf8")));
  } catch {
    return null;
  }
}

/** Has the time-stamps that were given up asked for again. @returns how many of them there were */
export async function askForTimeStampsAgain(actor: Actor): Promise<number | "not-found"> {
  if (!can(actor, "evidence.export", actor)) return "not-found";
  const { body, personId } = actor;
  const at = clock.now();
  return transact(async (tx) => {
    const count = await writeAskedAgain(tx, body, at);
    const event = { body, event: "evidence.time-stamps-asked-for", at, actor: personId, subject: "heads" } as const;
    return { result: count, evidence: count > 0 ? [{ ...event, data: { count } }] : [] };
  });
}
