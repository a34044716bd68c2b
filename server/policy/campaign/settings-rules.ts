import "server-only";
import { PERSON_KINDS } from "#domain/access/identity/person.ts";
import { normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import { ROLES } from "#domain/access/permission/role.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import type { AudiencePart } from "#domain/policy/campaign/audience.ts";
import { campaignProblems, type CampaignSettings } from "#domain/policy/campaign/campaign.ts";
import { loadContent } from "#server/base/content/store.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { listPeopleByEmail, listTeamsNamed } from "./repository.ts";

/** What was typed and ticked about a campaign, unchecked. */
export interface CampaignGiven {
  /** Everybody, or the parts that are named; null if neither was chosen. */
  who: "everybody" | "parts" | null;
  employers: readonly string[];
  roles: readonly string[];
  kinds: readonly string[];
  /** Names of teams, and e-mail addresses of people. */
  teams: readonly string[];
  people: readonly string[];
  workingDays: string;
  remindBefore: string;
  checksUnderstanding: boolean;
  readingMinutes: string;
  targetPercent: string;
}

/** The settings that were given, and what is wrong with them, by field of the form. */
export async function readSettings(
  tx: Prisma.TransactionClient,
  body: string,
  given: CampaignGiven,
): Promise<{ settings: CampaignSettings; problems: FieldProblem[] }> {
  const { audience, problems } = await readAudience(tx, body, given);
  const settings: CampaignSettings = {
    audience,
    workingDays: wholeNumber(given.workingDays),
    remindBefore: [
      ...new Set(
        given.remindBefore
          .split(/[\s,;]+/)
          .filter(Boolean)
          .map(wholeNumber),
      ),
    ].sort((a, b) => b - a),
    checksUnderstanding: given.checksUnderstanding,
    readingMinutes: given.readingMinutes === "" ? 0 : wholeNumber(given.readingMinutes),
    targetPercent: wholeNumber(given.targetPercent.replace(/\s*%$/, "")),
  };
  const others = campaignProblems(settings).filter(({ field }) => field !== "audience" || problems.length === 0);
  const named = others.map((problem) => (problem.field === "audience" ? { ...problem, field: "who" } : problem));
  return { settings, problems: [...problems, ...named] };
}

function wholeNumber(typed: string): number {
  return /^\d{1,6}$/.test(typed) ? Number(typed) : Number.NaN;
}

async function readAudience(
  tx: Prisma.TransactionClient,
  body: string,
  { who, employers, roles, kinds, teams, people }: CampaignGiven,
): Promise<{ audience: AudiencePart[]; problems: FieldProblem[] }> {
  if (who === "everybody") return { audience: [{ kind: "body", value: "" }], problems: [] };
  if (who === null) return { audience: [], problems: [{ field: "who", message: "Choose who to ask." }] };
  const known = (await loadContent()).bodies.find(({ slug }) => slug === body)?.employers ?? [];
  const emails = people.map((typed) => ({ typed, email: normaliseEmail(typed) }));
  const [found, byEmail] = [
    await listTeamsNamed(tx, body, teams),
    await listPeopleByEmail(
      tx,
      body,
      emails.map(({ email }) => email),
    ),
  ];
  const parts: AudiencePart[] = [
    ...known.filter((name) => employers.includes(name)).map((value) => ({ kind: "employer" as const, value })),
    ...ROLES.filter((role) => roles.includes(role)).map((value) => ({ kind: "role" as const, value })),
    ...PERSON_KINDS.filter((kind) => kinds.includes(kind)).map((value) => ({ kind: "kind" as const, value })),
    ...found.map(({ id: value }) => ({ kind: "team" as const, value })),
    ...[...new Set(emails.flatMap(({ email }) => byEmail.get(email) ?? []))].map((value) => ({
      kind: "person" as const,
      value,
    })),
  ];
  const noTeams = teams.filter((name) => !found.some((team) => team.name === name));
  const noPeople = emails.filter(({ email }) => !byEmail.has(email)).map(({ typed }) => typed);
  const problems: FieldProblem[] = [];
  if (noTeams.length > 0) problems.push({ field: "teams", message: unknown("team is called", noTeams) });
  if (noPeople.length > 0)
    problems.push({ field: "people", message: unknown("person here has the address", noPeople) });
  return { audience: parts, problems };
}

/** Names the first of those that were not found. */
function unknown(what: string, typed: readonly string[]): string {
  const named = typed
    .slice(0, 3)
    .map((one) => `“${one}”`)
    .join(", ");
  const more = typed.length > 3 ? ` and ${typed.length - 3} more` : "";
  return `No ${what} ${named}${more}. Correct or remove it.`;
}
