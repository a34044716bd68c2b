import type { Route } from "next";
import { notFound, redirect } from "next/navigation";
import { asSent, type PageProps } from "#app/_portal/form/form.tsx";
import { DayNote } from "#app/_portal/day-note.tsx";
import { Island } from "#app/_portal/island.tsx";
import { PolicyChooser } from "#app/_portal/policy-chooser.tsx";
import { PolicyLine } from "#app/_portal/policy-line.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { STATE_WORDS } from "#app/_portal/status-words.ts";
import { Tag } from "#app/_ui/content.tsx";
import { writeState } from "#domain/policy/decision/matrix-state.ts";
import { requireReader } from "#app/_portal/reader.ts";
import { getMatrixPage } from "#server/policy/policy/matrix-queries.ts";
import { getSlugFor, listPolicies } from "#server/policy/policy/queries.ts";
import { matrixData } from "./matrix-data.ts";
import { isAsked, matrixAt, MatrixDrawing } from "./matrix-drawing.tsx";

export const metadata = { title: "Matrix" };

/** The policy's table as a matrix: its rows and columns under its assumptions, all of which the reader may change. */
export default async function MatrixPage({ searchParams }: PageProps) {
  const actor = await requireReader();
  const query = await searchParams;
  const slug = await getSlugFor(actor, query["policy"]);
  if (slug === undefined)
    return (
      <PortalPage actor={actor} section="matrix">
        <PolicyChooser actor={actor} policies={await listPolicies(actor)} action="/matrix" />
      </PortalPage>
    );
  const page = await getMatrixPage(actor, slug, query);
  if (!page) notFound();
  const { policy, subject, state } = page;
  const { table, matrix } = policy.version;
  const canonical = writeState(subject, table, matrix, state);
  // One address for each state: what the matrix does not know is dropped, and the order is fixed.
  if (canonical !== asSent(query)) redirect(`/matrix?${canonical}` as Route);
  const data = matrixData(page);
  const shown = matrixAt(data, new URLSearchParams(canonical));
  const isOther = subject.version !== null;
  return (
    <PortalPage actor={actor} section="matrix">
      <div className="space-y-2">
        <div className="text-small text-soft">
          <PolicyLine policy={policy} />
          {isOther && <Tag tone="warning">{`${STATE_WORDS[policy.state]}: not the version that everybody sees`}</Tag>}
        </div>
        <DayNote policy={policy} today={`/matrix?${writeState({ ...subject, on: null }, table, matrix, state)}`} />
        <Island name="matrix" data={data}>
          <MatrixDrawing shown={shown} isOpenAtFirst={isAsked(shown)} />
        </Island>
      </div>
    </PortalPage>
  );
}
