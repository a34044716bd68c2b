/** What somebody typed, as they typed it: their lines, their direction of writing, never wider than its place. */
export function UserText({ children }: { children: string }) {
  return (
    <span dir="auto" className="block max-w-text wrap-anywhere whitespace-pre-wrap [unicode-bidi:plaintext]">
      {children.replace(/\r\n?/g, "\n")}
    </span>
  );
}
