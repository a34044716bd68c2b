import { defineForm, definePage, refused, type Shown, showPage } from "#app/_portal/form/form.tsx";
import { shownOnce } from "#app/_portal/shown-once.ts";
import { BackLink, Button, Cluster, Lines, LinkLine, PrintHint, Stack } from "#app/_ui/layout.tsx";
import { keepToShow } from "#server/access/shown-once/service.ts";
import { getReceipt, type ReceiptView, type Sharing, type TodayView } from "#server/answers/receipt/queries.ts";
import { changeReceipt, markSeen, type ReceiptCommand } from "#server/answers/receipt/service.ts";
import { CorruptBanner } from "#app/(portal)/(answers)/_receipt/corrupt-banner.tsx";
import { PrintedReceipt } from "#app/(portal)/(answers)/_receipt/printed-receipt.tsx";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { OwnHolds } from "#app/_portal/own-holds.tsx";
import { Moment, PortalPage } from "#app/_portal/portal-page.tsx";
import { Banner, Confirmation, CopyText, ErrorSummary, Quotation } from "#app/_ui/content.tsx";
import { writeQuery } from "#domain/policy/decision/wizard.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { onlyWord } from "#domain/policy/decision/verdict.ts";

export const KEPT = "You have kept this result";

interface View extends ReceiptView {
  isDone: boolean;
  /** The secret of a link that was just made, to be shown only once. */
  link: string | null;
}

/** A decision receipt: for whoever kept it, and for their line manager if it is shared. */
export const page = definePage({
  path: "/decisions/[reference]",
  reference: "DEC",
  async read({ actor, params, query: { done, link } }): Promise<View | null> {
    const view = await getReceipt(actor, params.reference);
    if (!view) return null;
    const isDone = Boolean(done) && view.reader === "owner" && view.content !== null;
    return { ...view, isDone, link: await shownOnce(actor, link) };
  },
  heading: ({ view: { isDone, content, reference } }) => {
    if (isDone) return KEPT;
    return content ? `${content.sentence} Receipt ${reference}` : `Receipt ${reference}`;
  },
});

export type ShownReceipt = Shown<View, "/decisions/[reference]">;

export const shareForm = commandForm("share-with-manager", "Share with my line manager");
export const unshareForm = commandForm("unshare-with-manager", "Stop sharing with my line manager");
export const makeLinkForm = commandForm("make-link", "Make a link");
export const revokeLinkForm = commandForm("revoke-link", "Take the link back");

/** What the owner of a receipt can do with it at the press of a button. */
function commandForm(command: ReceiptCommand, words: string) {
  return defineForm(page, {
    do: command,
    fields: {},
    button: ({ view }) => (
      <Button look="quiet">{command === "make-link" && view.sharing?.linkMadeAt ? "Make a new link" : words}</Button>
    ),
    submit: ({ actor, params }) => changeReceipt(actor, params.reference, command),
    async done(result, { actor, path }) {
      if (result.code === "no-manager")
        return refused("Nobody else manages your team now, so it was not shared.", "sharing");
      return `${path}${result.link === null ? "" : `?link=${await keepToShow(actor, result.link)}`}#sharing`;
    },
  });
}

export const { generateMetadata, Page } = showPage(page, async (shown) => {
  const { actor, view, formState } = shown;
  const { reference, reader, content, ofItsDay, version, sharing, today, isDone } = view;
  if (today?.kind === "run" && today.today.kind !== "same" && (await isLookedAt()))
    await markSeen(actor, { reference });
  return (
    <PortalPage actor={actor} gap="loose">
      <div className="no-print space-y-4">
        {!isDone && <BackLink href="/decisions">{reader === "owner" ? "Your kept results" : "Kept results"}</BackLink>}
        <ErrorSummary errors={[...formState.problems]} />
        {isDone && (
          <Confirmation title={KEPT} reference={reference}>
            <p>Only you can see it. You find it in “Your kept results”, from the start page.</p>
          </Confirmation>
        )}
        <CorruptBanner ofItsDay={ofItsDay} version={version} />
        {content && <OwnHolds actor={actor} beside={content.obligations.map(({ text }) => text).join(" ")} />}
        {today?.kind === "run" && today.today.kind === "different" && today.content && (
          <Banner tone="warning" title={`This would be different now: ${today.content.sentence}`}>
            <p>
              <a href="#again">See what changed</a>
            </p>
          </Banner>
        )}
      </div>
      <PrintedReceipt view={view} headingLevel={isDone ? 2 : 1} />
      <PrintHint />
      <ReceiptRerun view={view} />
      {sharing && <SharingForms shown={shown} sharing={sharing} />}
    </PortalPage>
  );
});

/** The receipt decided again whenever its page is opened: under the rules of its day, and under today's. */
function ReceiptRerun({ view }: { view: ReceiptView }) {
  const { ofItsDay, version, verdict, today } = view;
  return (
    <section id="again" aria-labelledby="again-title" className="no-print space-y-4">
      <h2 id="again-title">Run again just now</h2>
      <Stack gap="tight">
        <h3>Under the rules of its day</h3>
        {ofItsDay === "same" ? (
          <p>
            The same answer: <VerdictWord verdict={verdict} words={onlyWord(verdict, view.content?.verdictWord)} />.
            Version {version}, as it was published, gives it for these answers, and the receipt matches its seal.
          </p>
        ) : (
          <CorruptBanner ofItsDay={ofItsDay} version={version} />
        )}
      </Stack>
      {today && (
        <Stack gap="tight">
          <h3>Under today’s rules</h3>
          <TodayWords today={today} view={view} />
        </Stack>
      )}
    </section>
  );
}

function TodayWords({ today, view }: { today: TodayView; view: ReceiptView }) {
  if (today.kind === "none") return <p>No version of this policy applies today.</p>;
  const { policy, content, answers, questions, dropped } = today;
  const { slug, version } = policy.version;
  const wizard = `/check?${writeQuery(slug, answers)}`;
  const left = view.content?.answers.filter(({ fact }) => dropped.includes(fact)) ?? [];
  return (
    <>
      {left.map(({ fact, ask, label, source }) => (
        <p key={fact}>
          The answer “{label}” to “{ask}” is not offered now
          {source.kind === "continuity" ? ": no business continuity activity is declared." : "."}
        </p>
      ))}
      {today.today.kind === "more" && (
        <>
          <p>Version {version} asks for more before it answers:</p>
          <Lines lines={questions} />
          <LinkLine href={wizard}>Answer the rest; your other answers are carried over</LinkLine>
        </>
      )}
      {today.today.kind === "same" && content && (
        <>
          <p>The same today, under version {version}.</p>
          {ids(content.clauses) !== ids(view.content?.clauses ?? []) && (
            <p>It rests on clauses {ids(content.clauses)} now.</p>
          )}
        </>
      )}
      {today.today.kind === "different" && content && (
        <>
          <p>
            <strong>This would be different now: {content.sentence}</strong>
          </p>
          {today.today.from !== today.today.to && (
            <p>
              It was{" "}
              <VerdictWord verdict={today.today.from} words={onlyWord(today.today.from, view.content?.verdictWord)} />.
              Under version {version} it is <VerdictWord verdict={today.today.to} words={policy.version.words} />.
            </p>
          )}
          <Changes title="You must also" lines={today.today.added} />
          <Changes title="You no longer must" lines={today.today.removed} />
          {content.clauses.map(({ id, text }) => (
            <Quotation
              key={id}
              number={id}
              link={{ href: `/policies/${slug}#${clauseAnchor(id)}`, label: `Read clause ${id}` }}
            >
              {text}
            </Quotation>
          ))}
          <LinkLine href={wizard}>See the whole answer of today</LinkLine>
        </>
      )}
    </>
  );
}

const Changes = ({ title, lines }: { title: string; lines: readonly string[] }) =>
  lines.length === 0 ? null : (
    <div>
      <p>{title}:</p>
      <Lines lines={lines} />
    </div>
  );

const ids = (clauses: readonly { id: string }[]): string => clauses.map(({ id }) => id).join(", ");

/** Who else may read a receipt, and how to change that. */
function SharingForms({ shown, sharing }: { shown: ShownReceipt; sharing: Sharing }) {
  const { reference, link } = shown.view;
  const { manager, isWithManager, linkMadeAt } = sharing;
  return (
    <section id="sharing" aria-labelledby="sharing-title" className="no-print space-y-5">
      <h2 id="sharing-title">Who can read it</h2>
      <p>
        {isWithManager || linkMadeAt
          ? "Anyone who can read it sees all of it, including your note. They do not see how it runs under today’s rules."
          : "Only you. If you share it, others see all of it, including your note. You can take that back at any time."}
      </p>
      <Stack gap="tight">
        <h3>Your line manager</h3>
        {isWithManager ? (
          <>
            <p>
              {manager
                ? `${manager}, who manages your team now, can read it.`
                : "It is shared, and nobody else manages your team now."}
            </p>
            {unshareForm.show(shown)}
          </>
        ) : manager ? (
          <>
            <p>
              {manager} manages your team now. If somebody else takes over, they can read it and {manager} no longer
              can.
            </p>
            {shareForm.show(shown)}
          </>
        ) : (
          <p>The directory names nobody else who manages your team.</p>
        )}
      </Stack>
      <Stack gap="tight">
        <h3>People with a link</h3>
        {linkMadeAt ? (
          <>
            {link === null ? (
              <p>
                You made a link on <Moment at={linkMadeAt} />. We showed it once and cannot show it again. If you have
                lost it, make a new one. The earlier one then stops working.
              </p>
            ) : (
              <>
                <CopyText
                  id="link"
                  label="The link, to copy"
                  text={`${getEnv().appUrl}/decisions/shared/${link}`}
                  lines={2}
                />
                <p>
                  Copy it now: we show it only once. It opens for people of your body who are signed in, and for nobody
                  else.
                </p>
              </>
            )}
            <Cluster>
              {makeLinkForm.show(shown)}
              {revokeLinkForm.show(shown)}
            </Cluster>
          </>
        ) : (
          makeLinkForm.show(shown)
        )}
      </Stack>
      <LinkLine href={`/decisions/${reference}/delete`}>Delete this receipt</LinkLine>
    </section>
  );
}
