import type { ReactNode } from "react";

/** The look of authors' elements, which have no classes of their own. */
const LOOKS = [
  "[&>*+*]:mt-4 [&>:first-child]:mt-0",
  "[&_h2]:mt-11 [&>h3]:mt-[1.9rem] [&_h3:last-child]:mt-[1.9rem] [&_h3]:text-(length:--text-body) [&_:is(h2,h3)]:scroll-mt-6",
  "[&_h2+*]:mt-[0.7rem] [&>h3+*]:mt-[0.7rem] [&>:is(h2,h3)+:is(h2,h3)]:mt-[0.7rem]",
  "[&_:is(h2,h3)_a:not(:hover)]:text-inherit [&_:is(h2,h3)_a:not(:hover)]:no-underline",
  "[&_li>:is(ul,ol)]:mt-2",
  "[&_blockquote]:border-s-4 [&_blockquote]:border-line [&_blockquote]:ps-4",
  "[&_code]:rounded-small [&_code]:bg-sunk [&_code]:px-[0.3em] [&_code]:py-[0.05em] [&_pre_code]:p-0",
  "[&_pre]:rounded-card [&_pre]:bg-sunk [&_pre]:px-[1.2rem] [&_pre]:py-4 [&_pre]:whitespace-pre-wrap",
  "[&_hr]:my-10",
].join(" ");

/** Written text, from authors: headings, lists and quotations in reading width. */
export function Prose({ children }: { children: ReactNode }) {
  return <div className={LOOKS}>{children}</div>;
}
