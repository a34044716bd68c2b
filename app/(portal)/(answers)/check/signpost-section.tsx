import { CopyText } from "#app/_ui/copy-text.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Link } from "#app/_ui/link.tsx";
import type { SignpostOffer } from "#domain/policy/decision/offer.ts";
import { writeQuery, type References } from "#domain/policy/decision/wizard.ts";
import type { Signpost } from "#domain/policy/policy/known-answer.ts";

type Props = {
  slug: string;
  offer: SignpostOffer;
  signpost: Signpost;
  /** Records that give some of the answers. */
  references: References;
};

/** Texts to copy that only point to something sent another way, and a warning about what they must not contain. */
export function SignpostSection({ slug, offer, signpost, references }: Props) {
  const texts = <Texts signpost={signpost} />;
  if (offer.kind === "this") return <Disclosure summary="A text you can use">{texts}</Disclosure>;
  const href = `/check?${writeQuery(slug, offer.answers, { references })}`;
  return (
    <Disclosure summary="Or tell them where it is">
      <p>
        Send it another way, and then a short message that only says so.{" "}
        {offer.isCertain ? "The policy lets you do that: " : "Whether you may depends on a little more: "}
        <Link href={href}>{offer.isCertain ? "see how" : "check it"}</Link>.
      </p>
      {texts}
    </Disclosure>
  );
}

function Texts({ signpost: { texts, warning } }: { signpost: Signpost }) {
  return (
    <>
      <p>
        <strong>{warning}</strong>
      </p>
      {texts.map((text, at) => (
        <CopyText
          key={text}
          id={`signpost-${at + 1}`}
          label={texts.length === 1 ? "To copy" : `To copy, ${at + 1} of ${texts.length}`}
          text={text}
          lines={2}
        />
      ))}
    </>
  );
}
