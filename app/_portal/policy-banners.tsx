import { Banner } from "../_ui/content.tsx";
import { Link } from "../_ui/layout.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { isInterimOverdue } from "#domain/policy/policy/front-matter.ts";
import { clock } from "#server/base/clock.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";

/** What a reader must know about a policy before relying on it: draft, interim, overdue, or another body's. */
export function PolicyBanners({ policy }: { policy: ReadablePolicy }) {
  const { version, body, isMine, isReviewOverdue, isPublished } = policy;
  const { status, reviewDue, interimUntil } = version.frontMatter;
  return (
    <>
      {!isMine && (
        <Banner title="This is not your employer's policy">
          <p>It belongs to {body.name} and does not bind you.</p>
        </Banner>
      )}
      {!isPublished && (
        <Banner tone="warning" title="Not published yet">
          <p>
            Only policy owners, governance officers and the senior information risk owner see this version. It can still
            change. <Link href="/proposals">Have it published</Link>
          </p>
        </Banner>
      )}
      {status === "draft" && (
        <Banner tone="warning" title="This is a draft">
          <p>It is not in force. Follow it as advice, and ask before you rely on it.</p>
        </Banner>
      )}
      {status === "interim" && (
        <Banner tone="warning" title="This is an interim policy">
          <p>
            It applies until a fuller one replaces it.{" "}
            {interimUntil ? `That was promised for ${dateInWords(interimUntil)}.` : "No date is promised for that."}
            {isInterimOverdue(version.frontMatter, calendarDay(clock.now())) &&
              " That day has passed, and it still applies."}
          </p>
        </Banner>
      )}
      {status === "withdrawn" && (
        <Banner tone="warning" title="This policy was withdrawn">
          <p>It no longer applies.</p>
        </Banner>
      )}
      {isReviewOverdue && reviewDue && (
        <Banner tone="warning" title="The review of this policy is overdue">
          <p>It was due by {dateInWords(reviewDue)}. Parts may be out of date.</p>
        </Banner>
      )}
    </>
  );
}
