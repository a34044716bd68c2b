import { definePage, showPage } from "#app/_portal/form/form.tsx";
import { OwnHolds } from "#app/_portal/own-holds.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BackLink, LinkLine, PillLinks } from "#app/_ui/layout.tsx";
import { PrintButton } from "#app/_portal/print-button.tsx";
import { getEnv } from "#server/base/environment/env.ts";
import { getPolicy, type ReadablePolicy } from "#server/policy/policy/queries.ts";
import { STATE_WORDS } from "#app/_portal/status-words.ts";
import { Missing } from "#app/_ui/content.tsx";
import { assumptionWords } from "#app/(portal)/(policy)/_verdict/matrix-words.ts";
import { MatrixTable } from "#app/(portal)/(policy)/_verdict/matrix-table.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { viewMatrix } from "#domain/policy/decision/matrix.ts";
import { ownState } from "#domain/policy/decision/matrix-state.ts";
import { accidentClauses, governanceContact } from "#domain/policy/policy/accident.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { inOneSentence, questionFor } from "#domain/policy/policy/wording.ts";

const page = definePage({
  path: "/policies/[slug]/card",
  /** A policy that is no longer in force has no card: people would follow one on a wall. */
  async read({ actor, params }) {
    const policy = await getPolicy(actor, params.slug);
    return policy?.state === "withdrawn" ? null : policy;
  },
  heading: ({ view: { version, body } }) => `On one page: ${version.frontMatter.title}, ${body.shortName}`,
});

/** A policy on one sheet of paper, for a wall or folded for a wallet. */
const { generateMetadata, Page } = showPage(page, ({ actor, view: policy, query }) => {
  const size = [query["size"]].flat().at(-1) === "wallet" ? "wallet" : "wall";
  const { slug } = policy.version;
  return (
    <PortalPage actor={actor} section="policies" gap="loose">
      <div className="no-print space-y-4">
        <BackLink href={`/policies/${slug}`}>Back to the whole policy</BackLink>
        <PillLinks
          label="For what"
          items={[
            { href: `/policies/${slug}/card`, label: "For a wall", current: size === "wall" },
            { href: `/policies/${slug}/card?size=wallet`, label: "For a wallet", current: size === "wallet" },
          ]}
        />
        <p>{SIZE_WORDS[size]}</p>
        <PrintButton />
        {policy.isMine && (
          <LinkLine href="/offline">Keep the essentials on your phone, for when you are offline</LinkLine>
        )}
        {policy.isMine && <OwnHolds actor={actor} />}
      </div>
      <PolicyCard policy={policy} size={size} address={`${getEnv().appUrl}/policies/${slug}`} />
    </PortalPage>
  );
});
export { generateMetadata, Page as default };

const SIZE_WORDS = {
  wall: "It prints on one A4 page.",
  wallet: "It prints on one A4 page. Cut along the dashed line and fold twice.",
} as const;

type PolicyCardProps = {
  policy: ReadablePolicy;
  size: "wall" | "wallet";
  /** The address of the full policy, written out. */
  address: string;
};

/** In print: one page, whatever is on it, and the wallet card a quarter of its size, to be folded twice. */
const ON_PAPER = {
  wall: "print:border-0 print:p-0 print:text-[10.5pt] print:leading-[1.35] print:[--text-lead:12pt] print:[--text-small:8.5pt] print:[--text-title:20pt]",
  wallet:
    "print:w-[105mm] print:rounded-none print:border-[0.5pt] print:border-dashed print:border-ink print:p-[4mm] print:text-[6.5pt] print:leading-[1.25] print:[--text-lead:7.5pt] print:[--text-small:6pt] print:[--text-title:10pt]",
};

/** What people need from a policy when they send a message, and after a mistake. Fits on one page. */
function PolicyCard({ policy, size, address }: PolicyCardProps) {
  const { version, body, state, isPublished } = policy;
  const { title, effective } = version.frontMatter;
  const facts = [
    body.name,
    `version ${version.version}`,
    isPublished ? STATE_WORDS[state].toLowerCase() : "not published yet",
    effective && `from ${dateInWords(effective)}`,
  ];
  return (
    <article
      data-paper=""
      className={`space-y-5 rounded-card border border-line bg-raised p-5 sm:p-8 print:space-y-2 print:[page:card] ${ON_PAPER[size]}`}
    >
      <header className="space-y-1">
        <h1>{title}</h1>
        <p className="text-small text-soft">
          {facts.filter(Boolean).join(" · ")} {!effective && <Missing>No date of effect is stated</Missing>}
        </p>
      </header>
      <CardMatrix version={version} size={size} />
      <div className="grid gap-5 sm:grid-cols-2 print:grid-cols-2 print:gap-3">
        <section className="space-y-1.5">
          <h2>Ask yourself first</h2>
          <ol>
            {version.table.facts.map(({ name }) => (
              <li key={name}>{questionFor(version, name).ask}</li>
            ))}
          </ol>
        </section>
        <AfterMistake policy={policy} size={size} />
      </div>
      <p>
        The whole policy: <strong className="wrap-anywhere">{address}</strong>
      </p>
    </article>
  );
}

function CardMatrix({ version, size }: { version: PolicyVersion; size: PolicyCardProps["size"] }) {
  const view = viewMatrix(version.table, ownState(version.table, version.matrix));
  const [rows, columns] = [questionFor(version, view.rows.name), questionFor(version, view.columns.name)];
  const { assumptions } = assumptionWords(version, view);
  const when = assumptions.length > 0 ? ` This applies when ${inOneSentence(assumptions)}.` : "";
  return (
    <MatrixTable
      words={version.words}
      onCard={size}
      caption={`${columns.ask}${when}`}
      corner={rows.ask}
      columns={columns.answers.map(({ answer, label }) => ({ key: answer, label }))}
      rows={rows.answers.map(({ answer, label }, at) => ({
        key: answer,
        label,
        cells: (view.cells[at] ?? []).map(({ rule: { verdict } }) => ({ verdict })),
      }))}
    />
  );
}

/** Steps that apply everywhere first, then the policy's own; on a wallet card only their numbers, for lack of space. */
function AfterMistake({ policy: { version, body }, size }: Pick<PolicyCardProps, "policy" | "size">) {
  const officer = governanceContact(body.contacts);
  const clauses = accidentClauses(version);
  return (
    <section className="space-y-1.5">
      <h2>Shared something by mistake?</h2>
      <ol>
        <li>
          Before you delete anything, ask whether it must be kept:{" "}
          {officer ? (
            <>
              <strong>{officer.name}</strong>
              {officer.address && <span className="wrap-anywhere">, {officer.address}</span>}
            </>
          ) : (
            "ask your line manager who to ask"
          )}
          .
        </li>
        {clauses.length === 0 && (
          <li>Tell your line manager today what was shared, with whom, when, and in which app or tool.</li>
        )}
        {size === "wallet" && clauses.length > 0 && (
          <li>Then do what the policy says in {inOneSentence(clauses.map(({ id }) => id))}.</li>
        )}
      </ol>
      {size === "wall" && clauses.length > 0 && (
        <>
          <p>The policy says:</p>
          <ul className="list-none space-y-1">
            {clauses.map(({ id, text }) => (
              <li key={id}>
                <strong>{id}</strong> {text}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
