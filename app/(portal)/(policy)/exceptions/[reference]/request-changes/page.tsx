import type { Metadata } from "next";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { SECTION_WORDS, REQUEST_SECTIONS } from "#domain/policy/exception/request.ts";
import { CommandFrame, readCommandPlace, type CommandPageProps } from "../command-page.tsx";
import { exceptionPath } from "../command-path.ts";
import { RequestInShort } from "../request-in-short.tsx";

const heading = (reference: string) => `Ask for changes to ${reference}`;

export async function generateMetadata(props: CommandPageProps): Promise<Metadata> {
  return { title: (await readCommandPlace("request-changes", heading, props)).title };
}

/** Send a request back: why, and what to change in which part. */
export default async function RequestChangesPage(props: CommandPageProps) {
  const place = await readCommandPlace("request-changes", heading, props);
  const { actor, view, refill } = place;
  const { reference, revision } = view.exception;
  return (
    <CommandFrame place={place}>
      <RequestInShort view={view} />
      <PostForm actor={actor} action={`${exceptionPath(reference, "request-changes")}/send`} hidden={{ revision }}>
        <TextField
          name="reason"
          label="What has to change, and why?"
          hint="The person who asked reads this, changes the request and sends it again."
          lines={5}
          defaultValue={refill.value("reason")}
          error={refill.errorOf("reason")}
        />
        <Stack as="section">
          <h2>Part by part</h2>
          <p>Write only where something has to change.</p>
          {REQUEST_SECTIONS.map((section) => (
            <TextField
              key={section}
              name={`comment-${section}`}
              label={SECTION_WORDS[section]}
              lines={3}
              defaultValue={refill.value(`comment-${section}`)}
              error={refill.errorOf(`comment-${section}`)}
            />
          ))}
        </Stack>
        <Button>Ask for changes</Button>
      </PostForm>
    </CommandFrame>
  );
}
