import { csvResponse } from "#app/_portal/csv-response.ts";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { ledgerSentences, ledgerStateInWords } from "#domain/registers/clear-down/ledger.ts";
import { ruleInWords } from "#domain/registers/clear-down/period.ts";
import { getLedger } from "#server/registers/clear-down/ledger-queries.ts";
import { recordLedgerUse } from "#server/registers/clear-down/service.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { readDays } from "../ledger/read-days.ts";

/** The ledger as a file, for the days of its page; saving it is recorded. */
export async function GET(request: Request, { params }: { params: Promise<{ reference: string }> }): Promise<Response> {
  const actor = await requireActor();
  const asked = readDays(Object.fromEntries(new URL(request.url).searchParams));
  const ledger = await getLedger(actor, (await params).reference, asked);
  if (!ledger) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  if (await isLookedAt()) await recordLedgerUse(actor, ledger, "exported");
  return csvResponse(
    `disposal-ledger-${ledger.group.reference}`,
    {
      Due: ({ period }) => period.dueOn,
      "Messages from": ({ period }) => period.from,
      "Messages to": ({ period }) => period.to,
      Rule: ({ period }) => ruleInWords(period.rule),
      State: (entry) => ledgerStateInWords(entry, ledger.by),
      Cleared: ({ clearings }) => clearings.map(({ at }) => calendarDay(at)).join("\n"),
      By: ({ clearings }) => clearings.map(({ by }) => by ?? "").join("\n"),
      "Records moved to": ({ clearings }) => clearings.map(({ recordsMovedTo }) => recordsMovedTo).join("\n"),
      Holds: ({ holds }) => holds.map(({ reference }) => reference).join(" "),
      "In words": (entry) => ledgerSentences(entry, ledger.by).join(" "),
    },
    ledger.entries,
  );
}
