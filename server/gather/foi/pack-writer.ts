import { zipSync } from "fflate";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { clauseCell } from "#domain/base/table/cell.ts";
import {
  EXCEPTION_COLUMNS,
  exceptionInWords,
  figureNotes,
  figuresInWords,
  headlineOf,
  startNote,
  listedExceptions,
} from "#domain/gather/foi/figures.ts";
import { ledgerSentences, ledgerStateInWords } from "#domain/registers/clear-down/ledger.ts";
import { policyTextHtml } from "#server/base/content/text-html.ts";
import { csvLines } from "#server/base/csv-writer.ts";
import { FIGURE_COLUMNS, figureLines } from "#domain/gather/figure/figure.ts";
import type { FoiPack } from "./queries.ts";

/** Every file has this time, so that the same pack has the same bytes. The earliest that a ZIP file can hold. */
const FILE_TIME = new Date(1980, 0, 1);

/** A pack as one ZIP file. @param publishedFiles the version's own files, name → bytes */
export async function zipFoiPack(pack: FoiPack, publishedFiles: ReadonlyMap<string, Buffer>): Promise<Uint8Array> {
  const texts: Record<string, string> = {
    "README.txt": readmeOf(pack, [...publishedFiles.keys()]),
    "policy.html": await policyPage(pack),
    "rules.html": rulesPage(pack),
    "record.html": recordPage(pack),
    "figures.csv": csv(
      ["What", "How many"],
      figuresInWords(pack).map(({ what, figure }) => [what, figure]),
    ),
    "body-figures.csv": csv(
      Object.keys(FIGURE_COLUMNS),
      figureLines(pack.figures.tables).map((line) => Object.values(FIGURE_COLUMNS).map((cell) => cell(line))),
    ),
    ...(listedExceptions(pack.exceptions).length > 0 && { "exceptions.csv": exceptionsCsv(pack) }),
    ...(pack.ledgers.length > 0 && { "clear-downs.html": ledgersPage(pack), "clear-downs.csv": ledgersCsv(pack) }),
  };
  const files = [
    ...Object.entries(texts).map(([name, text]) => [name, new TextEncoder().encode(text)] as const),
    ...[...publishedFiles].map(([name, bytes]) => [`original/${name}`, new Uint8Array(bytes)] as const),
  ];
  return zipSync(Object.fromEntries(files), { mtime: FILE_TIME });
}

async function policyPage(pack: FoiPack): Promise<string> {
  const { frontMatter } = pack.version;
  const scope = Object.entries({ Apps: "apps", Devices: "devices", People: "people" } as const);
  return htmlPage(
    titleOf(pack),
    html`${heading(pack, frontMatter.title)}
      <h2>In short</h2>
      <ul>
        ${frontMatter.summary.map((point) => html`<li>${point}</li> `)}
      </ul>
      <h2>What it covers</h2>
      <dl>${scope.map(([term, key]) => pair(term, frontMatter.scope[key].join(" · ") || null))}</dl>
      ${new Html(await policyTextHtml(pack.version))}
      <h2>What staff were asked to accept</h2>
      <p>${frontMatter.acknowledgement}</p>
      ${
        frontMatter.gaps.length > 0
          ? html`<h2>What it leaves open</h2>
              <ul>
                ${frontMatter.gaps.map((gap) => html`<li>${gap}</li> `)}
              </ul>`
          : null
      }`,
  );
}

const rulesPage = (pack: FoiPack): string =>
  htmlPage(
    `Rules: ${titleOf(pack)}`,
    html`${heading(pack, "The rules in words")}
      <p>
        These are the rules by which the portal answered staff who asked what they may do. The first rule that fits
        decides. Each rests on clauses of the text.
      </p>
      ${pack.rules.map(
        ({ id, verdictWord, when, says, because, obligations, instead }, at) =>
          html`<section id="rule-${id}">
            <h2>${at + 1} ${verdictWord}</h2>
            <p>${when === null ? "In every other case." : `If ${when}.`}</p>
            ${says === null ? null : html`<p class="note">${says}</p>`} ${list("It rests on", because)}
            ${list("What staff must then do", obligations)}
            ${list(
              "What to use instead",
              instead.map((text) => ({ text })),
            )}
          </section>`,
      )}`,
  );

function recordPage(pack: FoiPack): string {
  const exceptions = listedExceptions(pack.exceptions);
  const { from, until, tables } = pack.figures;
  return htmlPage(
    `Record: ${titleOf(pack)}`,
    html`${heading(pack, "Approval, answers and exceptions")}
      <h2>Approval</h2>
      <dl>${pack.approval.map(({ term, value }) => pair(term, value))}</dl>
      <h2>Figures</h2>
      <dl>${figuresInWords(pack).map(({ what, figure }) => pair(what, figure))}</dl>
      ${exceptions.length > 0 ? exceptionTable(pack) : null}
      <ul>
        ${figureNotes(pack.notes, pack.servedAt).map((note) => html`<li>${note}</li> `)}
      </ul>
      <h2>${pack.body.name}, ${dateInWords(from)} to ${dateInWords(until)}</h2>
      ${tables.map(
        ({ title, what, rows }) =>
          html`<h3>${title}</h3>
            <p>${what}</p>
            <dl>${rows.map(({ label, figure }) => pair(label, figure))}</dl>`,
      )}`,
  );
}

const exceptionTable = ({ day, exceptions }: FoiPack): Html =>
  html`<h2>Exceptions in force on ${dateInWords(day)}</h2>
    <table>
      <thead>
        <tr>
          ${EXCEPTION_COLUMNS.map(({ label }) => html`<th scope="col">${label}</th> `)}
        </tr>
      </thead>
      <tbody>
        ${exceptions.map((line) => {
          const words = exceptionInWords(line);
          return html`<tr>
            ${EXCEPTION_COLUMNS.map(({ key }) => html`<td>${words[key]}</td> `)}
          </tr> `;
        })}
      </tbody>
    </table>`;

function exceptionsCsv({ version, exceptions }: FoiPack): string {
  const rows = exceptions.map((line) => {
    const words = { ...exceptionInWords(line), clauses: clauseCell(version.slug, line.clauses) };
    return EXCEPTION_COLUMNS.map(({ key }) => words[key]);
  });
  return csv(
    EXCEPTION_COLUMNS.map(({ label }) => label),
    rows,
  );
}

/** What happened to the messages of each group, as of the end of the day. */
const ledgersPage = (pack: FoiPack): string =>
  htmlPage(
    `Clear-downs: ${titleOf(pack)}`,
    html`${heading(pack, "Clear-downs of chat groups")}
      <p>
        Groups are numbered in the order in which they came on the register. Their names, the people in them, the
        references of holds and of records are left out.
      </p>
      ${pack.ledgers.map(
        (ledger, at) =>
          html`<section>
            <h2>${ledgerName(ledger, at)}</h2>
            <p>${ledger.rule}</p>
            ${
              ledger.entries.length === 0
                ? html`<p>Nothing was due to be cleared by that day.</p>`
                : html`<ul>
                    ${ledger.entries.map((entry) => html`<li>${ledgerSentences(entry, ledger.by).join(" ")}</li> `)}
                  </ul>`
            }
          </section>`,
      )}`,
  );

const ledgersCsv = ({ ledgers }: FoiPack): string =>
  csv(
    ["Group", "Due", "Messages from", "Messages to", "State", "In words"],
    ledgers.flatMap((ledger, at) =>
      ledger.entries.map((entry) => [
        ledgerName(ledger, at),
        entry.period.dueOn,
        entry.period.from ?? "",
        entry.period.to,
        ledgerStateInWords(entry, ledger.by),
        ledgerSentences(entry, ledger.by).join(" "),
      ]),
    ),
  );

const GROUP_KIND_WORDS = { team: "team", partner: "with partners", emergency: "emergency response" } as const;

const ledgerName = ({ kind, app }: FoiPack["ledgers"][number], at: number): string =>
  `Group ${at + 1}: ${GROUP_KIND_WORDS[kind]}, ${app}`;

const csv = (header: readonly string[], rows: readonly string[][]): string => csvLines([header, ...rows], true);

const titleOf = ({ version, body, day }: FoiPack) => `${version.frontMatter.title}, ${body.name}, ${dateInWords(day)}`;

function heading({ version, body, day, notes, servedAt }: FoiPack, title: string): Html {
  const note = startNote(notes, servedAt);
  return html`<p>${body.name} · “${version.frontMatter.title}”, version ${version.version}</p>
    <h1>${title}</h1>
    <p class="note">${headlineOf(notes, day, version.version)}. ${note}</p>`;
}

const pair = (term: string, value: string | null): Html =>
  html`<dt>${term}</dt>
    <dd>${value ?? "Not stated"}</dd> `;

function list(title: string, items: readonly { text: string; clause?: string }[]): Html | null {
  if (items.length === 0) return null;
  return html`<h3>${title}</h3>
    <ul>
      ${items.map(({ text, clause }) => html`<li>${text}${clause ? ` (clause ${clause})` : null}</li> `)}
    </ul>`;
}

/** HTML that is known to be safe: made here, with every text in it escaped. */
class Html {
  constructor(readonly text: string) {}
}

/** What a page may contain: text is escaped; null is left out. */
export type HtmlContent = Html | string | number | null | readonly HtmlContent[];

/**
 * Writes HTML: html`<p>${text}</p>` escapes the text; other pieces of HTML, and lists of both, are inserted as they
 * are.
 */
const html = (strings: TemplateStringsArray, ...contents: HtmlContent[]): Html =>
  new Html(strings.reduce((all, part, at) => `${all}${write(contents[at - 1] ?? null)}${part}`));

function write(content: HtmlContent): string {
  if (content instanceof Html) return content.text;
  if (content === null) return "";
  if (typeof content === "string" || typeof content === "number") return escape(String(content));
  return content.map(write).join("");
}

const escape = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

/** A self-contained page: its style is inline, and it may not load anything. */
function htmlPage(title: string, content: HtmlContent): string {
  const page = html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html> `;
  return page.text;
}

const STYLE = `:root { color-scheme: light dark; font: 1.05rem/1.55 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: break-word; }
h1, h2, h3 { line-height: 1.25; margin: 2.2rem 0 0.6rem; break-after: avoid; }
h1 { margin-top: 0; font-size: 2rem; }
h2 { font-size: 1.3rem; }
h3 { font-size: 1rem; margin: 1rem 0 0.3rem; }
dl { display: grid; grid-template-columns: minmax(8rem, 13rem) minmax(0, 1fr); gap: 0.4rem 1.5rem; margin: 0; }
dt { font-weight: 700; }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; padding-bottom: 0.5rem; }
th, td { border-bottom: 1px solid #888; padding: 0.4rem 1rem 0.4rem 0; text-align: start; vertical-align: top; }
.clause { display: grid; grid-template-columns: 3.2rem minmax(0, 1fr); margin: 0.8rem 0; break-inside: avoid; }
.clause > b { font-variant-numeric: tabular-nums; }
.clause > div > :first-child { margin-top: 0; }
.clause > div > :last-child { margin-bottom: 0; }
aside, .note { border-inline-start: 0.25rem solid #888; padding-inline-start: 1rem; }
@media (max-width: 36rem) { dl { display: block; } dd { margin-bottom: 0.6rem; } }
@media print { @page { margin: 18mm 16mm; } :root { font-size: 11pt; color-scheme: light; } main { padding: 0; max-width: none; } }`;

/**
 * What a pack contains, how to check it and what was left out: plain text, 78 characters wide.
 * @param publishedFiles names of the version's own files
 */
function readmeOf({ version, body, day, notes, exceptions, ledgers }: FoiPack, publishedFiles: readonly string[]) {
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
