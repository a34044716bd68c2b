import type { RequestProblem } from "#server/base/request/problem.ts";
import { Button } from "#app/_ui/button.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { UserText } from "#app/_ui/user-text.tsx";

/**
 * A complete form that could not be processed, to be sent again unchanged: its own key ensures that it is done once.
 */
export function SendAgain({ form }: { form: NonNullable<RequestProblem["form"]> }) {
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
