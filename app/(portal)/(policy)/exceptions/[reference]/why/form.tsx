import { policyOf } from "#app/(portal)/(policy)/_exception/policy-of.ts";
import { sectionForm, sectionPage } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import { Situation } from "#app/(portal)/(policy)/_exception/situation.tsx";
import { custom, text } from "#app/_portal/form/field.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { LONGEST_REQUEST_TEXT, SECTION_WORDS } from "#domain/policy/exception/request.ts";
import { channelsOn } from "#domain/policy/policy/body.ts";
import { saveWhy } from "#server/policy/exception/draft-service.ts";
import { getToday } from "#server/policy/exception/queries.ts";
import { ClauseChoice } from "./clause-choice.tsx";

const labels = {
  justification: "What do you want to do, and why?",
  whyNoChannel: "Why will no approved channel do?",
  dataInvolved: "What information is involved?",
};

const page = sectionPage({ path: "/exceptions/[reference]/why", heading: SECTION_WORDS.why, section: "why", labels });

/** The first part of a request: the reason, the information involved, and the clauses to depart from. */
export const { generateMetadata, Page, GET, POST } = sectionForm(page, {
  fields: {
    justification: text(labels.justification, {
      hint: "What you would send, to whom, and what depends on it.",
      lines: 6,
    }),
    whyNoChannel: text(labels.whyNoChannel, { lines: 4 }),
    dataInvolved: text(labels.dataInvolved, {
      hint: "What kind, whose, and how sensitive. Do not copy the information itself in here.",
      lines: 4,
    }),
    clauses: custom((sent) =>
      Object.keys(sent.values).flatMap((name) => (name.startsWith("clauses") ? sent.all(name) : [])),
    ),
  },
  stored: ({ view }) => view.exception,
  async body({ actor, view: { exception }, formState, field }) {
    const { policy, version } = await policyOf(actor, exception);
    const current = policy?.current ?? version;
    const channels = policy ? channelsOn(policy.body, getToday()).map(({ name }) => name) : [];
    const approved =
      channels.length > 0 ? `Approved channels: ${channels.join(", ")}.` : "The policy names no approved channel.";
    return (
      <>
        <p>
          Write so that somebody who does not know your work can decide. Up to{" "}
          {LONGEST_REQUEST_TEXT.toLocaleString("en-GB")} characters in each field.
        </p>
        {field("justification")}
        {field("whyNoChannel", { hint: approved })}
        {field("dataInvolved")}
        <Disclosure summary="The situation you ask for">
          <Situation version={version} situation={exception.situation} />
          <p>To ask for another situation, check that message first, and start from its answer.</p>
        </Disclosure>
        {current && <ClauseChoice version={current} exception={exception} formState={formState} />}
      </>
    );
  },
  save: ({ actor, reference, values, isLater }) => saveWhy(actor, reference, values, isLater),
});
