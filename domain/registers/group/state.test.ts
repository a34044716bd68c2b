import { describe, expect, it } from "vitest";
import type { Role } from "#domain/access/permission/permission.ts";
import type { Membership } from "./member.ts";
import {
  approvalBlockers,
  GROUP_COMMANDS,
  mayDo,
  mayReadGroup,
  nextGroupState,
  type GroupCommand,
  type GroupState,
} from "./state.ts";

const AT = new Date("2026-11-24T09:00:00Z");
const member = (personId: string | null, more: Partial<Membership> = {}): Membership & { name: string } => ({
  name: personId ?? "Pat",
  personId,
  role: "administrator",
  hasLeft: false,
  consentedAt: AT,
  withdrawnAt: null,
  refusedAt: null,
  removalWantedAt: null,
  removedAt: null,
  awayFrom: null,
  awayUntil: null,
  ...more,
});
const members = [
  member("one"),
  member("two"),
  member("deputy", { role: "deputy" }),
  member("member", { role: "member" }),
  member("gone", { removedAt: AT }),
];
const group = (state: GroupState, kind: "team" | "emergency" = "emergency") => ({
  body: "nao",
  requesterId: "requester",
  kind,
  state,
  leastAdministrators: 2,
  members,
});
const actor = (personId: string, roles: Role[] = ["employee"], body = "nao") => ({ personId, roles, body });
const OFFICER = actor("officer", ["governance-officer"]);

/** Who may do what in which state, written out by hand. */
const EXPECTED: Record<GroupState, Record<string, readonly GroupCommand[]>> = {
  requested: {
    requester: ["change", "close", "manage-members"],
    one: ["change", "confirm-settings", "close", "manage-members"],
    deputy: ["change", "confirm-settings", "close", "manage-members"],
    officer: ["approve", "decline", "send-back", "close"],
  },
  "sent-back": {
    requester: ["change", "close", "manage-members"],
    one: ["change", "confirm-settings", "close", "manage-members"],
    deputy: ["change", "confirm-settings", "close", "manage-members"],
    officer: ["close"],
  },
  approved: {
    one: ["change", "confirm-settings", "review", "close", "manage-members", "log-alert"],
    deputy: ["change", "confirm-settings", "review", "close", "manage-members", "log-alert"],
    officer: ["close", "log-alert"],
  },
  declined: {},
  closed: {},
};
const PEOPLE = {
  requester: actor("requester"),
  one: actor("one"),
  deputy: actor("deputy"),
  member: actor("member"),
  gone: actor("gone"),
  stranger: actor("stranger"),
  officer: OFFICER,
  auditor: actor("auditor", ["auditor"]),
  "officer of another body": actor("officer", ["governance-officer"], "nottingham"),
};

/**
 * The state each command leads to from requested, sent-back, approved, declined and closed, written out by hand; "-":
 * refused.
 */
const LEADS: Record<GroupCommand, string> = {
  change: "requested requested approved - -",
  "change-purpose": "requested requested requested - -",
  approve: "approved - - - -",
  decline: "declined - - - -",
  "send-back": "sent-back - - - -",
  review: "- - approved - -",
  "confirm-settings": "requested sent-back approved - -",
  close: "closed closed closed - -",
  "manage-members": "requested sent-back approved - -",
  "log-alert": "- - approved - -",
};

it.each(Object.entries(LEADS))("leads by %s where it should", (command, leads) => {
  const states = Object.keys(EXPECTED) as GroupState[];
  const next = states.map((state) => nextGroupState(state, command as GroupCommand) ?? "-");
  expect(next.join(" ")).toBe(leads);
});

describe.each(Object.keys(EXPECTED) as GroupState[])("a group that is %s", (state) => {
  it.each(Object.entries(PEOPLE))("lets %s do what it should", (name, person) => {
    const may = GROUP_COMMANDS.filter((command) => mayDo(person, command, group(state)));
    const expected = EXPECTED[state][name] ?? [];
    const purpose = expected.includes("change") ? (["change-purpose"] as const) : [];
    expect(may.sort()).toEqual([...expected, ...purpose].sort());
  });

  it("is never decided on by whoever requested it, and has alerts only if it is an emergency group", () => {
    const own = actor("requester", ["governance-officer"]);
    for (const command of ["approve", "decline", "send-back"] as const)
      expect(mayDo(own, command, group(state))).toBe(false);
    expect(mayDo(actor("one"), "log-alert", group(state, "team"))).toBe(false);
  });

  it("can be read by its people until they are out, by the requester, officers and auditors", () => {
    const readers = Object.entries(PEOPLE).filter(([, person]) => mayReadGroup(person, group(state)));
    expect(readers.map(([name]) => name)).toEqual(["requester", "one", "deputy", "member", "officer", "auditor"]);
  });
});

it("can be managed by officers if it has fewer than two administrators", () => {
  const short = { ...group("approved"), members: [member("one"), member("two", { removalWantedAt: AT })] };
  expect(mayDo(OFFICER, "manage-members", short)).toBe(true);
});

describe("obstacles to approval", () => {
  const asked = { leastAdministrators: 2, settingsConfirmedAt: AT };
  const entry = { ...asked, name: "Rota", purpose: "Shifts.", kind: "team", keepYears: null, hasLogo: false } as const;
  const emergency = { ...entry, kind: "emergency", keepYears: 3 } as const;
  it.each([
    ["two who agreed", entry, [member("one"), member("two")], 0],
    ["one where the policy asks for one", { ...entry, leastAdministrators: 1 }, [member("one")], 0],
    ["settings nobody confirmed", { ...entry, settingsConfirmedAt: null }, [member("one"), member("two")], 1],
    ["one taken back", entry, [member("one"), member("two", { withdrawnAt: AT })], 1],
    ["one who has left", entry, [member("one"), member("two", { hasLeft: true })], 1],
    ["a deputy is none", entry, [member("one"), member("two", { role: "deputy" })], 1],
    ["an emergency with its partner", emergency, [member("one"), member(null)], 0],
    ["an emergency without", emergency, [member("one"), member("two")], 1],
    ["an emergency of partners alone", emergency, [member(null), member(null)], 1],
    ["an emergency without years", { ...emergency, keepYears: null }, [member("one"), member(null)], 1],
  ])("%s", (_, given, people, count) => expect(approvalBlockers(given, people, false)).toHaveLength(count));

  it("include people who have not agreed, and a logo that the policy requires", () => {
    const [consent, logo] = approvalBlockers(entry, [member("one"), member("two", { consentedAt: null })], true);
    expect(consent).toContain("Still to agree: two.");
    expect(logo).toContain("logo");
  });
});
