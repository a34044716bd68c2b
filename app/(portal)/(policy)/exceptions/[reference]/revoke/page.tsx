import type { Metadata } from "next";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { CommandFrame, readCommandPlace, type CommandPageProps } from "../command-page.tsx";
import { exceptionPath } from "../command-path.ts";
import { RequestInShort } from "../request-in-short.tsx";

const heading = (reference: string) => `Revoke ${reference}`;

export async function generateMetadata(props: CommandPageProps): Promise<Metadata> {
  return { title: (await readCommandPlace("revoke", heading, props)).title };
}

/** End an approved exception before its time. */
export default async function RevokePage(props: CommandPageProps) {
  const place = await readCommandPlace("revoke", heading, props);
  const { actor, view, refill } = place;
  const { reference } = view.exception;
  return (
    <CommandFrame place={place}>
      <Banner tone="warning" title="It ends at once">
        <p>
          From the moment you revoke it, it covers nobody, also in the middle of a job. Tell those whom it covers before
          you do. This cannot be undone.
        </p>
      </Banner>
      <RequestInShort view={view} />
      <PostForm actor={actor} action={`${exceptionPath(reference, "revoke")}/send`}>
        <TextField
          name="reason"
          label="Why do you revoke it?"
          hint="The person who asked reads this. It is kept as evidence."
          lines={5}
          defaultValue={refill.value("reason")}
          error={refill.errorOf("reason")}
        />
        <Button>Revoke</Button>
      </PostForm>
    </CommandFrame>
  );
}
