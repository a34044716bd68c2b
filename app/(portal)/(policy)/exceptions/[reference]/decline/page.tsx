import type { Metadata } from "next";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { CommandFrame, readCommandPlace, type CommandPageProps } from "../command-page.tsx";
import { exceptionPath } from "../command-path.ts";
import { RequestInShort } from "../request-in-short.tsx";

const heading = (reference: string) => `Decline ${reference}`;

export async function generateMetadata(props: CommandPageProps): Promise<Metadata> {
  return { title: (await readCommandPlace("decline", heading, props)).title };
}

/** Decline, and say why. */
export default async function DeclinePage(props: CommandPageProps) {
  const place = await readCommandPlace("decline", heading, props);
  const { actor, view, refill } = place;
  const { reference, revision } = view.exception;
  return (
    <CommandFrame place={place}>
      <RequestInShort view={view} />
      <PostForm actor={actor} action={`${exceptionPath(reference, "decline")}/send`} hidden={{ revision }}>
        <TextField
          name="reason"
          label="Why do you decline it?"
          hint="The person who asked reads this. Say what they can do instead. It is kept as evidence."
          lines={6}
          defaultValue={refill.value("reason")}
          error={refill.errorOf("reason")}
        />
        <Button>Decline</Button>
      </PostForm>
    </CommandFrame>
  );
}
