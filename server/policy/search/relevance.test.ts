import { beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/actor.ts";
import { searchPolicies } from "./queries.ts";

// What staff type, and the clauses that answer it. Written from the reader's side: a query that finds nothing is a
// fault of the search or of the synonyms, so its words stay as they are.
const QUERIES: readonly (readonly [policy: string, words: string, ...clauses: string[]])[] = [
  ["bromsgrove-redditch", "can i send a foto of a customer to my mate", "9.1", "9.2", "9.3"],
  ["bromsgrove-redditch", "someone left the team remove from group", "7.4", "12.15"],
  ["bromsgrove-redditch", "zoom instead of whatsapp", "5.2", "11.1"],
  ["bromsgrove-redditch", "foi request my own phone", "10.1"],
  ["bromsgrove-redditch", "sent it to the wrong person what now", "8.1", "8.3", "8.6"],
  ["bromsgrove-redditch", "dissappearing mesages", "7.7"],
  ["bromsgrove-redditch", "exampels of sensitive info", "4.5"],
  ["bromsgrove-redditch", "video call no signal", "11.2"],
  ["bromsgrove-redditch", "phishing link", "7.5"],
  ["bromsgrove-redditch", "tell my boss i messed up", "8.6"],
  ["bromsgrove-redditch", "photo consent form", "9.3"],
  ["bromsgrove-redditch", "who runs the emergency group", "12.14"],
  ["bromsgrove-redditch", "running late tell the team", "6.1"],
  ["nao", "whatsapp on my work laptop", "2.3", "2.4"],
  ["nao", "can the group see my mobile number", "3.8", "3.9"],
  ["nao", "bussiness continuity", "4.1"],
  ["nao", "public acounts comittee", "4.2"],
  ["nao", "we decided something in the chat", "3.4"],
  ["nao", "who do i ask", "5.1"],
  ["nao", "what is informal", "3.5", "3.6", "3.7"],
  ["nottingham", "can i message a kid", "2.8"],
  ["nottingham", "lost my phone", "6.3"],
  ["nottingham", "rude message from a coleague", "4.3", "4.4", "4.5"],
  ["nottingham", "forward a message to someone else", "3.1", "3.2"],
  ["nottingham", "cant get hold of the resident any other way", "2.5", "2.6", "2.7"],
  ["nottingham", "keep emails in whatsapp", "3.4"],
  ["nottingham", "can i get sacked for this", "7.2"],
  ["nottingham", "who owns whatsapp", "1.5"],
  ["cleveland-opcc", "clear down the group every week", "5.1", "5.2"],
  ["cleveland-opcc", "foi request delete messages", "6.1", "6.2", "6.3"],
  ["cleveland-opcc", "snapchat", "1.6"],
  ["cleveland-opcc", "how do i wipe a chat", "5.3", "7.1", "7.2", "7.3", "7.4"],
  ["cleveland-opcc", "chatting with mates about stuff thats not work", "1.5", "4.5", "4.6"],
  ["home-working-council", "send a funny meme", "4.12"],
  ["home-working-council", "SAR request", "5.6"],
  ["home-working-council", "send a spreadsheet", "5.7"],
  ["home-working-council", "profile pic", "4.1", "4.2"],
  ["home-working-council", "virus from a file", "5.7", "5.8"],
  ["home-working-council", "someone added me to a group without asking", "4.8", "4.10"],
  ["home-working-council", "talk about a client", "5.3"],
  ["model", "lost my phone", "11.2"],
  ["model", "foi request delete messages", "8.3", "8.4"],
  ["model", "leaver still in the group", "6.4"],
  ["model", "selfie of the team lunch", "5.1"],
  ["model", "facetime a colleague", "5.4", "5.6"],
  ["model", "sent a message to the wrong person", "9.1", "9.2", "9.3"],
  ["model", "start a new group chat", "6.1", "6.2"],
  ["model", "ask for an exeption", "10.1", "10.3"],
  ["model", "under 13s", "3.9"],
  ["model", "clicked a dodgy link", "11.5"],
];
/** The right clause is among this many. */
const FIRST = 3;
/** 36 of 40, and the same proportion of more. */
const SHARE = 0.9;

const employeeOf = (body: string): Actor => ({
  personId: "somebody",
  name: "Somebody",
  email: "somebody@body.invalid",
  roles: ["employee"],
  body,
  employer: body,
  team: null,
});
const BODIES: Readonly<Record<string, string>> = { model: "example-borough" };

describe("relevance", () => {
  const missed: string[] = [];

  beforeAll(async () => {
    for (const [policy, words, ...clauses] of QUERIES) {
      const answer = await searchPolicies(employeeOf(BODIES[policy] ?? policy), { words, policy: "", version: "" });
      const first = (answer?.results ?? []).slice(0, FIRST).map(({ href }) => href);
      const right = clauses.map((clause) => `/policies/${policy}#clause-${clause}`);
      if (!right.some((href) => first.includes(href)))
        missed.push(`“${words}” wants ${right.join(" or ")}, and finds ${first.join(", ") || "nothing"}`);
    }
  });

  it(`finds the right clause among the first ${FIRST} for nine of ten queries in the words of staff`, () => {
    expect(QUERIES.length).toBeGreaterThanOrEqual(40);
    expect(QUERIES.length - missed.length, missed.join("\n")).toBeGreaterThanOrEqual(Math.ceil(QUERIES.length * SHARE));
  });
});
