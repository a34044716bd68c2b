import type { FormState } from "#app/_portal/form-state.ts";
import { Link } from "#app/_ui/layout.tsx";
import type { ChatReading } from "#domain/registers/group/chat-answer.ts";
import { Banner, UserText } from "#app/_ui/content.tsx";

/** Says that an answer in the address is not offered, because no activity is declared. */
export const Withheld = ({ isMine }: { isMine: boolean }) => (
  <Banner title="One answer was left out">
    {isMine ? (
      <p>
        No <Link href="/continuity">business continuity activity</Link> is declared now, so that answer is not offered.
      </p>
    ) : (
      <p>A business continuity activity of another body is declared there, so that answer is not offered here.</p>
    )}
  </Banner>
);

/** Says that the address names a chat which is not an approved group of the reader's in the register. */
export const ChatLeftOut = ({ leftOut }: { leftOut: NonNullable<ChatReading["leftOut"]> }) =>
  leftOut === "unnamed" ? (
    <Banner title="Say which group it is">
      <p>The portal looks up approved groups in the group register.</p>
    </Banner>
  ) : (
    <Banner title="The group was left out">
      <p>
        The address names a group that you are not in, or that is not approved. See{" "}
        <Link href="/groups">your groups</Link>.
      </p>
    </Banner>
  );

/** Says that a result was not kept because more is asked now, with the note written for it. */
export const NotKept = ({ formState }: { formState: FormState }) => (
  <Banner tone="warning" title="Your result was not kept">
    <p>What the answer rests on has changed since you saw it. More is asked now.</p>
    {formState.value("words") !== "" && (
      <>
        <p>Your note is kept for the result:</p>
        <UserText>{formState.value("words")}</UserText>
      </>
    )}
  </Banner>
);

/** Says that a photo consent in the address was left out, so that the question about people is asked again. */
export const ConsentLeftOut = () => (
  <Banner title="A photo consent was left out">
    <p>
      The address named one that you did not record, or that has ended or was withdrawn. It answers nothing. See{" "}
      <Link href="/photos">your photo consents</Link>.
    </p>
  </Banner>
);
