import { Link } from "#app/_ui/link.tsx";
import type { ReceiptAnswer, SourceKind } from "#domain/answers/receipt/content.ts";

/** Where an answer came from, in words; with the record, if there is one. */
const SOURCE_WORDS: Record<SourceKind, { found: string; none: string; location: string }> = {
  me: { found: "answered by the person", none: "answered by the person", location: "" },
  exception: { found: "from the exception", none: "from the register of exceptions", location: "/exceptions" },
  group: { found: "from the approved group", none: "from the register of groups", location: "/groups" },
  continuity: { found: "from the declared activity", none: "from the declared activities", location: "/continuity" },
  "photo-consent": { found: "from the photo consent", none: "from the photo consents", location: "/photos" },
};

/** @param isOwner says "you" to whoever kept it, and links to records that others may not open */
export function Source({
  source: { kind, reference },
  isOwner,
}: {
  source: ReceiptAnswer["source"];
  isOwner: boolean;
}) {
  const { found, none, location } = SOURCE_WORDS[kind];
  const words = kind === "me" && isOwner ? "answered by you" : reference ? found : none;
  return (
    <span className="text-small text-soft">
      ({words}
      {reference?.split(", ").map((one, at) => (
        <span key={one}>
          {at > 0 && ","} {isOwner ? <Link href={`${location}/${one}`}>{one}</Link> : one}
        </span>
      ))}
      )
    </span>
  );
}
