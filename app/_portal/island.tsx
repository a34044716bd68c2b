import { shared } from "#server/base/process-shared.mjs";

/** The parts of pages that run a script, each with a file in app/_island and its page in server/shell/http/request-rules.mjs. */
export type IslandName = "matrix" | "search" | "print" | "offline" | "draft" | "embed";

declare global {
  interface ProcessShared {
    /** Name → address of the script, from scripts/start.mjs; none in development, where pages work without scripts. */
    islands?: Partial<Record<string, string>>;
  }
}

type Props = { name: IslandName; data?: object | undefined; children: React.ReactNode };

/**
 * Something that works without scripts, and faster with them: a script of its own takes over what the server rendered.
 */
export function Island({ name, data, children }: Props) {
  const source = shared.islands?.[name];
  return (
    <>
      <div id={`${name}-island`}>{children}</div>
      {data && (
        <script
          type="application/json"
          id={`${name}-data`}
          // Nothing in it can close the element.
          dangerouslySetInnerHTML={{ __html: JSON.stringify(data).replaceAll("<", "\\u003c") }}
        />
      )}
      {source && <script type="module" src={source} />}
    </>
  );
}
