/** What happens to invented people, and to what they made, when an evaluation goes live. */

interface SampleKind {
  /** Follows a number, as in "3 sessions"; the first form for one. */
  words: readonly [one: string, many: string];
  /** What happens to it. */
  then:
    | "deleted"
    | "ended"
    | "revoked"
    | "taken away"
    | "asked for again"
    | "withdrawn"
    | "renamed"
    | "erased"
    | "replaced";
}

/** In the order in which the command lists them. */
export const SAMPLE_KINDS = {
  session: { words: ["session", "sessions"], then: "ended" },
  token: { words: ["token of a program", "tokens of programs"], then: "revoked" },
  feed: { words: ["calendar address", "calendar addresses"], then: "ended" },
  invitation: { words: ["link to join a group", "links to join a group"], then: "ended" },
  own: {
    words: ["way to sign in, form, list or setting of theirs", "ways to sign in, forms, lists and settings of theirs"],
    then: "deleted",
  },
  message: { words: ["notice or mail", "notices and mails"], then: "deleted" },
  acknowledgement: { words: ["answer to a policy", "answers to policies"], then: "deleted" },
  exception: { words: ["exception", "exceptions"], then: "deleted" },
  question: { words: ["question about a clause", "questions about clauses"], then: "deleted" },
  receipt: { words: ["kept result", "kept results"], then: "deleted" },
  continuity: { words: ["business continuity activity", "business continuity activities"], then: "deleted" },
  hold: { words: ["hold", "holds"], then: "deleted" },
  record: { words: ["captured record", "captured records"], then: "deleted" },
  app: { words: ["app on the register", "apps on the register"], then: "deleted" },
  phone: { words: ["phone return", "phone returns"], then: "deleted" },
  request: { words: ["information request", "information requests"], then: "deleted" },
  photo: { words: ["photo consent", "photo consents"], then: "deleted" },
  check: { words: ["check held", "checks held"], then: "deleted" },
  incident: { words: ["report of an accident", "reports of accidents"], then: "deleted" },
  group: { words: ["chat group", "chat groups"], then: "deleted" },
  membership: { words: ["place in somebody else’s group", "places in other people’s groups"], then: "deleted" },
  trace: {
    words: ["note that they read or confirmed something", "notes that they read or confirmed something"],
    then: "deleted",
  },
  team: { words: ["team with nobody real in it", "teams with nobody real in them"], then: "deleted" },
  lead: {
    words: ["line manager or team manager who is invented", "line managers and team managers who are invented"],
    then: "taken away",
  },
  approval: {
    words: ["approval of an exception that no real person gave", "approvals of exceptions that no real person gave"],
    then: "asked for again",
  },
  note: { words: ["note under a clause", "notes under clauses"], then: "withdrawn" },
  name: { words: ["text that named one of them", "texts that named one of them"], then: "replaced" },
  text: { words: ["text beside the evidence", "texts beside the evidence"], then: "erased" },
  pseudonym: {
    words: [
      "invented person whom evidence or others’ records name",
      "invented people whom evidence or others’ records name",
    ],
    then: "renamed",
  },
  person: { words: ["invented person without a trace", "invented people without a trace"], then: "deleted" },
} as const satisfies Record<string, SampleKind>;

export type SampleKindName = keyof typeof SAMPLE_KINDS;
export type SampleCounts = Partial<Record<SampleKindName, number>>;

/** Such as "3 sessions: ended". */
export function sampleCountInWords(kind: SampleKindName, count: number): string {
  const { words, then } = SAMPLE_KINDS[kind];
  return `${count.toLocaleString("en-GB")} ${words[count === 1 ? 0 : 1]}: ${then}`;
}

/** What replaces an invented person's name and address; nobody can sign in with that address. */
export const samplePseudonym = (body: string, number: number): { name: string; email: string } => ({
  name: `Invented person ${number}`,
  email: `invented-person-${number}@${body}.invalid`,
});

/** The number in such a name; null for any other name. */
export function numberOfPseudonym(name: string): number | null {
  const [, number] = /^Invented person ([1-9]\d{0,8})$/.exec(name) ?? [];
  return number === undefined ? null : Number(number);
}
