import { expect, it } from "vitest";
import { readChat } from "./chat-answer.ts";

const [OWN, OTHER] = ["GRP-2345-6789", "GRP-ABCD-EFGH"];
const group = { reference: OWN, name: "Depot rota" };
const register = { fact: "chat", answer: "approved-group", isInUse: true, groups: [group] };

it("accepts the reference of an approved group in either place", () => {
  const expected = { answers: { chat: "approved-group" }, group, leftOut: null };
  expect(readChat(register, { chat: "approved-group" }, [OWN, "approved-group"])).toEqual(expected);
  expect(readChat(register, {}, [undefined, OWN])).toEqual(expected);
  expect(readChat(register, {}, [["x", OWN.toLowerCase()], undefined])).toEqual(expected);
});

it("leaves out a group that is not the reader's, or is not named", () => {
  const rest = { audience: "colleague" };
  const answers = { ...rest, chat: "approved-group" };
  expect(readChat(register, answers, [OTHER])).toEqual({ answers: rest, group: null, leftOut: "not-yours" });
  expect(readChat(register, rest, [OTHER])).toEqual({ answers: rest, group: null, leftOut: "not-yours" });
  expect(readChat(register, answers, [undefined])).toEqual({ answers: rest, group: null, leftOut: "unnamed" });
  expect(readChat({ ...register, groups: [] }, answers, [OWN]).leftOut).toBe("not-yours");
});

it("leaves other answers and addresses alone, and everything if the register is not in use", () => {
  expect(readChat(register, { chat: "one-to-one" }, [OTHER])).toEqual({
    answers: { chat: "one-to-one" },
    group: null,
    leftOut: null,
  });
  expect(readChat(register, {}, [undefined])).toEqual({ answers: {}, group: null, leftOut: null });
  const answers = { chat: "approved-group" };
  expect(readChat(null, answers, [OTHER])).toEqual({ answers, group: null, leftOut: null });
  const unused = { ...register, isInUse: false, groups: [] };
  expect(readChat(unused, answers, [undefined])).toEqual({ answers, group: null, leftOut: null });
  expect(readChat(unused, answers, [OTHER])).toEqual({ answers: {}, group: null, leftOut: "not-yours" });
});
