import { printedIdentification, type PrintedPolicy } from "./versions/[version]/print.css/print-style.ts";

/** Adds the footer of every printed sheet; see print.css. */
export function PrintStyle({ policy: { version } }: { policy: PrintedPolicy }) {
  const { slug, version: number, hash } = version;
  return (
    <link
      data-paper=""
      rel="stylesheet"
      media="print"
      href={`/policies/${slug}/versions/${number}/print.css?hash=${hash}`}
    />
  );
}

/** The last printed line, also for browsers that do not print footers. */
export const LastLine = ({ policy }: { policy: PrintedPolicy }) => (
  <p className="hidden text-small wrap-anywhere print:block">{printedIdentification(policy).join(" · ")}</p>
);
