import "server-only";
import { headlineOf } from "#domain/gather/foi/day-notes.ts";
import { listedExceptions } from "#domain/gather/foi/figures.ts";
import type { FoiPack } from "./queries.ts";

/**
 * What a pack contains, how to check it and what was left out: plain text, 78 characters wide.
 * @param publishedFiles names of the version's own files
 */
export function readmeOf(
  { version, body, day, notes, exceptions, ledgers }: FoiPack,
  publishedFiles: readonly string[],
): string {
  const { title } = version.frontMatter;
  const names = [...publishedFiles].sort();
  const files: [string, string][] = [
    ["policy.html", "The text, with the number of each clause."],
    ["rules.html", "The rules by which the portal answered staff, in words."],
    ["record.html", "Who approved it, how many staff had answered, exceptions."],
    ["figures.csv", "The same figures as a table."],
    ["body-figures.csv", "Figures of the body in the twelve months before."],
    ...(listedExceptions(exceptions).length > 0
      ? [["exceptions.csv", "The exceptions as a table."] as [string, string]]
      : []),
    ...(ledgers.length > 0
      ? [
          ["clear-downs.html", "What happened to the messages of chat groups."] as [string, string],
          ["clear-downs.csv", "The same as a table."] as [string, string],
        ]
      : []),
    ["original/", "The files of this version, as they were published."],
  ];
  return `${title}
${body.name}
${headlineOf(notes, day, version.version)}

WHAT IS IN THIS PACK

${files.map(([name, what]) => `  ${name.padEnd(18)}${what}`).join("\n")}

HOW TO CHECK IT

The files in the folder "original" are those that were published. To see that
nobody changed them since, open a terminal in that folder and type

  sha256sum ${names.join(" ")} | sha256sum

It prints

  ${version.hash}  -

The portal shows the same number on the page about the policy, and recorded it
when it began to serve this version. The pages in this pack were made from
these files.

WHAT WAS LEFT OUT, AND WHY

- Names of people, and who gave which answer: personal data.
- Numbers under five, and those that would tell them.
- Of exceptions: who asked, for which team, the reference, the reasons, the
  risk assessment and the days. They could lead to a person. Months, clauses
  and the level of risk stand in the list.
${ledgers.length > 0 ? LEFT_OUT_OF_LEDGERS : ""}`;
}

const LEFT_OUT_OF_LEDGERS = `- Of chat groups: their names, who is in them, who cleared the messages, the
  references of holds and of records. They could lead to a person.
`;
