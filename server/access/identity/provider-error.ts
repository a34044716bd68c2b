import * as oidc from "openid-client";
import { providerErrorForLog, refusalByProvider, type ProviderRefusal } from "#domain/access/identity/refusal.ts";

/** Why the identity provider, or the library's checks of what it says, refused; the message is for the log and names nobody. */
export class ProviderError extends Error {
  override name = "ProviderError";
  constructor(
    readonly why: ProviderRefusal,
    message: string,
  ) {
    super(message);
  }
}

/** By the claim of the ID token that is not as it has to be. */
const BY_CLAIM: Readonly<Record<string, ProviderRefusal>> = {
  iss: "issuer",
  aud: "audience",
  azp: "audience",
  nonce: "other-answer",
  exp: "clock",
  nbf: "clock",
};

const BY_CODE: Readonly<Record<string, ProviderRefusal>> = {
  OAUTH_TIMEOUT: "unreachable",
  OAUTH_ABORT: "unreachable",
  OAUTH_KEY_SELECTION_FAILED: "signature",
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: "clock",
  OAUTH_UNSUPPORTED_OPERATION: "signature",
  OAUTH_MISSING_SERVER_METADATA: "setup",
  OAUTH_INVALID_SERVER_METADATA: "setup",
  OAUTH_HTTP_REQUEST_FORBIDDEN: "setup",
  OAUTH_RESPONSE_IS_NOT_JSON: "setup",
  OAUTH_PARSE_ERROR: "setup",
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: "other-answer", // user information of another subject
};

/** What has no code of its own; the first is the answer's own `iss` (RFC 9207). */
const BY_WORDS: readonly [RegExp, ProviderRefusal][] = [
  [/"iss" \(issuer\) response parameter/, "issuer"],
  [/signature|"alg"/, "signature"],
  [/claim missing|"id_token" property|no authorization code|Expected an ID Token/i, "incomplete"],
];

/** What a check of the library compared; its `claims` are about a person and never leave here. */
interface Compared {
  claim?: unknown;
  attribute?: unknown;
  expected?: unknown;
  body?: { issuer?: unknown };
  claims?: Record<string, unknown>;
  now?: number;
  parameters?: URLSearchParams;
}

/** Says of any error on the way to the provider and back why it is one. */
export function toProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError)
    return byProvider(error.error, error.error_description ?? "");
  if (error instanceof oidc.WWWAuthenticateChallengeError) {
    const { error: code = "invalid_client", error_description: description = "" } = error.cause[0]?.parameters ?? {};
    return byProvider(code, description);
  }
  // undici's, where nobody listens, a name is not known, a certificate is not trusted, or a connection breaks.
  if (error instanceof DOMException && error.name === "TimeoutError")
    return new ProviderError("unreachable", error.name);
  if (error instanceof TypeError && error.cause instanceof Error)
    return new ProviderError("unreachable", codeOf(error.cause) ?? error.cause.name);
  const [code, messages, compared] = unfold(error);
  if (compared instanceof Response) return byStatus(compared.status);
  const facts: Compared = typeof compared === "object" && compared !== null ? compared : {};
  const why = reasonOf(code, messages, facts);
  return new ProviderError(why, [messages.join(": "), inFigures(facts)].filter(Boolean).join(", "));
}

const byProvider = (error: string, description: string): ProviderError =>
  new ProviderError(refusalByProvider(error, description), providerErrorForLog(error, description));

const byStatus = (status: number): ProviderError =>
  new ProviderError(status >= 500 ? "provider-fault" : "setup", `the provider answered with status ${status}`);

const codeOf = (error: unknown) =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** The innermost code, the messages from the outside in, and what the innermost error was caused by. */
function unfold(error: unknown): [code: string | undefined, messages: string[], cause: unknown] {
  const messages: string[] = [];
  let [code, inner] = [codeOf(error), error];
  while (inner instanceof Error) {
    if (messages.length === 0 || codeOf(inner)) messages.push(inner.message); // others may quote what was read
    code = codeOf(inner) ?? code;
    inner = inner.cause;
  }
  return [code, messages, inner];
}

function reasonOf(code: string | undefined, messages: readonly string[], facts: Compared): ProviderRefusal {
  if (facts.attribute === "issuer") return "issuer";
  const claim = typeof facts.claim === "string" ? BY_CLAIM[facts.claim] : undefined;
  if (claim) return claim;
  const said = messages.join(" ");
  return BY_WORDS.find(([words]) => words.test(said))?.[1] ?? BY_CODE[code ?? ""] ?? "failed";
}

/** What was compared, as far as it is about machines and not about people. */
function inFigures({ claim, attribute, expected, body, claims = {}, now, parameters }: Compared): string {
  if (attribute === "issuer") return `the provider calls itself ${String(body?.issuer)}`;
  const named = parameters?.get("iss"); // the browser brings it
  if (named) return `the answer names ${JSON.stringify(named.slice(0, 200))} as the issuer`;
  if (claim === "iss" || claim === "aud" || claim === "azp")
    return `it has ${JSON.stringify(claims[claim])} as ${claim}, and ${JSON.stringify(expected)} is expected`;
  const at = typeof claim === "string" ? claims[claim] : undefined;
  if (now === undefined || typeof at !== "number") return "";
  return claim === "nbf"
    ? `the provider is ${at - now} seconds ahead of this server`
    : `it ended ${now - at} seconds ago by this server's clock`;
}
