import { expect, it } from "vitest";
import { accidentClauses, governanceContact } from "./accident.ts";
import type { Contact } from "./body.ts";
import type { PolicyVersion } from "./policy.ts";

/** The parts of a version that accidents use. */
const version = {
  clauses: [
    { id: "1.1", from: ["S9.1"] },
    { id: "2.1", from: ["S9.2", "S9.3"] },
    { id: "3.1", from: ["S9.4"] },
    { id: "4.1", from: [] },
  ],
  sources: { served: { "S9.1": "contacts", "S9.3": "incidents", "S9.4": "groups" }, information: {} },
  table: {
    obligations: new Map([
      ["tell", { id: "tell", text: "Tell.", because: ["4.1", "2.1"], feature: "incidents" }],
      ["leave", { id: "leave", text: "Leave.", because: ["1.1"], feature: "groups" }],
    ]),
  },
} as unknown as PolicyVersion;

it("quotes the clauses for the feature and those its obligations are based on, each once, in the order of the text", () => {
  expect(accidentClauses(version).map(({ id }) => id)).toEqual(["2.1", "4.1"]);
});

it("asks the first suitable contact of the body, and invents none", () => {
  const contact = (id: string): Contact => ({ id, name: id, for: "Questions", address: null });
  expect(governanceContact(["info-sec", "line-manager", "dpo"].map(contact))?.id).toBe("dpo");
  expect(governanceContact([contact("line-manager")])).toBeNull();
});
