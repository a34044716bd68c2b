import type { ProviderRefusal } from "#server/access/identity/provider-service.ts";

export interface SignInRefusalWords {
  title: string;
  /** What they can do about it. */
  text: string;
}

/** Why somebody is not signed in, in words for them; the page's address names the reason: /sign-in?refused=unknown. */
export const REFUSALS = {
  left: {
    title: "This person has left",
    text: "Somebody who has left can no longer sign in. If that is a mistake, ask your administrator to correct the directory.",
  },
  "not-chosen": {
    title: "Choose a person",
    text: "We could not find the person you chose. Choose one from the list.",
  },
  unknown: {
    title: "We do not know you yet",
    text: "Your work account is right, but the portal's directory does not have its e-mail address. Ask your IT service desk to add you.",
  },
  starting: {
    title: "You have not started yet",
    text: "You can sign in from your first day. If that is today, ask your administrator to correct the directory.",
  },
  "not-served": {
    title: "Your employer does not use this portal",
    text: "This portal does not serve the employer of your work account. Ask your IT service desk if you think that it should.",
  },
  failed: {
    title: "Signing in did not work",
    text: "It took too long, or was begun in another window. Nothing is wrong with your account. Sign in once more.",
  },
  cancelled: { title: "You are not signed in", text: "You stopped before the end. Sign in when you are ready." },
  unreachable: {
    title: "Signing in is not possible just now",
    text: "The service that checks work accounts does not answer. Try again in a few minutes, or tell your IT service desk.",
  },
  "no-address": {
    title: "Your work account has no e-mail address",
    text: "We find you by your e-mail address when you sign in for the first time, and your work account does not give us one. Ask your IT service desk to add it.",
  },
  unverified: {
    title: "Your e-mail address is not confirmed",
    text: "The service that checks work accounts does not say that this address is yours. Confirm it there if you are asked to, and sign in again. If you are not asked, tell your IT service desk.",
  },
  bound: {
    title: "Your e-mail address is tied to another work account",
    text: "Sign in with the work account that you used before. If you no longer have it, ask an administrator of this portal to release you from it.",
  },
  "too-weak": {
    title: "This portal asks for a stronger sign-in",
    text: "You signed in without a second step, such as a code or a security key. Set one up for your work account, then sign in with it. Your IT service desk can help.",
  },
  "not-recent": {
    title: "We could not tell that you signed in again",
    text: "The service that checks work accounts did not say that you signed in just now, so nothing was changed. Sign out of your work account, then sign in again. If that does not help, tell your IT service desk.",
  },
  "somebody-else": {
    title: "You signed in as somebody else",
    text: "Nothing was changed. Sign out of that work account, then sign in again with your own.",
  },
} as const satisfies Record<ProviderRefusal | "not-chosen", SignInRefusalWords>;

/** @param why as in the address */
export function refusalOf(why: unknown): SignInRefusalWords | undefined {
  return Object.entries(REFUSALS).find(([code]) => code === why)?.[1];
}

/** For whoever reads the log, if the code does not say what to check. */
const IN_THE_LOG: Partial<Record<ProviderRefusal, string>> = {
  "no-address": "the provider gave no e-mail address; see OIDC_EMAIL_CLAIM",
  unverified: "the provider did not say that the e-mail address is verified; see OIDC_TRUST_EMAIL in docs/sign-in.md",
  bound: "the address is of a person who is bound to another account; see people:release in docs/sign-in.md",
  "too-weak": "the ID token has none of the values of OIDC_REQUIRE",
  "not-recent": "the ID token has no auth_time, or one of more than 15 minutes ago, though max_age was asked for",
  "somebody-else": "somebody else came back than who was to sign in again",
};

/** The line in the log; it names nobody. */
export function refusalForLog(why: ProviderRefusal): string {
  const reason = IN_THE_LOG[why];
  return `A sign-in was refused: ${why}${reason ? ` (${reason})` : ""}.`;
}
