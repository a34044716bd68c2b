import type { Metadata } from "next";
import { connection } from "next/server";
import { ButtonLink } from "../_ui/button.tsx";
import { DeadEnd } from "../_ui/dead-end.tsx";
import { SiteFrame } from "../_ui/site-frame.tsx";

export const metadata: Metadata = { title: "Something went wrong" };

/** What a page that failed shows where error.tsx cannot: without JavaScript (scripts/readable-errors.mjs). */
export default async function ProblemPage() {
  await connection();
  return (
    <SiteFrame account={null}>
      <DeadEnd title="Something went wrong">
        <p>This is our fault, not yours. If you were sending a form, look first whether it arrived.</p>
        <p>Load the page again in a minute. If it goes on, tell the people who run this portal.</p>
        <ButtonLink href="/">Go to the start page</ButtonLink>
      </DeadEnd>
    </SiteFrame>
  );
}
