import { cellNotes, changeWords } from "#app/(portal)/(policy)/_verdict/matrix-words.ts";
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import { changeOf, viewMatrix, type MatrixCell, type MatrixView } from "#domain/policy/decision/matrix.ts";
import type { MatrixState } from "#domain/policy/decision/matrix-state.ts";
import type { OwnWords, Verdict } from "#domain/policy/decision/verdict.ts";
import { coverageIn, type ExceptionTable, type OwnTable } from "#domain/policy/exception/coverage.ts";
import { questionFor, type Question, type Worded } from "#domain/policy/policy/wording.ts";

/** What a matrix is worked out from, in the browser and on the server. */
export interface MatrixSource {
  version: Worded & ExceptionTable & OwnWords;
  /** The earlier version it is compared with. */
  before: { version: string; table: DecisionTable } | null;
  /** The table under the reader's exceptions; null for a reader without any. */
  own: OwnTable | null;
  /** Reference of each of them → its last day in words. */
  lastDays: Readonly<Record<string, string>>;
}

/** A cell in words. */
export interface PictureCell {
  cell: MatrixCell;
  /** Null if it depends. */
  verdict: Verdict | null;
  notes: string[];
  /** What the earlier version said, if that was different. */
  change: string | null;
  /** If exceptions of the reader apply. */
  allowed: string[];
}

export interface MatrixPicture {
  view: MatrixView;
  rows: Question;
  columns: Question;
  /** As in the view. */
  cells: PictureCell[][];
  /** How many cells have changed, and in how many an exception of the reader's applies. */
  changed: number;
  covered: number;
}

/** A matrix with everything that is said in it. */
export function pictureOf(source: MatrixSource, state: MatrixState): MatrixPicture {
  const { version, before, own, lastDays } = source;
  const view = viewMatrix(version.table, state);
  const cells = view.cells.map((row) =>
    row.map((cell): PictureCell => {
      const change = before && changeOf(before.table, version.table, cell);
      return {
        cell,
        verdict: cell.split.length === 1 ? (cell.split[0]?.verdict ?? null) : null,
        notes: cellNotes(version, cell),
        change: change && changeWords(change, before.version, version),
        allowed: own ? allowedWords(own, cell, lastDays) : [],
      };
    }),
  );
  const count = (is: (cell: PictureCell) => boolean) => cells.flat().filter(is).length;
  return {
    view,
    cells,
    rows: questionFor(version, view.rows.name),
    columns: questionFor(version, view.columns.name),
    changed: count(({ change }) => change !== null),
    covered: count(({ allowed }) => allowed.length > 0),
  };
}

function allowedWords(own: OwnTable, { answers }: MatrixCell, lastDays: MatrixSource["lastDays"]): string[] {
  const { situations, under } = coverageIn(own, answers);
  return under.map(({ exception: { reference }, situations: covered }) => {
    const words = `llowed under ${reference} until ${lastDays[reference]}`;
    return covered === situations ? `A${words}` : `In ${covered} of ${situations}: a${words}`;
  });
}
