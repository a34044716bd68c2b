import type { Metadata } from "next";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { CommandFrame, readCommandPlace, type CommandPageProps } from "../command-page.tsx";
import { exceptionPath } from "../command-path.ts";

const heading = (reference: string) => `Withdraw ${reference}`;

export async function generateMetadata(props: CommandPageProps): Promise<Metadata> {
  return { title: (await readCommandPlace("withdraw", heading, props)).title };
}

/** Take a request, or an approved exception, back. */
export default async function WithdrawPage(props: CommandPageProps) {
  const place = await readCommandPlace("withdraw", heading, props);
  const { actor, view, refill } = place;
  const { reference } = view.exception;
  return (
    <CommandFrame place={place}>
      <p>
        {view.state === "approved"
          ? "The exception ends at once, for everyone it covers. The policy then applies in full. This cannot be undone."
          : "Nobody decides on it any more. This cannot be undone; you can ask anew."}
      </p>
      <PostForm actor={actor} action={`${exceptionPath(reference, "withdraw")}/send`}>
        <TextField
          name="reason"
          label="Why do you withdraw it?"
          lines={4}
          defaultValue={refill.value("reason")}
          error={refill.errorOf("reason")}
        />
        <Button>Withdraw</Button>
      </PostForm>
    </CommandFrame>
  );
}
