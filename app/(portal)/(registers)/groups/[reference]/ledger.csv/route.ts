import { csvResponse } from "#app/_portal/csv-response.ts";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { ledgerSentences, ledgerStateInWords, type LedgerEntry } from "#domain/registers/clear-down/ledger.ts";
import { ruleInWords } from "#domain/registers/clear-down/period.ts";
import { getLedger, type Ledger } from "#server/registers/clear-down/ledger-queries.ts";
import { recordLedgerUse } from "#server/registers/clear-down/ledger-service.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { readDays } from "../ledger/read-days.ts";

type Context = { params: Promise<{ reference: string }> };

/** The ledger as a file, for the days of its page; saving it is recorded. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await requireActor();
  const asked = readDays(Object.fromEntries(new URL(request.url).searchParams));
  const ledger = await getLedger(actor, (await params).reference, asked);
  if (!ledger) return new Response(null, { status: 404, headers: { "content-type": "text/html" } });
  if (await isLookedAt()) await recordLedgerUse(actor, ledger, "exported");
  const rows = ledger.entries.map((entry) => toRow(ledger, entry));
  return csvResponse(`disposal-ledger-${ledger.group.reference}`, COLUMNS, rows);
}

const COLUMNS = [
  { key: "due", header: "Due" },
  { key: "from", header: "Messages from" },
  { key: "to", header: "Messages to" },
  { key: "rule", header: "Rule" },
  { key: "state", header: "State" },
  { key: "cleared", header: "Cleared" },
  { key: "by", header: "By" },
  { key: "records", header: "Records moved to" },
  { key: "holds", header: "Holds" },
  { key: "words", header: "In words" },
] as const;

function toRow({ by }: Ledger, entry: LedgerEntry) {
  const { period, state, clearings, holds } = entry;
  return {
    due: period.dueOn,
    from: period.from,
    to: period.to,
    rule: ruleInWords(period.rule),
    state: ledgerStateInWords(entry, by),
    cleared: clearings.map(({ at }) => calendarDay(at)).join("\n"),
    by: clearings.map(({ by: name }) => name ?? "").join("\n"),
    records: clearings.map(({ recordsMovedTo }) => recordsMovedTo).join("\n"),
    holds: holds.map(({ reference }) => reference).join(" "),
    words: ledgerSentences(entry, by).join(" "),
  };
}
