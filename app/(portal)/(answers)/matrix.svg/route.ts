import { matrixSource } from "#app/(portal)/(answers)/matrix/matrix-data.ts";
import { pictureOf } from "#app/(portal)/(answers)/matrix/matrix-picture.ts";
import { STATE_WORDS } from "#app/_portal/status-words.ts";
import { assumptionSentences, dependsOnWords, describeSplit } from "#app/(portal)/(policy)/_verdict/matrix-words.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { writeState } from "#domain/policy/decision/matrix-state.ts";
import { clock } from "#server/base/clock.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { periodInWords } from "#domain/policy/decision/prove.ts";
import { verdictWord } from "#domain/policy/decision/verdict.ts";
import { firstDayOf, lastDayOf } from "#domain/policy/policy/on-day.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getMatrixFor } from "#server/policy/policy/matrix-queries.ts";
import { drawPoster } from "./poster.ts";

/** The matrix at an address, to print on A3 and hang up. It contains nothing about the reader. */
export async function GET(request: Request): Promise<Response> {
  const page = await getMatrixFor(await requireActor(), new URL(request.url).searchParams);
  if (!page) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  const { policy, subject, state } = page;
  const source = matrixSource(page);
  const { version } = policy;
  const { title, effective } = version.frontMatter;
  const { rows, columns, cells, view, changed } = pictureOf(source, state);
  const { holds } = assumptionSentences(version, view);
  const standing = policy.isPublished ? STATE_WORDS[policy.state].toLowerCase() : "not published yet";
  const drawn = dateInWords(calendarDay(clock.now()));
  const period = periodInWords({ from: firstDayOf(policy.version), until: lastDayOf(policy.version) });
  const svg = drawPoster({
    kicker: `${title} · ${policy.body.name}`,
    heading: `${rows.ask} ${columns.ask}`,
    assumptions: [
      ...holds,
      ...(period === null ? [] : [`${period}.`]),
      ...(source.before
        ? [`${changed} of ${cells.flat().length} cells changed since version ${source.before.version}.`]
        : []),
    ],
    corner: rows.ask,
    columns: columns.answers.map(({ label }) => label),
    rows: rows.answers.map(({ label }, at) => ({
      label,
      cells: (cells[at] ?? []).map(({ cell, verdict, change }) => ({
        verdict,
        word: verdict && verdictWord(version, verdict),
        notes:
          verdict === null
            ? [...dependsOnWords(version, cell), ...cell.split.map((part) => describeSplit([part], version))]
            : [],
        marks: change === null ? [] : [change],
      })),
    })),
    foot: [
      `Version ${version.version}, ${standing}${effective ? `, in effect from ${dateInWords(effective)}` : ""}. Drawn on ${drawn}. Why each cell says so, and what would change it:`,
      `${getEnv().appUrl}/matrix?${writeState(subject, version.table, version.matrix, state)}`,
      `Fingerprint of the version (SHA-256): ${version.hash}`,
    ],
  });
  const name = `matrix-${version.slug}-${version.version}`.replaceAll(/[^A-Za-z0-9.-]+/g, "-");
  return new Response(svg, {
    headers: {
      "content-type": "image/svg+xml; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.svg"`,
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "no-store",
    },
  });
}
