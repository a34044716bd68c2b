/** What somebody typed, unchanged: their line breaks, their writing direction, never wider than its container. */
export function UserText({ children }: { children: string }) {
  return (
    <span dir="auto" className="block max-w-text wrap-anywhere whitespace-pre-wrap [unicode-bidi:plaintext]">
      {children.replace(/\r\n?/g, "\n")}
    </span>
  );
}
