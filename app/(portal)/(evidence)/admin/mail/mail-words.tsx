import { Moment } from "#app/_portal/portal-page.tsx";
import { Tag, type TagTone } from "#app/_ui/content.tsx";
import type { MailLine, MailState } from "#server/evidence/outbox/queries.ts";

const STATES: Record<MailState, { label: string; tone: TagTone }> = {
  waiting: { label: "Waiting", tone: "neutral" },
  sent: { label: "Sent", tone: "good" },
  unsent: { label: "Not sent", tone: "warning" },
  dead: { label: "Given up", tone: "warning" },
};

const BOUNCED: (typeof STATES)[MailState] = { label: "Did not arrive", tone: "warning" };

/** The state of a mail, since when, and why it was not sent. @param hasServer whether a mail server is configured */
export function MailStanding({ mail, hasServer }: { mail: MailLine; hasServer: boolean }) {
  const { state, reason, tries, nextTryAt, sentAt, bouncedAt, settledAt } = mail;
  const { label, tone } = bouncedAt ? BOUNCED : STATES[state];
  const since = sentAt ?? bouncedAt;
  const isTried = state === "waiting" && tries > 0;
  return (
    <>
      <Tag tone={tone}>{label}</Tag> {since && <Moment at={since} />}
      {state === "waiting" && !hasServer && (
        <span className="block text-small text-soft">There is no mail server to send it with.</span>
      )}
      {settledAt && <span className="block text-small text-soft">Settled: nothing is left to do about it.</span>}
      {reason && <span className="block text-small wrap-anywhere text-soft">{reason}</span>}
      {isTried && hasServer && (
        <span className="block text-small text-soft">
          Tried {tries === 1 ? "once" : `${tries} times`}. Next: <Moment at={nextTryAt} />
        </span>
      )}
    </>
  );
}

/** What a mail is about, also for somebody who may not read it. */
export const mailTitle = ({ subject }: Pick<MailLine, "subject">): string =>
  subject ?? "Confidential: only for its recipient";
