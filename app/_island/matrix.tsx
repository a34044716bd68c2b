import { useEffect, useRef, useState, type MouseEvent } from "react";
import { hydrateRoot } from "react-dom/client";
import { writeState, type MatrixState } from "#domain/policy/decision/matrix-state.ts";
import type { MatrixData } from "#app/(portal)/(answers)/matrix/matrix-data.ts";
import { differenceInWords } from "#app/(portal)/(answers)/matrix/matrix-difference.ts";
import {
  isAsked,
  matrixAt,
  MATRIX_TABLE_ID,
  MatrixDrawing,
  REASON_IDS,
} from "#app/(portal)/(answers)/matrix/matrix-drawing.tsx";
import { moveBetweenCells } from "#app/(portal)/(answers)/matrix/move-between-cells.ts";

// Runs in browsers: works out another state of the matrix there, by the same rules, without a request.

function Matrix({ data }: { data: MatrixData }) {
  const [search, setSearch] = useState(window.location.search);
  const shown = matrixAt(data, new URLSearchParams(search));
  const { state, query } = shown;
  const [said, setSaid] = useState({ of: "", words: "" });
  // Only at first: what a reader unfolded must not close in front of them when everything is back to the policy's
  // defaults.
  const [isOpenAtFirst] = useState(() => isAsked(shown));
  const showReasonsNext = useFocus(state, query);
  useEffect(() => {
    const back = () => setSearch(window.location.search);
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, []);

  const show = (address: string) => {
    window.history.pushState(null, "", address);
    setSearch(window.location.search);
  };
  const change = (other: MatrixState) => {
    const of = writeState(data.subject, shown.source.version.table, data.matrix, other);
    setSaid({ of, words: differenceInWords(shown.picture, matrixAt(data, new URLSearchParams(of)).picture) });
    show(`/matrix?${of}`);
  };
  // Links to other states of this matrix are handled here; so is a cell, whose reasons then get the focus.
  const follow = (event: MouseEvent<HTMLElement>) => {
    const link = pressedLink(event);
    if (!link || !isSameMatrix(link)) return;
    event.preventDefault();
    if (link.hash === `#${MATRIX_TABLE_ID}`) show(link.href);
    else if (link.hash === "") change(matrixAt(data, new URLSearchParams(link.search)).state);
    else if (link.search === window.location.search) focusOnReason();
    else {
      showReasonsNext();
      show(link.href);
    }
  };
  return (
    <MatrixDrawing
      shown={shown}
      isOpenAtFirst={isOpenAtFirst}
      said={said.of === query ? said.words : ""}
      onFollow={follow}
      onKey={moveBetweenCells}
      onChange={change}
      onSend={() => document.getElementById(MATRIX_TABLE_ID)?.focus()}
    />
  );
}

/** Where to move the focus after a cell was opened, and after going back from it. */
function useFocus({ chosen }: MatrixState, query: string): () => void {
  const goal = useRef<"why" | null>(null);
  const opened = chosen ? `${chosen.row} ${chosen.column}` : "";
  const last = useRef(opened);
  useEffect(() => {
    if (goal.current === "why") focusOnReason();
    else if (opened === "" && last.current !== "" && document.activeElement === document.body)
      document.querySelector<HTMLElement>(`[data-cell="${last.current}"]`)?.focus();
    goal.current = null;
    last.current = opened;
  }, [query, opened]);
  return () => {
    goal.current = "why";
  };
}

/** Moves the focus to the reason that is shown: beside the matrix, or within it. */
function focusOnReason(): void {
  for (const id of Object.values(REASON_IDS)) document.getElementById(id)?.focus();
}

/** The link that was clicked, if it is to be followed here and not in a new tab or window. */
function pressedLink(event: MouseEvent<HTMLElement>): HTMLAnchorElement | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  return event.target instanceof Element ? event.target.closest("a") : null;
}

function isSameMatrix(link: HTMLAnchorElement): boolean {
  if (link.pathname !== "/matrix" || link.origin !== window.location.origin) return false;
  const [asked, here] = [new URLSearchParams(link.search), new URLSearchParams(window.location.search)];
  return ["policy", "version", "since"].every((name) => asked.get(name) === here.get(name));
}

const root = document.getElementById("matrix-island");
const data = document.getElementById("matrix-data")?.textContent;
if (root && data) hydrateRoot(root, <Matrix data={JSON.parse(data) as MatrixData} />);
