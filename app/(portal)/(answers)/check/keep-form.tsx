import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Link } from "#app/_ui/link.tsx";
import { form, type ShownCheck } from "./form.tsx";

type KeepFormProps = {
  shown: ShownCheck;
  /** The address's query of the result. */
  situation: string;
  /** The hash of what is shown. */
  fingerprint: string;
};

/** Keeps the result with one press; the reader can add a note. Open if it could not be kept as it was sent. */
export function KeepForm({ shown, situation, fingerprint }: KeepFormProps) {
  return (
    <Disclosure id="keep" summary="Keep it" onPaper={false} open={shown.formState.isReturned}>
      <p>
        If somebody asks later why you did it, <Link href="/decisions">your kept results</Link> show the answer and its
        reasons as they are today. Only you see them, unless you share one.
      </p>
      {form.show(shown, { stored: { situation, fingerprint } })}
    </Disclosure>
  );
}
