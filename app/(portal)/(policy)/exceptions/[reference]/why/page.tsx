import type { Metadata } from "next";
import { EditingPage, readEditing, type EditingProps } from "#app/_exception/request-form-page.tsx";
import { policyOf } from "#app/_exception/policy-of.ts";
import { SaveButtons } from "#app/_exception/save-buttons.tsx";
import { sendPath } from "#app/_exception/section-path.ts";
import { Situation } from "#app/_exception/situation.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { LONGEST_REQUEST_TEXT, SECTION_WORDS } from "#domain/policy/exception/request.ts";
import { ClauseChoice } from "./clause-choice.tsx";

const LABELS = {
  justification: "What do you want to do, and why?",
  whyNoChannel: "Why will no approved channel do?",
  dataInvolved: "What information is involved?",
} as const;

export async function generateMetadata(props: EditingProps): Promise<Metadata> {
  const { refill, exception } = await readEditing(props, "why");
  return { title: `${refill.titlePrefix}${SECTION_WORDS.why}, ${exception.reference}` };
}

/** The first part of a request: the reason, the information involved, and the clauses to depart from. */
export default async function WhyPage(props: EditingProps) {
  const editing = await readEditing(props, "why");
  const { actor, exception, refill, isFromCheck } = editing;
  const { policy, version } = await policyOf(actor, exception);
  const current = policy?.current ?? version;
  const channels = policy?.body.channels.map(({ name }) => name).join(", ");
  const field = (name: keyof typeof LABELS) => ({
    ...{ name, label: LABELS[name], defaultValue: refill.value(name, exception[name]), error: refill.errorOf(name) },
  });
  return (
    <EditingPage editing={editing} title={SECTION_WORDS.why} section="why" labels={LABELS}>
      <PostForm actor={actor} action={sendPath(exception.reference, "why", isFromCheck)}>
        <p>Write so that somebody who does not know your work can decide. Up to {count} characters in each field.</p>
        <TextField {...field("justification")} lines={6} hint="What you would send, to whom, and what depends on it." />
        <TextField
          {...field("whyNoChannel")}
          lines={4}
          hint={channels ? `Approved channels: ${channels}.` : "The policy names no approved channel."}
        />
        <TextField
          {...field("dataInvolved")}
          lines={4}
          hint="What kind, whose, and how sensitive. Do not copy the information itself in here."
        />
        <Disclosure summary="The situation you ask for">
          <Situation version={version} situation={exception.situation} />
          <p>To ask for another situation, check that message first, and start from its answer.</p>
        </Disclosure>
        {current && <ClauseChoice version={current} exception={exception} refill={refill} />}
        <SaveButtons />
      </PostForm>
    </EditingPage>
  );
}

const count = LONGEST_REQUEST_TEXT.toLocaleString("en-GB");
