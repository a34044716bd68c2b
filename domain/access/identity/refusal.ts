/** Why somebody is not signed in: in words for them, and for whoever reads the log. */

interface RefusalWords {
  title: string;
  /** What happened, and what they can do about it. */
  text: string;
  /** For whoever looks after the portal, if the code does not say what to check. */
  check?: string;
}

/** By the code in the page's address (/sign-in?refused=unknown) and in the log. */
const REFUSALS = {
  "not-chosen": {
    title: "Choose a person",
    text: "We could not find the person you chose. Choose one from the list.",
  },
  cancelled: {
    title: "You are not signed in",
    text: "The sign-in was stopped before the end. Sign in when you are ready. If you did not stop it, tell your IT service desk.",
  },
  "not-assigned": {
    title: "Your work account may not use this portal yet",
    text: "The service that checks work accounts knows you, but nobody has given your account this portal. Ask your IT service desk to assign it to you.",
    check: "the provider has not assigned the application to this person or to a group of theirs",
  },
  denied: {
    title: "The service that checks work accounts did not let you in",
    text: "It gave a reason of its own, such as a device or a place that it does not allow. Ask your IT service desk, who can look it up there.",
    check: "the provider's own list of sign-ins says why",
  },
  "login-required": {
    title: "Sign in to your work account first",
    text: "The service that checks work accounts needs something from you, such as a password or a code, and could not ask for it. Sign in once more, and do what it asks. If that does not help, tell your IT service desk.",
    check: "the provider wanted to ask the person something, and was not able to",
  },
  expired: {
    title: "This sign-in is over",
    text: "It took more than ten minutes, or its answer was used already. Nothing is wrong with your account. Sign in once more.",
  },
  "another-browser": {
    title: "You began to sign in somewhere else",
    text: "The answer came to another browser or a private window. Go back to where you began, or sign in here once more.",
    check: "the answer came without the cookie of the browser that began",
  },
  "other-answer": {
    title: "The answer was meant for another sign-in",
    text: "So we did not use it. Sign in once more. If it happens again, tell your IT service desk.",
    check: "the ID token's nonce is not the one that was sent",
  },
  clock: {
    title: "Two clocks do not agree",
    text: "The clock of this portal and that of the service that checks work accounts differ, so we could not trust its answer. Nothing is wrong with your account. Tell your IT service desk.",
    check: "set the clock of this server, or the provider's, by network time (NTP): they may differ by 30 seconds",
  },
  audience: {
    title: "The answer was meant for another application",
    text: "This portal and the service that checks work accounts are not set up for each other. Nothing is wrong with your account. Tell your IT service desk.",
    check: "OIDC_CLIENT_ID is not the application that the ID token is for",
  },
  issuer: {
    title: "The service that checks work accounts has another name than we expect",
    text: "This portal is not set up right, so we could not trust the answer. Nothing is wrong with your account. Tell your IT service desk.",
    check: "OIDC_ISSUER has to be what the provider calls itself, to the last slash",
  },
  signature: {
    title: "We could not check the answer",
    text: "The answer of the service that checks work accounts is not signed with a key that we know. Sign in once more. If it happens again, tell your IT service desk.",
    check: "the ID token is not signed with a key of the provider's jwks_uri, by an algorithm with a public key",
  },
  incomplete: {
    title: "The answer did not say who you are",
    text: "The service that checks work accounts left out what we need to know you. Nothing is wrong with your account. Tell your IT service desk.",
    check: "the answer or its ID token lacks what the standard asks for",
  },
  setup: {
    title: "This portal is not set up right",
    text: "The service that checks work accounts does not accept this portal. Nothing is wrong with your account. Tell your IT service desk.",
    check:
      "look at OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET (has it ended?) and the redirect address APP_URL/sign-in/callback",
  },
  unreachable: {
    title: "Signing in is not possible just now",
    text: "The service that checks work accounts does not answer. Try again in a few minutes, or tell your IT service desk.",
    check: "the provider did not answer within five seconds",
  },
  "provider-fault": {
    title: "The service that checks work accounts has a fault",
    text: "It answered that something went wrong there. Try again in a few minutes, or tell your IT service desk.",
    check: "the provider answered with an error of its own",
  },
  failed: {
    title: "Signing in did not work",
    text: "We do not know why. Sign in once more. If it happens again, tell your IT service desk.",
  },
  unknown: {
    title: "We do not know you yet",
    text: "Your work account is right, but the portal's directory does not have its e-mail address. Ask your IT service desk to add you.",
  },
  left: {
    title: "This person has left",
    text: "Somebody who has left can no longer sign in. If that is a mistake, ask your administrator to correct the directory.",
  },
  starting: {
    title: "You have not started yet",
    text: "You can sign in from your first day. If that is today, ask your administrator to correct the directory.",
  },
  "not-served": {
    title: "Your employer does not use this portal",
    text: "This portal does not serve the employer of your work account. Ask your IT service desk if you think that it should.",
  },
  "groups-missing": {
    title: "We could not see where you work",
    text: "Your groups say which employer is yours, and the service that checks work accounts did not give them. Tell your IT service desk.",
    check: "no claim with groups came; see OIDC_GROUPS_CLAIM",
  },
  "groups-overage": {
    title: "You are in too many groups for us to see where you work",
    text: "Your groups say which employer is yours, and there are too many for the service that checks work accounts to list. Tell your IT service desk.",
    check:
      "the provider left the groups out because there are too many: limit the claim to groups assigned to the application",
  },
  "no-address": {
    title: "Your work account has no e-mail address",
    text: "We find you by your e-mail address when you sign in for the first time, and your work account does not give us one that we can use. Ask your IT service desk to add it.",
    check: "the provider gave no e-mail address; see OIDC_EMAIL_CLAIM",
  },
  unverified: {
    title: "Your e-mail address is not confirmed",
    text: "The service that checks work accounts does not say that this address is yours. Confirm it there if you are asked to, and sign in again. If you are not asked, tell your IT service desk.",
    check: "the provider did not say that the e-mail address is verified; see OIDC_TRUST_EMAIL in docs/sign-in.md",
  },
  bound: {
    title: "Your e-mail address is tied to another work account",
    text: "Sign in with the work account that you used before. If you no longer have it, ask an administrator of this portal to release you from it.",
    check: "the address is of a person who is bound to another account; see people:release in docs/sign-in.md",
  },
  "too-weak": {
    title: "This portal asks for a stronger sign-in",
    text: "You signed in without a second step, such as a code or a security key. Set one up for your work account, then sign in with it. Your IT service desk can help.",
    check: "the ID token has none of the values of OIDC_REQUIRE",
  },
  "not-recent": {
    title: "We could not tell that you signed in again",
    text: "The service that checks work accounts did not say that you signed in just now, so nothing was changed. Sign out of your work account, then sign in again. If that does not help, tell your IT service desk.",
    check: "the ID token has no auth_time, or one of more than 15 minutes ago, though max_age was asked for",
  },
  "somebody-else": {
    title: "You signed in as somebody else",
    text: "Nothing was changed. Sign out of that work account, then sign in again with your own.",
    check: "somebody else came back than who was to sign in again",
  },
} as const satisfies Record<string, RefusalWords>;

/** Why the identity provider, or what it says, gets somebody nowhere. */
export type ProviderRefusal = Exclude<keyof typeof REFUSALS, "not-chosen">;

/** @param why as in the address */
export function refusalOf(why: unknown): (RefusalWords & { code: string }) | undefined {
  const found = Object.entries<RefusalWords>(REFUSALS).find(([code]) => code === why);
  return found && { code: found[0], ...found[1] };
}

/**
 * The line in the log; it names nobody.
 * @param detail what the provider or the library says of it, without names and secrets
 */
export function refusalForLog(why: ProviderRefusal, detail = ""): string {
  const reasons = [refusalOf(why)?.check, detail].filter(Boolean).join("; ");
  return `A sign-in was refused: ${why}${reasons ? ` (${reasons})` : ""}.`;
}

/** What OAuth 2.0 and OpenID Connect call their errors (RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core, 3.1.2.6). */
const OAUTH_ERRORS = new Map<string, ProviderRefusal>([
  ["login_required", "login-required"],
  ["interaction_required", "login-required"],
  ["account_selection_required", "login-required"],
  ["consent_required", "login-required"],
  ["invalid_grant", "expired"],
  ["invalid_client", "setup"],
  ["unauthorized_client", "setup"],
  ["invalid_request", "setup"],
  ["invalid_scope", "setup"],
  ["unsupported_response_type", "setup"],
  ["unsupported_grant_type", "setup"],
  ["server_error", "provider-fault"],
  ["temporarily_unavailable", "provider-fault"],
]);

/** Microsoft's numbers: not assigned; of no account in the tenant. Okta's and others' words. */
const NOT_ASSIGNED = /AADSTS(50105|50020|50177|90072)\b|\bnot (been )?assigned\b|\bno access to (this|the) app/i;
/** AADSTS65004: the person declined. A refusal without words is usually the person's, too. */
const STOPPED =
  /AADSTS65004\b|\bcancel|\bstopped\b|\b(user|owner|owner or authorization server) (has )?(denied|declined|rejected|refused)\b/i;

/**
 * What an error that the provider names means.
 * @param error its code, such as access_denied
 * @param description as the provider words it; it may name the person
 */
export function refusalByProvider(error: string, description: string): ProviderRefusal {
  if (NOT_ASSIGNED.test(description)) return "not-assigned";
  if (error !== "access_denied") return OAUTH_ERRORS.get(error) ?? "failed";
  return description === "" || STOPPED.test(description) ? "cancelled" : "denied";
}

/** The provider's code, and the numbers of errors (Microsoft, Okta) in its description: nothing that names anybody. */
export function providerErrorForLog(error: string, description: string): string {
  const code = /^\w{1,60}$/.test(error) ? error : "another error";
  const numbers = description.match(/\b(?:AADSTS\d{4,9}|E\d{7})\b/g) ?? [];
  return `the provider says ${[code, ...new Set(numbers)].slice(0, 4).join(", ")}`;
}
