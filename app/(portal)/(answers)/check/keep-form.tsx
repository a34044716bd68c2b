import { randomUUID } from "node:crypto";
import { PostForm } from "#app/_portal/post-form.tsx";
import type { Refill } from "#app/_portal/form-values.ts";
import { Button } from "#app/_ui/button.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { LONGEST_WORDS } from "#domain/answers/receipt/receipt.ts";

type KeepFormProps = {
  actor: Actor;
  /** The address's query of the result. */
  situation: string;
  /** Of what is shown. */
  fingerprint: string;
  refill: Refill;
};

/** Keeps the result with one press; own words can be added. */
export function KeepForm({ actor, situation, fingerprint, refill }: KeepFormProps) {
  const words = refill.value("words");
  return (
    <section id="keep" aria-labelledby="keep-title" className="no-print">
      <Stack>
        <h2 id="keep-title">Keep this result</h2>
        <p>
          If somebody asks later why you did it, <Link href="/decisions">your kept results</Link> show the answer and
          its reasons as they are today. Only you see them, unless you share one.
        </p>
        <PostForm
          actor={actor}
          action="/decisions/send"
          hidden={{ situation, fingerprint, startKey: refill.value("startKey", randomUUID()) }}
        >
          <Disclosure summary="Add a note" open={words !== "" || refill.errorOf("words") !== undefined}>
            <TextField
              name="words"
              label="Your note"
              hint={`Why it was needed, for example. No copy of the message itself, and nothing sensitive. Up to ${LONGEST_WORDS} characters.`}
              lines={4}
              defaultValue={words}
              error={refill.errorOf("words")}
            />
          </Disclosure>
          <Button look="quiet">Keep this result</Button>
        </PostForm>
      </Stack>
    </section>
  );
}
