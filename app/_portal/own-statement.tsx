import { Prose } from "#app/_ui/layout.tsx";

/** A statement that the body wrote; its Markdown was checked when it was read. */
export const OwnStatement = ({ html }: { html: string }) => (
  <Prose>
    <div className="space-y-4" dangerouslySetInnerHTML={{ __html: html }} />
  </Prose>
);
