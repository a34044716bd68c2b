/** What somebody typed, unchanged: their line breaks, their writing direction, never wider than its container. */
export function UserText({ children }: { children: string }) {
  return (
    <span dir="auto" className="block max-w-text wrap-anywhere whitespace-pre-wrap [unicode-bidi:plaintext]">
      {children.replace(/\r\n?/g, "\n")}
    </span>
  );
}

/** So many characters of a text stand in a list before it is opened. */
const MOST_IN_A_LIST = 240;

/** What somebody typed, as one of many: a long text by its beginning, and all of it where one opens it and on paper. */
export function ListedText({ children: text }: { children: string }) {
  if (text.length <= MOST_IN_A_LIST) return <UserText>{text}</UserText>;
  return (
    <details className="group min-w-0">
      <summary className="cursor-pointer list-none print:hidden [&::-webkit-details-marker]:hidden">
        <span className="group-open:hidden">
          <UserText>{`${text.slice(0, MOST_IN_A_LIST).replace(/\s+\S*$/, "")} …`}</UserText>
        </span>
        <span className="inline-flex min-h-target items-center text-accent underline underline-offset-[0.2em]">
          <span className="group-open:hidden">Show all of it</span>
          <span className="hidden group-open:inline">Show less</span>
        </span>
      </summary>
      <UserText>{text}</UserText>
    </details>
  );
}
