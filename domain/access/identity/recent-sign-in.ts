/** Which acts somebody does only soon after they signed in (OWASP ASVS 5.0, 7.5.3). */
import type { EvidenceEvent, EvidenceEventName } from "#domain/evidence/journal/event.ts";
import { type ApiScope, DIRECTORY_SCOPE, PERSONAL_SCOPE } from "#domain/access/api-token/api-token.ts";
import { levelOf } from "#domain/base/risk/risk.ts";

/** After so many minutes they sign in again first. */
export const RECENT_MINUTES = 15;

type Data = NonNullable<EvidenceEvent["data"]>;
type When = (data: Data) => boolean;
const always: When = () => true;
const isHighRisk: When = ({ residual }) => typeof residual === "number" && levelOf(residual) === "high";
const sendsNames: When = ({ hasNames }) => hasNames === true;
/** Such a token changes people, is somebody, or reads what those read who were given the role for it. */
const GUARDED_SCOPES: readonly string[] = [DIRECTORY_SCOPE, PERSONAL_SCOPE, "registers:people" satisfies ApiScope];
const words = (value: Data[string] | undefined) => String(value ?? "").split(" ");

/**
 * By what the journal says of the act, and in which cases. Every way to an act leaves the same event, so none is forgotten:
 * roles change on a person's page, by a list, and by being named line manager.
 */
export const RECENT_SIGN_IN_ACTS: Readonly<Partial<Record<EvidenceEventName, When>>> = {
  "person.roles-changed": always,
  "person.roles-confirmed": always,
  "person.added": ({ roles }) => words(roles).some((role) => role !== "employee" && role !== ""),
  "account.released": always,
  "api-token.made": ({ scopes }) => words(scopes).some((scope) => GUARDED_SCOPES.includes(scope)),
  "webhook.made": sendsNames,
  "webhook.changed": sendsNames,
  "evidence.exported": always,
  "signing-key.made": always,
  "signing-key.revoked": always,
  "policy.signed": always,
  "exception.approved": isHighRisk,
  "exception.approved-in-part": isHighRisk,
};

/** Whether an act asks for a recent sign-in of who does it. */
export const needsRecentSignIn = ({ event, data = {} }: Pick<EvidenceEvent, "event" | "data">): boolean =>
  RECENT_SIGN_IN_ACTS[event]?.(data) ?? false;

/** @param provedAt when they last proved who they are; null where nobody knows */
export const isRecent = (provedAt: Date | null, now: Date): boolean =>
  provedAt !== null && now.getTime() - provedAt.getTime() <= RECENT_MINUTES * 60_000;
