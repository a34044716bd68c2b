import { createHash } from "node:crypto";
import type { Role } from "#domain/access/permission/permission.ts";

// Invented people for evaluation mode, made from a body's slug and employers alone, so that every body gets its own,
// the same ones on every database. Family names are plainly made up and end differently in each body.

const GIVEN_NAMES =
  "Amina Bryn Chidi Dilys Ewan Farah Gwen Hamza Isla Jomo Kezia Lorcan Mei Nadia Owen Priya Rhys Siobhan Tariq Una Wanjiru Yusuf Zofia Callum".split(
    " ",
  );
const STEMS = "Sample Example Specimen Placeholder Pretend Mock Invented Fiction Madeup Imagine Template Dummy".split(
  " ",
);
const ENDINGS = "ton by ham worth ley ford wick sby combe stow field dale".split(" ");

const TEAMS = ["Office Services", "Field Services"] as const;

type Post = { key: string; role: Role; team?: number; hasLeft?: boolean };

const POSTS: readonly Post[] = [
  ...TEAMS.flatMap((_, team): Post[] => [
    { key: `team-${team}-manager`, role: "line-manager", team },
    { key: `team-${team}-employee-1`, role: "employee", team },
    { key: `team-${team}-employee-2`, role: "employee", team },
  ]),
  { key: "governance-officer", role: "governance-officer" },
  { key: "policy-owner", role: "policy-owner" },
  { key: "auditor", role: "auditor" },
  { key: "senior-information-risk-owner", role: "senior-information-risk-owner" },
  { key: "administrator", role: "administrator" },
  { key: "leaver", role: "employee", hasLeft: true },
];

export interface SampleTeam {
  id: string;
  body: string;
  name: string;
  managerId: string;
}

export interface SamplePerson {
  id: string;
  body: string;
  employer: string;
  name: string;
  email: string;
  roles: Role[];
  status: "active" | "left";
  teamId: string | null;
  isSample: true;
}

export interface SampleDirectory {
  teams: SampleTeam[];
  people: SamplePerson[];
}

/** Two teams and twelve people for each body: employees alternate between the body's employers. */
export function makeSampleDirectory(
  bodies: readonly { slug: string; employers: readonly string[] }[],
): SampleDirectory {
  const taken = new Set<string>();
  const directory: SampleDirectory = { teams: [], people: [] };
  for (const { slug, employers } of bodies) {
    const teamIds = TEAMS.map((_, index) => sampleId("team", `${slug}/team-${index}`));
    const people = POSTS.map(({ key, role, team, hasLeft }, index): SamplePerson => {
      const name = makeName(slug, index, taken);
      return {
        id: sampleId("person", `${slug}/${key}`),
        body: slug,
        employer: employers[index % employers.length] ?? slug,
        name,
        email: `${name.toLowerCase().replaceAll(" ", ".")}@${slug}.example.invalid`,
        roles: [role],
        status: hasLeft ? "left" : "active",
        teamId: team === undefined ? null : (teamIds[team] ?? null),
        isSample: true,
      };
    });
    directory.people.push(...people);
    TEAMS.forEach((name, index) => {
      const id = sampleId("team", `${slug}/team-${index}`);
      const managerId = sampleId("person", `${slug}/team-${index}-manager`);
      directory.teams.push({ id, body: slug, name, managerId });
    });
  }
  return directory;
}

/** Opaque, as real ids are: says neither body nor post. */
const sampleId = (kind: string, key: string): string =>
  `sample-${createHash("sha256").update(`with-care/${kind}/${key}`).digest("hex").slice(0, 20)}`;

function makeName(slug: string, index: number, taken: Set<string>): string {
  const digest = createHash("sha256").update(`with-care/name/${slug}`).digest();
  const pick = (list: readonly string[], at: number) => list[at % list.length] ?? "";
  const base = digest.readUInt16BE(0);
  const family = pick(STEMS, base + index) + pick(ENDINGS, digest.readUInt16BE(2));
  const name = `${pick(GIVEN_NAMES, digest.readUInt16BE(4) + index)} ${family}`;
  if (!taken.has(name)) {
    taken.add(name);
    return name;
  }
  return makeName(`${slug}+`, index, taken);
}
