/**
 * `npm run sign-in:check [-- --claims FILE]`: whether people can sign in at the identity provider of the settings, line by
 * line, with what to do and what staff would read. FILE: an ID token, or its claims as JSON. Exit 1 if anything is wrong.
 */
import { readFile } from "node:fs/promises";
import { decodeJwt } from "jose";
import { z } from "zod";
import { refusalOf } from "#domain/access/identity/refusal.ts";
import { unknownRoles, type Claims } from "#domain/access/identity/provider-claim.ts";
import { checkClaims, checkSignIn, type SignInFinding } from "#server/access/identity/provider-check.ts";
import { readEnvironment } from "#server/base/environment/environment.mjs";
import { readArguments, Refusal, runCommand, typedPath } from "./command.ts";

const USE = "Use: npm run sign-in:check [-- --claims FILE]";
const SIGNS = { ok: "ok    ", unsure: "?     ", fault: "FAULT " } as const;

await runCommand("The sign-in could not be checked", async () => {
  const { values } = readArguments(USE, { options: { claims: { type: "string" } } });
  const env = readEnvironment(process.env, process.cwd());
  if (!env.oidc)
    throw new Refusal("No identity provider is set: give OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.");
  const unknown = unknownRoles(env.oidc);
  if (unknown.length > 0)
    throw new Refusal(`OIDC_GROUP_ROLES names ${unknown.join(", ")}: docs/sign-in.md lists the roles.`);
  const findings = await checkSignIn(env);
  if (values.claims !== undefined) findings.push(...checkClaims(env.oidc, await readClaimsFile(values.claims)));
  for (const finding of findings) console.log(inLines(finding));
  const faults = findings.filter(({ state }) => state === "fault").length;
  console.log(faults === 0 ? "Nothing stands in the way of signing in." : `${faults} to put right.`);
  if (faults > 0) process.exitCode = 1;
});

function inLines({ part, state, text, why, todo }: SignInFinding): string {
  const words = refusalOf(why);
  const lines = [`${SIGNS[state]} ${part}: ${text}`];
  const check = todo ?? words?.check;
  if (state !== "ok" && check) lines.push(`        What to do: ${check}`);
  if (state !== "ok" && words) lines.push(`        Staff would read: ${words.title}. ${words.text}`);
  return lines.join("\n");
}

/** @throws Refusal if the file holds neither an ID token nor claims */
async function readClaimsFile(file: string): Promise<Claims> {
  const text = await readFile(typedPath(file), "utf8").catch(() => {
    throw new Refusal(`${file} cannot be read. ${USE}`);
  });
  try {
    const claims: unknown = text.trim().startsWith("{") ? JSON.parse(text) : decodeJwt(text.trim());
    return z.record(z.string(), z.unknown()).parse(claims);
  } catch {
    throw new Refusal(`${file} holds neither an ID token nor its claims as JSON. ${USE}`);
  }
}
