import type { Metadata } from "next";
import { getRequestProblem } from "#server/base/request/problem.ts";
import { ButtonLink } from "#app/_ui/button.tsx";
import { DeadEnd } from "#app/_ui/dead-end.tsx";
import { SiteFrame } from "#app/_ui/site-frame.tsx";
import { RequestNumber } from "./request-number.tsx";
import { SendAgain } from "./send-again.tsx";
import { problemWords } from "./words.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: problemWords(await getRequestProblem()).title };
}

/** The answer to a request that could not be served: it needs no script and no database (server/shell/http). */
export default async function ProblemPage() {
  const problem = await getRequestProblem();
  const { title, sentences } = problemWords(problem);
  const form = problem?.form ?? null;
  return (
    <SiteFrame account={null}>
      <DeadEnd title={title}>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        {form && !form.hasFile ? (
          <SendAgain form={form} />
        ) : problem?.appUrl ? (
          <ButtonLink href={problem.appUrl}>Open the portal</ButtonLink>
        ) : problem?.kind === "signed-out" ? (
          <ButtonLink href="/sign-in">Sign in</ButtonLink>
        ) : (
          <ButtonLink href="/">Go to the start page</ButtonLink>
        )}
        {problem && <RequestNumber id={problem.requestId} />}
      </DeadEnd>
    </SiteFrame>
  );
}
