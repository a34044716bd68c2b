import { Link } from "#app/_ui/layout.tsx";
import { type SummaryRow, UserText } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { RECORD_METHODS, type RecordText } from "#domain/registers/record/record.ts";

interface ShownRecord extends RecordText {
  group: { reference: string; name: string } | null;
}

/** What a record says, as rows. @param change for a page where it can still be corrected: the address of a field */
export function recordRows(record: ShownRecord, change?: (field: string) => string): SummaryRow[] {
  const row = (field: string, term: string, value: SummaryRow["value"], context: string): SummaryRow => ({
    term,
    value,
    change: change && { href: change(field), context },
  });
  const { group, chat, className, keepUntil, eventOn } = record;
  return [
    row("about", "What it is about", <bdi>{record.about}</bdi>, "what it is about"),
    row(
      "saidOn",
      "Said on",
      [dateInWords(record.saidOn), record.saidTime].filter(Boolean).join(", "),
      "when it was said",
    ),
    row("chat", "Chat", <Chat group={group} chat={chat} />, "which chat it was"),
    row("participants", "Who took part", <UserText>{record.participants}</UserText>, "who took part"),
    row("content", "What was said", <UserText>{record.content}</UserText>, "what was said"),
    ...(record.method ? [row("method", "How it was copied", methodInWords(record.method), "how it was copied")] : []),
    row("system", "Copied into", <bdi>{record.system}</bdi>, "the system"),
    row("systemReference", "Found there as", <bdi>{record.systemReference}</bdi>, "how it is found there"),
    row("retentionClass", "Retention class", className ?? "Not chosen yet", "the retention class"),
    ...(eventOn ? [row("eventOn", "Counts from", dateInWords(eventOn), "the day it counts from")] : []),
    row("keepUntil", "Kept until", keepUntil ? dateInWords(keepUntil) : "No day is known", "how long it is kept"),
  ];
}

function methodInWords(method: string): string {
  const words: Readonly<Record<string, string>> = RECORD_METHODS;
  return words[method] ?? method;
}

const Chat = ({ group, chat }: Pick<ShownRecord, "group" | "chat">) => (
  <>
    {group && (
      <>
        <bdi>{group.name}</bdi> (<Link href={`/groups/${group.reference}`}>{group.reference}</Link>)
      </>
    )}
    {group && chat && ". "}
    <bdi>{chat}</bdi>
  </>
);
