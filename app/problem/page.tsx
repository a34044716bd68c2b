import type { Metadata } from "next";
import { Button, ButtonLink, Disclosure } from "../_ui/layout.tsx";
import { BrandedFrame } from "#app/_portal/branded-frame.tsx";
import { DeadEnd, UserText } from "../_ui/content.tsx";
import { getRequestProblem, type RequestProblem } from "#server/base/request/problem.ts";
import { problemWords } from "./words.ts";

export const generateMetadata = async (): Promise<Metadata> => ({
  title: problemWords(await getRequestProblem()).title,
});

/** The answer to a request that could not be served: it needs no script and no database (server/shell/http). */
export default async function ProblemPage() {
  const problem = await getRequestProblem();
  const { title, sentences } = problemWords(problem);
  const form = problem?.form ?? null;
  return (
    <BrandedFrame account={null}>
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
    </BrandedFrame>
  );
}

/** Helps whoever runs the portal to find the line in its log. */
const RequestNumber = ({ id }: { id: string }) => (
  <p className="text-soft">
    If you ask for help, give this number: <strong className="tabular-nums">{id}</strong>
  </p>
);

/**
 * A complete form that could not be processed, to be sent again unchanged: its own key ensures that it is done once.
 */
function SendAgain({ form }: { form: NonNullable<RequestProblem["form"]> }) {
  // Text that people wrote; numbers and codes would mean nothing to a reader.
  const texts = form.fields.filter(({ value }) => /\S\s+\S/.test(value));
  return (
    <>
      <form method="post" action={form.action} className="space-y-5">
        {form.fields.map(({ name, value }, index) => (
          <input key={index} type="hidden" name={name} value={value} />
        ))}
        <Button>Send it again</Button>
      </form>
      {texts.length > 0 && (
        <Disclosure summary="What you typed">
          {texts.map(({ value }, index) => (
            <UserText key={index}>{value}</UserText>
          ))}
        </Disclosure>
      )}
    </>
  );
}
