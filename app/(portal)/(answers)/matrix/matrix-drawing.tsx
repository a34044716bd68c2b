import { Disclosure, Link, PageHeading, PageSection, PillLinks, Stack } from "#app/_ui/layout.tsx";
import { CHOSEN_CELL_ID, MatrixTable, MOST_IN_A_GRID } from "#app/(portal)/(policy)/_verdict/matrix-table.tsx";
import { assumptionSentences } from "#app/(portal)/(policy)/_verdict/matrix-words.ts";
import { VerdictLegend } from "#app/(portal)/(policy)/_verdict/verdict-legend.tsx";
import {
  ownState,
  readState,
  swapped,
  writeState,
  type MatrixState,
  type MatrixSubject,
} from "#domain/policy/decision/matrix-state.ts";
import { losesAnswers } from "#domain/policy/decision/difference.ts";
import { VERDICTS, type OwnWords, type Verdict } from "#domain/policy/decision/verdict.ts";
import { answerWords } from "#domain/policy/policy/wording.ts";
import { ChosenCell } from "./chosen-cell.tsx";
import { MatrixControls, VersionControls } from "./matrix-controls.tsx";
import type { MatrixData } from "./matrix-data.ts";
import { pictureOf, type MatrixPicture } from "./matrix-picture.ts";
import { sourceOf, type PageSource } from "./matrix-tables.ts";

/** The table's id, by which the browser moves the focus to it. */
export const MATRIX_TABLE_ID = "matrix-table";

/** Ids of the two places of a reason: beside or below the matrix, and on a phone within it, where one taps. */
export const REASON_IDS = { beside: "why", within: "why-here" } as const;

/** Where the reason is beside the matrix: where its columns still fit there. By how many columns it has. */
const BESIDE: Record<number, string> = {
  3: "@min-[64rem]:flex-row",
  4: "@min-[75rem]:flex-row",
  5: "@min-[75rem]:flex-row",
};

/** A matrix in one of its states. */
export interface ShownMatrix {
  data: MatrixData;
  source: PageSource;
  state: MatrixState;
  /** The state as written in an address. */
  query: string;
  picture: MatrixPicture;
}

/** The matrix at an address, which contains all its state. */
export function matrixAt(data: MatrixData, search: Pick<URLSearchParams, "forEach">): ShownMatrix {
  const source = sourceOf(data);
  const { table } = source.version;
  const state = readState(table, data.matrix, queryOf(search));
  const query = writeState(data.subject, table, data.matrix, state);
  return { data, source, state, query, picture: pictureOf(source, state) };
}

/** Whether something other than a cell was chosen: its controls are then open. */
export function isAsked({ data: { subject, matrix }, source, state, query }: ShownMatrix): boolean {
  const { table } = source.version;
  return (
    query !==
    writeState(subject, table, matrix, {
      ...ownState(table, matrix),
      chosen: state.chosen,
      ...(state.row !== undefined && { row: state.row }),
    })
  );
}

type Props = {
  shown: ShownMatrix;
  isOpenAtFirst: boolean;
  /** How much the reader's last action changed. */
  said?: string;
  /** What the browser does if scripts run; otherwise the links and the form lead to the same addresses. */
  onFollow?: (event: React.MouseEvent<HTMLElement>) => void;
  onKey?: (event: React.KeyboardEvent<HTMLElement>) => void;
  onChange?: (state: MatrixState) => void;
  onSend?: () => void;
};

/** A matrix as the server and the browser draw it (app/_island/matrix.tsx). */
export function MatrixDrawing({ shown, isOpenAtFirst, said = "", onFollow, onKey, onChange, onSend }: Props) {
  const { data, source, state, query, picture } = shown;
  const { subject, matrix } = data;
  const { table, version } = source.version;
  const chosen = chosenIn(picture, state);
  const addressOf = (other: MatrixState) => `/matrix?${writeState(subject, table, matrix, other)}`;
  return (
    <div onClickCapture={onFollow}>
      <Stack gap="loose">
        <WhatItShows subject={subject} source={source} picture={picture} />

        <div className="no-print space-y-4">
          <Disclosure summary="Change rows, columns and what is assumed" open={isOpenAtFirst}>
            <MatrixControls
              data={data}
              version={source.version}
              state={state}
              addressOf={addressOf}
              onChange={onChange}
              onSend={onSend}
            />
          </Disclosure>
          <p role="status" className="text-small text-soft empty:hidden">
            {said}
          </p>
        </div>

        {/* Wider than the page where there is room, so that the reason is beside the matrix. */}
        <div className={`@container ${chosen ? "xl:me-[calc(50%-50vw+2.5rem)]" : ""}`}>
          <div className={chosen ? `flex flex-col gap-4 ${BESIDE[picture.columns.answers.length] ?? BESIDE[3]}` : ""}>
            {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the links in the cells are what one presses */}
            <div id={MATRIX_TABLE_ID} tabIndex={-1} className="min-w-0 grow scroll-mt-6" onKeyDown={onKey}>
              <CellTable
                picture={picture}
                state={state}
                words={source.version.words}
                addressOf={addressOf}
                reason={chosen && <ChosenCell id={REASON_IDS.within} data={data} source={source} {...chosen} />}
              />
            </div>
            {chosen && (
              <div className="shrink-0 basis-56 max-sm:hidden!">
                <ChosenCell id={REASON_IDS.beside} data={data} source={source} {...chosen} />
              </div>
            )}
          </div>
        </div>

        <div className="no-print space-y-4">
          {data.versions.length > 1 && (
            <VersionControls versions={data.versions} subject={subject} shown={version} query={query} />
          )}
          <OtherForms subject={subject} query={query} />
        </div>

        <PageSection title="What the verdicts mean">
          <VerdictLegend verdicts={verdictsIn(picture)} words={source.version.words} />
        </PageSection>
      </Stack>
    </div>
  );
}

/** The chosen cell and its position in words; null if none is chosen. */
function chosenIn({ view, rows, columns, cells }: MatrixPicture, { chosen }: MatrixState) {
  if (!chosen) return null;
  const cell = cells[view.rows.answers.indexOf(chosen.row)]?.[view.columns.answers.indexOf(chosen.column)];
  if (!cell) return null;
  return {
    chosen: cell,
    where: `${answerWords(rows, chosen.row).label}, ${answerWords(columns, chosen.column).label}`,
  };
}

type WhatItShowsProps = { subject: MatrixSubject; source: PageSource; picture: MatrixPicture };

/** Its heading, its assumptions, and how much of it changed or is covered by exceptions. */
function WhatItShows({ subject, source: { version, before }, picture }: WhatItShowsProps) {
  const { view, rows, columns, cells, changed, covered } = picture;
  const { holds, idle } = assumptionSentences(version, view);
  const count = cells.flat().length;
  return (
    <Stack>
      <PageHeading>{`${rows.ask} ${columns.ask}`}</PageHeading>
      {holds.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {idle !== null && <p className="text-small text-soft">{idle}</p>}
      {before && (
        <p>
          {`${changed === 0 ? "None" : changed} of ${count} cells changed since version ${before.version}.${losesAnswers(before.table, version.table) ? " It had answers that are gone." : ""} `}
          <Link href={`/policies/${subject.policy}/changes?from=${before.version}&to=${version.version}`}>
            See all that changed
          </Link>
        </p>
      )}
      {covered > 0 && <p>{`An exception of yours applies in ${covered} of ${count} cells; it is named there.`}</p>}
    </Stack>
  );
}

type CellTableProps = {
  picture: MatrixPicture;
  state: MatrixState;
  words: OwnWords["words"];
  addressOf: (state: MatrixState) => string;
  /** Why the chosen cell says what it says, for where it is shown within the cell. */
  reason: React.ReactNode;
};

/** The matrix, each cell a link to its reasons. On a phone one row at a time, or one column: as a row, once swapped. */
function CellTable({ picture: { rows, columns, cells }, state, words, addressOf, reason }: CellTableProps) {
  const shownRow = state.chosen?.row ?? state.row ?? rows.answers[0]?.answer;
  const chosenAt = (row: string, column: string) => state.chosen?.row === row && state.chosen.column === column;
  return (
    <MatrixTable
      words={words}
      caption={
        <>
          {`Verdicts by “${rows.ask}” and “${columns.ask}”. Choose a cell to see why.`}
          {columns.answers.length < MOST_IN_A_GRID && (
            <span className="no-print hidden lg:flex">The arrow keys go from cell to cell.</span>
          )}
        </>
      }
      corner={rows.ask}
      choose={
        <>
          <PillLinks
            label={rows.ask}
            items={rows.answers.map(({ answer: row, label }) => ({
              href: `${addressOf({ ...state, chosen: null, row })}#${MATRIX_TABLE_ID}`,
              label,
              current: row === shownRow,
            }))}
          />
          <Link href={addressOf(swapped(state))} className="inline-flex min-h-target items-center">
            {`Choose by “${columns.ask}” instead`}
          </Link>
        </>
      }
      columns={columns.answers.map(({ answer, label }) => ({ key: answer, label }))}
      rows={rows.answers.map(({ answer: row, label }, at) => ({
        key: row,
        label,
        isShown: row === shownRow,
        cells: columns.answers.flatMap(({ answer: column }, index) => {
          const cell = cells[at]?.[index];
          if (!cell) return [];
          return [
            {
              href: `${addressOf({ ...state, chosen: { row, column } })}#${CHOSEN_CELL_ID}`,
              id: `${row} ${column}`,
              verdict: cell.verdict,
              notes: cell.notes,
              marks: [...(cell.change === null ? [] : [cell.change]), ...cell.allowed],
              current: chosenAt(row, column),
              reason: chosenAt(row, column) ? reason : undefined,
            },
          ];
        }),
      }))}
    />
  );
}

/** The same matrix as a file, and its outcomes in one list. */
const OtherForms = ({ subject: { policy, version, on = null }, query }: { subject: MatrixSubject; query: string }) => (
  <p className="flex flex-wrap gap-x-6">
    <Link href={`/matrix.csv?${query}`} className="inline-flex min-h-target items-center">
      Save as a table (CSV)
    </Link>
    <Link href={`/matrix.svg?${query}`} className="inline-flex min-h-target items-center">
      Save as a poster (A3)
    </Link>
    <Link
      href={`/policies/${policy}/outcomes?${new URLSearchParams(Object.entries({ version, on }).flatMap(([name, value]) => (value ? [[name, value]] : []))).toString()}`}
      className="inline-flex min-h-target items-center"
    >
      See every outcome in one list
    </Link>
  </p>
);

const verdictsIn = ({ cells }: MatrixPicture): Verdict[] =>
  VERDICTS.filter((verdict) => cells.flat().some(({ cell }) => cell.split.some((part) => part.verdict === verdict)));

function queryOf(search: Pick<URLSearchParams, "forEach">): Record<string, string[]> {
  const query = new Map<string, string[]>(); // an address may contain the name of an Object.prototype property
  search.forEach((value, name) => query.set(name, [...(query.get(name) ?? []), value]));
  return Object.fromEntries(query);
}
