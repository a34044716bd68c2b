import { expect, it } from "vitest";
import { doNotDeleteMessage, promptMessage } from "./message.ts";

const open = [
  { from: "2026-12-01", to: "2026-12-07" },
  { from: "2026-12-08", to: "2026-12-14" },
];

it("asks for everything due, for moving records first, and for anybody who knows of a request", () => {
  const text = promptMessage(open, "administrator");
  expect(text).toContain("clear this chat on your phone today: messages from 1 December 2026 to 14 December 2026.");
  expect(text).toContain("First move");
  expect(text).toContain("delete nothing, and tell me");
  expect(promptMessage(open, "sender")).toContain("delete what you sent");
});

it("asks not to delete under a hold", () => {
  expect(doNotDeleteMessage()).toMatch(/^Please delete nothing/);
});
