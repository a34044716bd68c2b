type ThumbprintProps = {
  /** Groups of four digits, joined by hyphens. */
  text: string;
  /** What it is the thumbprint of, and what to do with it. */
  children: React.ReactNode;
};

/** The thumbprint of a key, four groups to a line, for reading aloud and comparing; it is copied as a single text. */
export const Thumbprint = ({ text, children }: ThumbprintProps) => (
  <div data-keep="" className="space-y-1.5">
    <p>{children}</p>
    <p className="max-w-none">
      <code className="block max-w-[20.5ch] text-lead">{text}</code>
    </p>
  </div>
);
