import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { form, type ShownCheck } from "./form.tsx";

type KeepFormProps = {
  shown: ShownCheck;
  /** The address's query of the result. */
  situation: string;
  /** The hash of what is shown. */
  fingerprint: string;
};

/** Keeps the result with one press; the reader can add a note. */
export function KeepForm({ shown, situation, fingerprint }: KeepFormProps) {
  return (
    <section id="keep" aria-labelledby="keep-title" className="no-print">
      <Stack>
        <h2 id="keep-title">Keep this result</h2>
        <p>
          If somebody asks later why you did it, <Link href="/decisions">your kept results</Link> show the answer and
          its reasons as they are today. Only you see them, unless you share one.
        </p>
        {form.show(shown, { stored: { situation, fingerprint } })}
      </Stack>
    </section>
  );
}
