import "server-only";
import { zipSync } from "fflate";
import { clauseCell } from "#domain/base/table/cell.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { ledgerSentences, ledgerStateInWords } from "#domain/registers/clear-down/ledger.ts";
import { headlineOf, startNote } from "#domain/gather/foi/day-notes.ts";
import {
  EXCEPTION_COLUMNS,
  exceptionInWords,
  figureNotes,
  figuresInWords,
  listedExceptions,
} from "#domain/gather/foi/figures.ts";
import { FIGURE_COLUMNS, figureLines } from "#domain/gather/figure/figure.ts";
import { Html, html, htmlPage } from "./html-writer.ts";
import type { FoiPack } from "./queries.ts";
import { readmeOf } from "./readme-writer.ts";
import { csvLines } from "#server/base/csv-writer.ts";
import { policyTextHtml } from "#server/base/content/text-html.ts";

/** Every file has this time, so that the same pack has the same bytes. The earliest that a ZIP file can hold. */
const FILE_TIME = new Date(1980, 0, 1);

/**
 * A pack as one ZIP file.
 * @param publishedFiles the version's own files, name → bytes
 */
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

function rulesPage(pack: FoiPack): string {
  return htmlPage(
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
}

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

function exceptionTable({ day, exceptions }: FoiPack): Html {
  return html`<h2>Exceptions in force on ${dateInWords(day)}</h2>
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
}

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
function ledgersPage(pack: FoiPack): string {
  return htmlPage(
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
}

function ledgersCsv({ ledgers }: FoiPack): string {
  return csv(
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
}

const GROUP_KIND_WORDS = { team: "team", partner: "with partners", emergency: "emergency response" } as const;

function ledgerName({ kind, app }: FoiPack["ledgers"][number], at: number): string {
  return `Group ${at + 1}: ${GROUP_KIND_WORDS[kind]}, ${app}`;
}

function csv(header: readonly string[], rows: readonly string[][]): string {
  return csvLines([header, ...rows], true);
}

function titleOf({ version, body, day }: FoiPack): string {
  return `${version.frontMatter.title}, ${body.name}, ${dateInWords(day)}`;
}

function heading({ version, body, day, notes, servedAt }: FoiPack, title: string): Html {
  const note = startNote(notes, servedAt);
  return html`<p>${body.name} · “${version.frontMatter.title}”, version ${version.version}</p>
    <h1>${title}</h1>
    <p class="note">${headlineOf(notes, day, version.version)}. ${note}</p>`;
}

function pair(term: string, value: string | null): Html {
  return html`<dt>${term}</dt>
    <dd>${value ?? "Not stated"}</dd> `;
}

function list(title: string, items: readonly { text: string; clause?: string }[]): Html | null {
  if (items.length === 0) return null;
  return html`<h3>${title}</h3>
    <ul>
      ${items.map(({ text, clause }) => html`<li>${text}${clause ? ` (clause ${clause})` : null}</li> `)}
    </ul>`;
}
