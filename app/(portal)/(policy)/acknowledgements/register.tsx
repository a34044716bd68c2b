import { ANSWER_WORDS } from "#app/_portal/answer-words.ts";
import { ANSWERED_COLUMNS, GivenOn } from "#app/_portal/given-on.tsx";
import { column, defineRegister } from "#app/_portal/register.tsx";
import { Link, VisuallyHidden } from "#app/_ui/layout.tsx";
import { getOwnAcknowledgementRegister, type GivenEntry } from "#server/policy/acknowledgement/queries.ts";

const momentOf = ({ givenAt, paper }: GivenEntry) => ({ givenAt, isOnPaper: paper !== null });

/** The reader's own answers to policies. */
export const acknowledgements = defineRegister<GivenEntry>({
  path: "/acknowledgements",
  file: "/acknowledgements/register.csv",
  caption: "Your answers",
  one: "answer",
  many: "answers",
  search: "Reference or policy",
  filters: { answer: { label: "Your answer", choices: ANSWER_WORDS } },
  orders: { newest: "Newest first", oldest: "Oldest first" },
  columns: {
    Policy: column.shown(
      ({ title, version }) => `${title}, version ${version}`,
      ({ title }) => title,
    ),
    Version: column.saved(({ version }) => `v${version}`),
    "Your answer": column.words(({ answer }) => ANSWER_WORDS[answer]),
    When: column.shown((entry) => <GivenOn {...momentOf(entry)} />),
    "Answered on": column.saved((entry) => ANSWERED_COLUMNS["Answered on"](momentOf(entry))),
    "On paper": column.saved((entry) => ANSWERED_COLUMNS["On paper"](momentOf(entry))),
    "Certificate or confirmation": column.shown(
      ({ reference, answer }) => (
        <Link href={`/acknowledgements/${reference}`}>
          {reference}
          <VisuallyHidden>{answer === "accepted" ? " certificate" : " confirmation"}</VisuallyHidden>
        </Link>
      ),
      ({ reference }) => reference,
    ),
    Reason: column.saved(({ reason }) => reason),
  },
  empty: "You have not answered a policy yet. Each answer appears here, with its certificate or confirmation.",
  read: getOwnAcknowledgementRegister,
});
