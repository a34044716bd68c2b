import { expect, it } from "vitest";
import { readPhotoAnswer, withPhotoAnswer } from "./photo-answer.ts";

const known = { fact: "people", answer: "consented" };
const offered = [{ reference: "PHO-2222-2222" }, { reference: "PHO-3333-3333" }];
const read = (query: Record<string, string | string[]>) => {
  const answer = readPhotoAnswer(known, offered, query);
  const { chosen, hasDropped } = answer;
  return {
    chosen: chosen.map(({ reference }) => reference),
    hasDropped,
    people: withPhotoAnswer(answer, query)["people"],
  };
};

it("one or several chosen consents answer the question", () => {
  expect(read({ photo: "pho-2222-2222" })).toEqual({
    chosen: ["PHO-2222-2222"],
    hasDropped: false,
    people: "consented",
  });
  expect(read({ photo: ["PHO-3333-3333", "PHO-2222-2222"], people: "consented" }).chosen).toHaveLength(2);
});

it("a consent that is not offered is dropped, and the question is asked again", () => {
  for (const photo of ["PHO-9999-9999", "nonsense", ["PHO-2222-2222", "PHO-9999-9999"]])
    expect(read({ photo, people: "consented" })).toMatchObject({ hasDropped: true, people: undefined });
});

it("nothing changes without a consent, or with another answer", () => {
  expect(read({ people: "consented" })).toEqual({ chosen: [], hasDropped: false, people: "consented" });
  expect(read({ people: "none", photo: "PHO-9999-9999" })).toEqual({ chosen: [], hasDropped: false, people: "none" });
  expect(read({})).toEqual({ chosen: [], hasDropped: false, people: undefined });
});
