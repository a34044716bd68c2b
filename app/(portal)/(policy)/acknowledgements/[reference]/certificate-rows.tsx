import { ANSWER_WORDS } from "#app/_portal/answer-words.ts";
import { GivenOn } from "#app/_portal/given-on.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { GROUND_WORDS } from "#domain/policy/acknowledgement/acknowledgement.ts";
import type { Certificate } from "#server/policy/acknowledgement/queries.ts";

const UNDERSTANDING_CHECKED = "Checked, with situations from the policy";

/** What, which version, when, who, which statement; and where this is in the journal, for those who check. */
export function CertificateRows({ certificate, person }: { certificate: Certificate; person: string }) {
  const { reference, title, bodyName, version, isDraft, correction, hash, answer, givenAt, paper } = certificate;
  const { statement, ground, reason, reply, repliedAt, evidence } = certificate;
  return (
    <Stack>
      <SummaryList
        rows={[
          { term: "Reference", value: reference },
          { term: "Answer", value: ANSWER_WORDS[answer] },
          { term: "Policy", value: `${title}, ${bodyName}` },
          { term: "Version", value: [version, isDraft && "a draft", correction].filter(Boolean).join(", ") },
          { term: "Given by", value: person },
          { term: "Given on", value: <GivenOn givenAt={givenAt} isOnPaper={paper !== null} /> },
          ...paperRows(certificate),
          ...(answer === "accepted"
            ? [
                { term: "Statement", value: <span className="block max-w-text">{statement.trim()}</span> },
                { term: "Understanding", value: understandingOf(certificate) },
              ]
            : []),
          ...(ground === null ? [] : [{ term: "You said", value: GROUND_WORDS[ground] }]),
          ...(reason === null ? [] : [{ term: "Your reason", value: <UserText>{reason}</UserText> }]),
          ...(reply === null || repliedAt === null
            ? []
            : [
                { term: "The policy owner's answer", value: <UserText>{reply}</UserText> },
                { term: "Answered on", value: <Moment at={repliedAt} /> },
              ]),
        ]}
      />
      <div className="max-w-text space-y-1 text-small wrap-anywhere text-soft">
        <p>To check it: the fingerprints are SHA-256, the time is in UTC.</p>
        <p>Version {hash}</p>
        <p>Time {(paper?.recordedAt ?? givenAt).toISOString()}</p>
        <p>
          {evidence ? (
            <>
              Evidence row {evidence.position}: {evidence.hash}
            </>
          ) : (
            <Missing>No evidence row was found</Missing>
          )}
        </p>
      </div>
    </Stack>
  );
}

/** Of an answer that was given on paper: who recorded it, where the paper is, and why. */
function paperRows({ paper, recordedBy }: Certificate) {
  if (!paper) return [];
  return [
    {
      term: "Recorded by",
      value: (
        <>
          {recordedBy ?? "Somebody who has left"}, <Moment at={paper.recordedAt} />
        </>
      ),
    },
    { term: "The paper is kept", value: <UserText>{paper.place}</UserText> },
    { term: "Why on paper", value: <UserText>{paper.why}</UserText> },
  ];
}

function understandingOf({ paper, understoodAt }: Certificate): string {
  if (paper) return "Not checked: it was given on paper";
  return understoodAt ? UNDERSTANDING_CHECKED : "Not checked";
}
