"use client";
import { useSearchParams } from "next/navigation";
import { useEffect, useId, useRef, useState, type MouseEvent, type ReactNode } from "react";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { PlainLink } from "#app/_ui/plain-link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { MatrixTable } from "#app/_verdict/matrix-table.tsx";
import { assumptionSentences } from "#app/_verdict/matrix-words.ts";
import { VerdictLegend } from "#app/_verdict/verdict-legend.tsx";
import {
  ownState,
  readState,
  writeState,
  type MatrixState,
  type MatrixSubject,
} from "#domain/policy/decision/matrix-state.ts";
import { VERDICTS, type Verdict } from "#domain/policy/decision/verdict.ts";
import { answerWords } from "#domain/policy/policy/wording.ts";
import { ChosenCell } from "./chosen-cell.tsx";
import { MatrixControls, VersionControls } from "./matrix-controls.tsx";
import type { MatrixData } from "./matrix-data.ts";
import { differenceInWords } from "./matrix-difference.ts";
import { pictureOf, type MatrixPicture, type MatrixSource } from "./matrix-picture.ts";
import { sourceOf } from "./matrix-tables.ts";
import { moveBetweenCells } from "./move-between-cells.ts";

/**
 * The page of a matrix. All its state is in the address. Where scripts run, another state is worked out here, by the same
 * rules, without a request; elsewhere the links and the form lead to the same address.
 */
export function MatrixExplorer({ data, kicker }: { data: MatrixData; kicker: ReactNode }) {
  const search = useSearchParams();
  const { subject, matrix } = data;
  const source = sourceOf(data);
  const { version } = source;
  const { table } = version;
  const state = readState(table, matrix, queryOf(search));
  const query = writeState(subject, table, matrix, state);
  const picture = pictureOf(source, state);
  const chosen = chosenIn(picture, state);
  const addressOf = (other: MatrixState) => `/matrix?${writeState(subject, table, matrix, other)}`;

  const [said, setSaid] = useState({ of: "", words: "" });
  // Only at first: what a reader unfolded must not close under their hands when all is as the policy has it again.
  const [isOpenAtFirst] = useState(
    () => query !== writeState(subject, table, matrix, { ...ownState(table, matrix), chosen: state.chosen }),
  );
  const { root, showReasonsNext } = useFocusInMatrix(state, query);
  const tableId = useId();

  const show = (address: string) => {
    window.history.pushState(null, "", address);
  };
  const change = (other: MatrixState) => {
    const of = writeState(subject, table, matrix, other);
    setSaid({ of, words: differenceInWords(picture, pictureOf(source, other)) });
    show(`/matrix?${of}`);
  };
  // Links to other states of this matrix are answered here; so is a cell, whose reasons then get the focus.
  const follow = (event: MouseEvent<HTMLElement>) => {
    const link = pressedLink(event);
    if (!link || !isSameMatrix(link, search)) return;
    event.preventDefault();
    if (link.hash === "#why") {
      if (link.search === window.location.search) document.getElementById("why")?.focus();
      else {
        showReasonsNext();
        show(link.href);
      }
    } else change(readState(table, matrix, queryOf(new URLSearchParams(link.search))));
  };

  return (
    <div ref={root} onClickCapture={follow}>
      <Stack gap="loose">
        <WhatItShows kicker={kicker} subject={subject} source={source} picture={picture} />

        <div className="no-print space-y-4">
          <Disclosure summary="Change rows, columns and what is assumed" open={isOpenAtFirst}>
            <MatrixControls
              data={data}
              version={version}
              state={state}
              addressOf={addressOf}
              onChange={change}
              onSend={() => document.getElementById(tableId)?.focus()}
            />
          </Disclosure>
          <p role="status" className="text-small text-soft empty:hidden">
            {said.of === query && said.words}
          </p>
        </div>

        {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the links in the cells are what one presses */}
        <div id={tableId} tabIndex={-1} className="scroll-mt-6" onKeyDown={moveBetweenCells}>
          <CellTable picture={picture} state={state} addressOf={addressOf} />
        </div>

        {chosen && <ChosenCell data={data} source={source} chosen={chosen.cell} where={chosen.where} />}

        <div className="no-print space-y-4">
          {data.versions.length > 1 && (
            <VersionControls versions={data.versions} subject={subject} shown={version.version} query={query} />
          )}
          <OtherForms subject={subject} query={query} />
        </div>

        <Stack as="section">
          <h2>What the verdicts mean</h2>
          <VerdictLegend verdicts={verdictsIn(picture)} />
        </Stack>
      </Stack>
    </div>
  );
}

/** The chosen cell, and in words where it stands; null where none is. */
function chosenIn({ view, rows, columns, cells }: MatrixPicture, { chosen }: MatrixState) {
  if (!chosen) return null;
  const cell = cells[view.rows.answers.indexOf(chosen.row)]?.[view.columns.answers.indexOf(chosen.column)];
  if (!cell) return null;
  return { cell, where: `${answerWords(rows, chosen.row).label}, ${answerWords(columns, chosen.column).label}` };
}

/** Where to be after a cell was opened, and after going back from it. `root` is what the cells are in. */
function useFocusInMatrix({ chosen }: MatrixState, query: string) {
  const goal = useRef<"why" | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const opened = chosen ? `${chosen.row} ${chosen.column}` : "";
  const last = useRef(opened);
  useEffect(() => {
    if (goal.current === "why") document.getElementById("why")?.focus();
    else if (opened === "" && last.current !== "" && document.activeElement === document.body)
      root.current?.querySelector<HTMLElement>(`[data-cell="${last.current}"]`)?.focus();
    goal.current = null;
    last.current = opened;
  }, [query, opened]);
  const showReasonsNext = () => {
    goal.current = "why";
  };
  return { root, showReasonsNext };
}

/** The link that was pressed to be followed here, not in a tab or a window of its own. */
function pressedLink(event: MouseEvent<HTMLElement>): HTMLAnchorElement | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  return event.target instanceof Element ? event.target.closest("a") : null;
}

function isSameMatrix(link: HTMLAnchorElement, search: Pick<URLSearchParams, "get">): boolean {
  if (link.pathname !== "/matrix" || link.origin !== window.location.origin) return false;
  const asked = new URLSearchParams(link.search);
  return ["policy", "version", "since"].every((name) => asked.get(name) === search.get(name));
}

type WhatItShowsProps = { kicker: ReactNode; subject: MatrixSubject; source: MatrixSource; picture: MatrixPicture };

/** Its heading, what it supposes, and how much of it changed or is covered by exceptions. */
function WhatItShows({ kicker, subject, source: { version, before }, picture }: WhatItShowsProps) {
  const { view, rows, columns, cells, changed, covered } = picture;
  const { holds, idle } = assumptionSentences(version, view);
  const count = cells.flat().length;
  return (
    <Stack>
      <PageHeading kicker={kicker}>{`${rows.ask} ${columns.ask}`}</PageHeading>
      {holds.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {idle !== null && <p className="text-small text-soft">{idle}</p>}
      {before && (
        <p>
          {`${changed === 0 ? "None" : changed} of ${count} cells changed since version ${before.version}. `}
          <PlainLink href={`/policies/${subject.policy}/changes?from=${before.version}&to=${version.version}`}>
            See all that changed
          </PlainLink>
        </p>
      )}
      {covered > 0 && <p>{`An exception of yours applies in ${covered} of ${count} cells; it is named there.`}</p>}
    </Stack>
  );
}

type CellTableProps = { picture: MatrixPicture; state: MatrixState; addressOf: (state: MatrixState) => string };

/** The matrix, each cell a link to its reasons. */
function CellTable({ picture: { rows, columns, cells }, state, addressOf }: CellTableProps) {
  const chosenAt = (row: string, column: string) => state.chosen?.row === row && state.chosen.column === column;
  return (
    <MatrixTable
      caption={
        <>
          {`Verdicts by “${rows.ask}” and “${columns.ask}”. Choose a cell to see why.`}
          <span className="no-print">{" The arrow keys go from cell to cell."}</span>
        </>
      }
      corner={rows.ask}
      columns={columns.answers.map(({ answer, label }) => ({ key: answer, label }))}
      rows={rows.answers.map(({ answer: row, label }, at) => ({
        key: row,
        label,
        cells: columns.answers.flatMap(({ answer: column }, index) => {
          const cell = cells[at]?.[index];
          if (!cell) return [];
          return [
            {
              href: `${addressOf({ ...state, chosen: { row, column } })}#why`,
              id: `${row} ${column}`,
              verdict: cell.verdict,
              notes: cell.notes,
              marks: [...(cell.change === null ? [] : [cell.change]), ...cell.allowed],
              current: chosenAt(row, column),
            },
          ];
        }),
      }))}
    />
  );
}

/** The same matrix as a file, and its outcomes in one list. */
function OtherForms({ subject: { policy, version }, query }: { subject: MatrixSubject; query: string }) {
  return (
    <p className="flex flex-wrap gap-x-6">
      <PlainLink href={`/matrix.csv?${query}`} className="inline-flex min-h-target items-center">
        Save as a table (CSV)
      </PlainLink>
      <PlainLink href={`/matrix.svg?${query}`} className="inline-flex min-h-target items-center">
        Save as a poster (A3)
      </PlainLink>
      <PlainLink
        href={`/policies/${policy}/outcomes${version === null ? "" : `?version=${version}`}`}
        className="inline-flex min-h-target items-center"
      >
        See every outcome in one list
      </PlainLink>
    </p>
  );
}

function verdictsIn({ cells }: MatrixPicture): Verdict[] {
  return VERDICTS.filter((verdict) =>
    cells.flat().some(({ cell }) => cell.split.some((part) => part.verdict === verdict)),
  );
}

function queryOf(search: Pick<URLSearchParams, "forEach">): Record<string, string[]> {
  const query = new Map<string, string[]>(); // an address may name what every object has
  search.forEach((value, name) => query.set(name, [...(query.get(name) ?? []), value]));
  return Object.fromEntries(query);
}
