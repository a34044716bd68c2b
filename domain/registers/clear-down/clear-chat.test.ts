import { describe, expect, it } from "vitest";
import { clearChatProblems, clearChatSchema, clearedByOf } from "./clear-chat.ts";

const file = {
  platforms: [{ name: "An app on a phone", writtenOn: "2026-11-24", steps: ["Open the chat."] }],
  policySteps: [{ policy: "one", clauses: ["7.1", "7.2"] }],
  clearedBySender: [{ policy: "two", kinds: ["emergency"] }],
};

describe("the file of steps", () => {
  it("is refused without a day or steps, or with a duplicate platform", () => {
    expect(clearChatSchema.safeParse(file).success).toBe(true);
    const [platform] = file.platforms;
    for (const wrong of [
      { ...platform, writtenOn: "2026-02-30" },
      { ...platform, writtenOn: undefined },
      { ...platform, steps: [] },
      { ...platform, more: "x" },
    ])
      expect(clearChatSchema.safeParse({ ...file, platforms: [wrong] }).success).toBe(false);
    const twice = clearChatSchema.safeParse({ ...file, platforms: [platform, platform] });
    expect(twice.error?.issues[0]?.message).toBe('"An app on a phone" stands here twice');
  });

  it("refers to existing clauses of existing policies", () => {
    const steps = clearChatSchema.parse(file);
    const clauses: Record<string, Set<string>> = { one: new Set(["7.1"]) };
    expect(clearChatProblems(steps, (policy) => clauses[policy] ?? null)).toEqual([
      'The policy "one" has no clause "7.2".',
    ]);
  });
});

it("decides who clears a group by the group first, then by its policy", () => {
  const steps = clearChatSchema.parse(file);
  const group = { clearedBy: null, policy: "two", kind: "emergency" } as const;
  expect(clearedByOf(steps, group)).toBe("sender");
  expect(clearedByOf(steps, { ...group, kind: "team" })).toBe("administrator");
  expect(clearedByOf(steps, { ...group, policy: "one" })).toBe("administrator");
  expect(clearedByOf(steps, { ...group, clearedBy: "administrator" })).toBe("administrator");
  expect(clearedByOf(steps, { ...group, policy: "one", clearedBy: "sender" })).toBe("sender");
});
