import { createHash, createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { seal, sealingKey, unseal } from "#server/base/secret/seal.ts";

const sealedSchema = z.strictObject({
  address: z.string(),
  /** The newest first; an earlier one signs too, until this moment. */
  secrets: z.array(z.strictObject({ secret: z.string(), until: z.coerce.date().nullable() })),
});

/** What only the portal may read of an address: Teams and Slack take whatever comes to it. */
export type WebhookSecrets = z.infer<typeof sealedSchema>;

const keyOf = () => sealingKey(readAuthSecret(getEnv()), "webhook");

export function sealSecrets(secrets: WebhookSecrets): string {
  return seal(JSON.stringify(secrets), keyOf());
}

/** @returns null if the portal's secret has changed since */
export function openSecrets(sealed: string): WebhookSecrets | null {
  const opened = unseal(sealed, keyOf());
  return opened === null ? null : sealedSchema.parse(JSON.parse(opened));
}

/** For so long an earlier secret signs beside the new one. */
const BOTH_SIGN_MS = 24 * 60 * 60_000;

/** A new secret before those that still sign. */
export function withNewSecret(secrets: WebhookSecrets["secrets"], now: Date): WebhookSecrets["secrets"] {
  const until = new Date(now.getTime() + BOTH_SIGN_MS);
  const secret = `whsec_${randomBytes(32).toString("base64")}`;
  return [{ secret, until: null }, ...secrets.slice(0, 1).map((one) => ({ ...one, until }))];
}

/**
 * The three headers of Standard Webhooks (github.com/standard-webhooks/standard-webhooks): a signature by each secret that
 * signs now, HMAC-SHA256 over id, time and body.
 */
export function signatureHeaders(
  { secrets }: WebhookSecrets,
  { id, now, body }: { id: string; now: Date; body: string },
): Record<string, string> {
  const seconds = String(Math.floor(now.getTime() / 1000));
  const signatures = secrets
    .filter(({ until }) => until === null || until > now)
    .map(({ secret }) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
      return `v1,${createHmac("sha256", key).update(`${id}.${seconds}.${body}`, "utf8").digest("base64")}`;
    });
  return { "webhook-id": id, "webhook-timestamp": seconds, "webhook-signature": signatures.join(" ") };
}

/** Recognises a form that was sent before. */
export function startHashOf(personId: string, startKey: string): string {
  return createHash("sha256").update(`webhook/${personId}/${startKey}`, "utf8").digest("hex");
}
