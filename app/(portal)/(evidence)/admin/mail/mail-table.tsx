import { Moment } from "#app/_portal/portal-page.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { TickBox } from "#app/_ui/tick-box.tsx";
import type { MailLine, MailListName } from "#server/evidence/outbox/queries.ts";
import { MailStanding, mailTitle } from "./mail-words.tsx";

export const MAIL_LABELS: Record<MailListName, string> = { unsent: "Not sent", dead: "Given up", sent: "Sent" };
const EMPTY: Record<MailListName, string> = {
  unsent: "No mail is waiting. Mail from the portal appears here until it is sent.",
  dead: "No mail was given up. That happens after twelve tries, when the server refuses a mail for good, or when a report says that it did not arrive.",
  sent: "No mail was sent recently.",
};

type MailTableProps = {
  which: MailListName;
  hasServer: boolean;
  rows: readonly MailLine[];
  /** In the form that sends mails again: whether one was ticked before it came back. */
  isChosen?: (id: string) => boolean;
};

/** The mails of one list; with boxes to tick in the form that sends them again. */
export const MailTable = ({ which, hasServer, rows, isChosen }: MailTableProps) => (
  <DataTable
    caption={`Mail: ${MAIL_LABELS[which]}`}
    columns={{
      Mail: (mail) => (
        <>
          <Link href={`/admin/mail/${mail.id}`}>{mailTitle(mail)}</Link>
          <span className="block text-small font-normal text-soft">{mail.kind}</span>
        </>
      ),
      To: (mail) => (
        <>
          {isChosen ? (
            <TickBox name="mail" value={mail.id} isChosen={isChosen(mail.id)}>
              {mail.to}
            </TickBox>
          ) : (
            mail.to
          )}
          {which === "dead" && (
            <span className="block text-small">
              <Link href={`/admin/people/${mail.personId}/details`}>Correct the address</Link>
            </span>
          )}
        </>
      ),
      Written: (mail) => <Moment at={mail.createdAt} />,
      State: (mail) => <MailStanding mail={mail} hasServer={hasServer} />,
    }}
    rows={rows}
    empty={EMPTY[which]}
  />
);
