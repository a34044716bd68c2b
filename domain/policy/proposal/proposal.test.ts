import { describe, expect, it } from "vitest";
import type { Role } from "#domain/access/permission/permission.ts";
import { missingSignatures, publishingSchema, signingInWords, whoSigns, type SigningRole } from "./proposal.ts";

const rules = (signedBy: SigningRole[], signatures = signedBy.length) => ({ signedBy, signatures });
const OFFICER = "governance-officer" as const;
const SENIOR = "senior-information-risk-owner" as const;
const OWNER = "policy-owner" as const;

describe("what a body's file may say", () => {
  it("is roles, a number, or both; without either, one governance officer", () => {
    expect(publishingSchema.parse({})).toEqual(rules([OFFICER]));
    expect(publishingSchema.parse({ signatures: 2 })).toEqual(rules([OFFICER], 2));
    expect(publishingSchema.parse({ signedBy: [OFFICER, SENIOR] })).toEqual(rules([OFFICER, SENIOR], 2));
    expect(publishingSchema.parse({ signedBy: [OFFICER, SENIOR], signatures: 3 }).signatures).toBe(3);
  });

  it.each([
    [{ signedBy: [] }, "signedBy"],
    [{ signedBy: ["auditor"] }, "signedBy.0"],
    [{ signedBy: [OFFICER, OFFICER] }, "signedBy"],
    [{ signedBy: [OFFICER, SENIOR], signatures: 1 }, "signatures"],
    [{ signatures: 0 }, "signatures"],
    [{ signed: 1 }, ""],
  ])("is refused: %j", (typed, field) => {
    expect(publishingSchema.safeParse(typed).error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
  });

  it("reads as a sentence", () => {
    expect(signingInWords(rules([OFFICER, SENIOR]))).toBe("a governance officer and a senior information risk owner");
    expect(signingInWords(rules([OFFICER], 3))).toBe("a governance officer, 3 people altogether");
  });
});

describe("what is missing", () => {
  it("is each role and so many people", () => {
    const asked = rules([OFFICER, SENIOR], 3);
    expect(missingSignatures(asked, [])).toEqual({ roles: [OFFICER, SENIOR], people: 3 });
    const given = [
      { personId: "a", roles: [OFFICER] },
      { personId: "b", roles: [OFFICER] },
    ];
    expect(missingSignatures(asked, given)).toEqual({ roles: [SENIOR], people: 1 });
    // Three have signed, none of them as the senior owner.
    expect(missingSignatures(asked, [...given, { personId: "c", roles: [OFFICER] }])).toEqual({
      roles: [SENIOR],
      people: 1,
    });
    expect(missingSignatures(asked, [...given, { personId: "c", roles: [SENIOR] }])).toEqual({ roles: [], people: 0 });
  });
});

describe("whose turn it is to sign", () => {
  const person = (personId: string, ...roles: Role[]) => ({ personId, roles });
  const turn = (
    asked: ReturnType<typeof rules>,
    people: ReturnType<typeof person>[],
    given: { personId: string; roles: SigningRole[] }[] = [],
  ) => {
    const { signers, isEnough } = whoSigns(asked, people, { authors: ["author"], given });
    return { ...Object.fromEntries(signers), isEnough };
  };

  it.each([
    [
      "everybody who has the role, never the author",
      rules([OFFICER]),
      [person("author", OFFICER, OWNER), person("a", OFFICER), person("b", OFFICER), person("c", "auditor")],
      [],
      { a: [OFFICER], b: [OFFICER], isEnough: true },
    ],
    [
      "the next up the line where the author alone has the role",
      rules([OFFICER]),
      [person("author", OFFICER), person("s", SENIOR)],
      [],
      { s: [OFFICER], isEnough: true },
    ],
    [
      "the senior owner for a policy owner only where there is no officer either",
      rules([OWNER]),
      [person("author", OWNER), person("o", OFFICER), person("s", SENIOR)],
      [],
      { o: [OWNER], isEnough: true },
    ],
    [
      "nobody, and not enough, where the line ends",
      rules([OFFICER]),
      [person("author", OFFICER), person("x", "administrator")],
      [],
      { isEnough: false },
    ],
    [
      "also those up the line where too few have the role",
      rules([OFFICER], 2),
      [person("author", OWNER), person("a", OFFICER), person("s", SENIOR)],
      [],
      { a: [OFFICER], s: [OFFICER], isEnough: true },
    ],
    [
      "not enough where all of them together are too few",
      rules([OFFICER, SENIOR]),
      [person("author", OWNER), person("s", SENIOR)],
      [],
      { s: [OFFICER, SENIOR], isEnough: false },
    ],
    [
      "only the role that is missing, once the other has signed",
      rules([OFFICER, SENIOR]),
      [person("a", OFFICER), person("b", OFFICER), person("s", SENIOR)],
      [{ personId: "a", roles: [OFFICER] }],
      { s: [SENIOR], isEnough: true },
    ],
    [
      "nobody once everything is signed",
      rules([OFFICER]),
      [person("a", OFFICER), person("b", OFFICER)],
      [{ personId: "a", roles: [OFFICER] }],
      { isEnough: true },
    ],
    [
      "nobody a second time",
      rules([OFFICER], 2),
      [person("a", OFFICER), person("b", OFFICER)],
      [{ personId: "a", roles: [OFFICER] }],
      { b: [OFFICER], isEnough: true },
    ],
  ] as const)("%s", (_, asked, people, given, expected) => {
    expect(
      turn(
        asked,
        [...people],
        given.map((one) => ({ ...one, roles: [...one.roles] })),
      ),
    ).toEqual(expected);
  });
});
