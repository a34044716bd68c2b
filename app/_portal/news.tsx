import { Moment } from "./portal-page.tsx";
import { Link, PageSection } from "../_ui/layout.tsx";
import type { NoticeRecord } from "#server/evidence/notice/queries.ts";

/** What somebody was told, newest first. */
export const News = ({ news }: { news: readonly NoticeRecord[] }) => (
  <PageSection title="What you were told recently">
    <ul role="list" className="list-none border-t border-line">
      {news.map(({ id, subject, href, createdAt }) => (
        <li key={id} className="border-b border-line py-2.5">
          <Link href={href}>{subject}</Link>
          <span className="block text-small text-soft">
            <Moment at={createdAt} />
          </span>
        </li>
      ))}
    </ul>
  </PageSection>
);
