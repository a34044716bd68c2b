import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findMentions, replaceMentions, soughtPerson } from "./mention.ts";

const SIOBHAN = ["Siobhán O'Brien", "siobhan.obrien@nao.invalid"];

/** What stays of a text once "X" stands for the sure mentions, and what is doubtful in it. */
function seen(text: string, { known = SIOBHAN, others = [] as string[] } = {}) {
  const mentions = findMentions(text, soughtPerson(known, others));
  const doubts = mentions.filter(({ isSure }) => !isSure).map(({ from, to }) => text.slice(from, to));
  return [replaceMentions(text, mentions, "X"), ...doubts];
}

describe("a mention", () => {
  it.each([
    ["by Siobhán O’Brien.", "by X."],
    ["by Siobhán\u00a0OʼBrien.", "by X."],
    ["by Siobha\u0301n O'Brien.", "by X."],
    ["by SIOBHAN OBRIEN", "by X"],
    ["by Siobhán  O\nBrien", "by X"],
    ["O'Brien, Siobhán (audit)", "X (audit)"],
    ["O'Brien Siobhán", "X"],
    ["Mr O'Brien said", "X said"],
    ["Prof. Siobhán O’Brien’s note", "X’s note"],
    ["S. O'Brien, S O’Brien, S.M. O'Brien", "X, X, X"],
    ["O’Brien, S.", "X."],
    ["Siobhán M. O'Brien", "X"],
    ["Ask O'Brien", "Ask X"],
    ["<Siobhan.OBrien@nao.invalid>", "<X>"],
    ["siobhan.obrien@elsewhere.invalid", "X@elsewhere.invalid"],
    ["Ｓｉｏｂｈáｎ Ｏ＇Ｂｒｉｅｎ", "X"],
  ])("is sure in %j", (text, replaced) => expect(seen(text)).toEqual([replaced]));

  it.each([
    ["Siobhán rang", "Siobhán"],
    ["Noted, SO", "SO"],
    ["Noted, S.O.", "S.O"],
  ])("is doubtful in %j", (text, doubt) => expect(seen(text)).toEqual([text, doubt]));

  it.each(["O'Briens", "Siobhánne", "Siobhán-Marie rang", "T. O'Brien-Jones", "so it is", "obrienx"])(
    "is none in %j",
    (text) => expect(seen(text)).toEqual([text]),
  );

  it("is doubtful by what somebody else has too, or what is an ordinary word", () => {
    const others = ["Sean O'Brien"];
    expect(seen("Siobhan O'Brien, O'Brien, Mr O'Brien, S. O'Brien", { others })).toEqual([
      "X, O'Brien, Mr O'Brien, S. O'Brien",
      "O'Brien",
      "Mr O'Brien",
      "S. O'Brien",
    ]);
    expect(seen("Siobhan O'Brien", { others: ["Siobhán O’Brien"] })).toEqual(["Siobhan O'Brien", "Siobhan O'Brien"]);
    const known = ["Ann Brown"];
    expect(seen("Brown hats are brown. Ann Brown, Ms Brown; A Brown", { known })).toEqual([
      "Brown hats are brown. X, X; A Brown",
      "Brown",
      "A Brown",
    ]);
  });

  it("takes particles and double names for one surname", () => {
    expect(seen("Jo van-der Berg; Van Der Berg, Jo; VAN DER BERG", { known: ["Jo van der Berg"] })).toEqual([
      "X; X; X",
    ]);
    expect(seen("Una OArcher Löw; Una Archer", { known: ["Una O'Archer-Löw"] })).toEqual(["X; Una Archer", "Una"]);
    expect(seen("Una O'Archer", { known: ["Una O'Archer-Löw"] })).toEqual(["Una O'Archer", "Una O'Archer"]);
    expect(seen("Nguyễn, Ánh; Anh Nguyen", { known: ["Ánh Nguyễn"] })).toEqual(["X; X"]);
    expect(seen("Иван Петров и ИВАН ПЕТРОВ", { known: ["Иван Петров"] })).toEqual(["X и X"]);
  });

  it("is found in every spelling of a whole name, and leaves everything around it", () => {
    const names = ["Siobhán O'Brien", "Zoë D’Souza", "Łukasz Żółć", "Bjørn Strauß", "Mary-Jane Ní Dhálaigh"];
    const spelling = fc.record({
      name: fc.constantFrom(...names),
      apostrophe: fc.constantFrom("'", "’", "ʼ", "‘", ""),
      blank: fc.constantFrom(" ", "\u00a0", "  ", "\n", "\u2009", "\u202f"),
      form: fc.constantFrom("NFC", "NFD"),
      isPlain: fc.boolean(),
      capitals: fc.constantFrom("as is", "all"),
      order: fc.constantFrom("first", "last", "initial", "title"),
      title: fc.constantFrom("Mr", "Mrs", "Ms", "Mx", "Miss", "Dr", "Prof", "Cllr", "Sir", "Dame", "Rev", "Dr."),
      around: fc.constantFrom(["", ""], ["(", ")"], ["by ", "."], ["“", "”, twice"], ["x/", "/y"]),
    });
    fc.assert(
      fc.property(spelling, ({ name, apostrophe, blank, form, isPlain, capitals, order, title, around }) => {
        const [first = "", ...rest] = name.split(" ");
        const last = rest.join(" ");
        const ways = { first: `${first} ${last}`, last: `${last}, ${first}`, initial: `${first[0]}. ${last}` };
        let written = order === "title" ? `${title} ${last}` : ways[order];
        written = written.replaceAll(/['’]/g, apostrophe).replaceAll(" ", blank).normalize(form);
        if (isPlain) written = written.normalize("NFD").replaceAll(/\p{M}/gu, "");
        if (capitals === "all") written = written.toUpperCase();
        const [before = "", after = ""] = around;
        expect(seen(`${before}${written}${after}`, { known: [name] })).toEqual([`${before}X${after}`]);
      }),
      { numRuns: 3_000 },
    );
  });
});
