"use client";

import { Button } from "./_ui/button.tsx";
import { Cluster } from "./_ui/cluster.tsx";
import { DeadEnd } from "./_ui/dead-end.tsx";
import { SiteFrame } from "./_ui/site-frame.tsx";

type ErrorProps = { error: unknown; retry: () => void };

/** When a page fails. Says nothing of how; the number leads whoever runs the portal to it in the log. */
export default function PageError({ error, retry }: ErrorProps) {
  const number = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <SiteFrame account={null}>
      <title>Something went wrong – With Care</title>
      <DeadEnd title="Something went wrong">
        <p>This is our fault, not yours. If you were sending a form, look first whether it arrived.</p>
        <p>
          Try again in a minute. If it goes on, tell the people who run this portal
          {number ? (
            <>
              {" "}
              and give them this number: <strong className="tabular-nums">{number}</strong>.
            </>
          ) : (
            "."
          )}
        </p>
        <Cluster>
          <Button type="button" onClick={() => retry()}>
            Try again
          </Button>
          {/* A full load: what failed may still be in this tab's memory. */}
          <a href="/" className="inline-flex min-h-12 items-center">
            Go to the start page
          </a>
        </Cluster>
      </DeadEnd>
    </SiteFrame>
  );
}
