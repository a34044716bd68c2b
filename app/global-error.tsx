"use client";

import "./globals.css";
import { DeadEnd } from "./_ui/dead-end.tsx";
import { Wordmark } from "./_ui/wordmark.tsx";

/** When even the document around the pages fails: nothing of it is used here, and the typeface is the system's. */
export default function GlobalError({ error }: { error: unknown }) {
  const number = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <html lang="en-GB">
      <body className="font-sans">
        <title>Something went wrong – With Care</title>
        <div className="mx-auto max-w-page px-gutter py-3">
          <Wordmark />
        </div>
        <main id="main" className="mx-auto max-w-page px-gutter py-10">
          <DeadEnd title="Something went wrong">
            <p>This is our fault, not yours. If you were sending a form, look first whether it arrived.</p>
            <p>
              Try again in a minute. If it goes on, tell the people who run this portal
              {number && ` and give them this number: ${number}`}.
            </p>
            <p>
              <a href="/">Go to the start page</a>
            </p>
          </DeadEnd>
        </main>
      </body>
    </html>
  );
}
