import type { FieldSet } from "#app/_portal/form/field.tsx";
import {
  defineFormPage,
  definePage,
  derive,
  type Form,
  type FormDefinition,
  type Page,
  type PageDefinition,
  type Query,
  refused,
  type Sent,
  type Shown,
  type TypedParams,
} from "#app/_portal/form/form.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Banner, DeadEnd, ErrorSummary, SummaryList, UserText } from "#app/_ui/content.tsx";
import type { RequestSection } from "#domain/policy/exception/request.ts";
import type { DraftResult } from "#server/policy/exception/draft-service.ts";
import {
  getException,
  type ExceptionView,
  type ExceptionRecord,
  type StepRecord,
} from "#server/policy/exception/queries.ts";
import { BackLink, Button, ButtonLink, Cluster, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import { EXCEPTION_STATE_WORDS } from "#domain/policy/exception/state.ts";

export type SectionPath = `/exceptions/[reference]/${string}`;

export const CLOSED = refused(
  "This request has been sent or decided since you opened it. What you typed was not saved.",
);

type Labels = Readonly<Record<string, string>>;
type Definition<Path extends SectionPath> = PageDefinition<Path, ExceptionView>;

interface SectionPage<Path extends SectionPath> extends Pick<Definition<Path>, "path" | "heading"> {
  /** A way back other than to the list of parts or the check page. */
  back?(given: BackGiven): { href: string; label: string } | undefined;
  /** The part that the page is about, for a decider's comments on it. */
  section?: RequestSection;
  /** The title in the browser's tab; by default the heading and the reference. */
  title?: Definition<Path>["title"];
  /** Fields of the form and their labels, for what was typed but could no longer be saved. */
  labels?: Labels;
  /** Whether the request has what the page is about. */
  isThere?(shown: Shown<ExceptionView, Path>): boolean;
}

/**
 * A page of a request's form, for its requester: 404 for anybody else. If the request can no longer be changed, it
 * shows its state and what was typed. A page reached from the check page leads back there.
 */
export function sectionPage<Path extends SectionPath>(definition: SectionPage<Path>): Page<Path, ExceptionView> {
  const { path, heading, section, labels = {} } = definition;
  return definePage<Path, ExceptionView>({
    path,
    reference: "EX",
    suffix: fromCheck,
    async read(visit) {
      const view = await getOwnRequest(visit);
      return view && (definition.isThere?.({ ...visit, view }) ?? true) ? view : null;
    },
    heading,
    title: definition.title ?? ((shown) => `${derive(heading, shown)}, ${shown.view.exception.reference}`),
    frame({ actor, view, formState, query }, words, children) {
      const comment = section && askedChanges(view.exception)?.comments[section];
      const label = isFromCheck(query) ? "Back to your answers" : "Back to the parts";
      const back = definition.back?.({ view, query }) ?? { href: backPath({ view, query }), label };
      return (
        <PortalPage actor={actor} section="exceptions">
          {isOpen(view) ? (
            <Stack gap="loose">
              <BackLink href={back.href}>{back.label}</BackLink>
              <ErrorSummary errors={[...formState.problems]} />
              <PageHeading kicker={view.exception.reference}>{words}</PageHeading>
              {comment && (
                <Banner tone="warning" title="You were asked to change this part">
                  <UserText>{comment}</UserText>
                </Banner>
              )}
              {children}
            </Stack>
          ) : (
            <ClosedPage view={view} formState={formState} labels={labels} />
          )}
        </PortalPage>
      );
    },
  });
}

interface SectionForm<Path extends SectionPath, Fields extends FieldSet> extends Pick<
  FormDefinition<Path, ExceptionView, Fields, unknown>,
  "fields" | "stored" | "body"
> {
  /** "Save and continue" and "Save and come back later", unless it has other buttons. */
  button?: React.ReactNode;
  /** Where "Save and continue" leads, below the request; by default the list of parts. */
  next?: string;
  /** @param isLater nothing has to be complete yet */
  save(
    sent: Sent<Path, Fields> & { reference: string; exception: ExceptionView["exception"]; isLater: boolean },
  ): Promise<SectionResult>;
}

/** The result for what a form sent; `to`: where to go next, unless the person comes back later. */
export type SectionResult = DraftResult | Awaited<ReturnType<Form<SectionPath, unknown>["receive"]>>;

/** The form of such a page. If the request can't be changed any more, what was sent is shown again, to be copied. */
export function sectionForm<Path extends SectionPath, Fields extends FieldSet>(
  page: Page<Path, ExceptionView>,
  { fields, stored, body, button = <SaveButtons />, next = "", save }: SectionForm<Path, Fields>,
) {
  const isLater = ({ form }: Sent<Path, Fields>) => form.text("then") === "later";
  return defineFormPage<Path, ExceptionView, Fields, SectionResult>(page, {
    fields,
    ...(stored && { stored }),
    ...(body && { body }),
    button,
    async submit(sent) {
      const view = await getOwnRequest(sent);
      if (!view) return null;
      if (!isOpen(view)) return CLOSED;
      const { exception } = view;
      return save({ ...sent, reference: exception.reference, exception, isLater: isLater(sent) });
    },
    done(result, sent) {
      if (!result.ok) return CLOSED;
      if (isLater(sent)) return "/exceptions";
      const { reference = "" }: TypedParams = sent.params;
      return `/exceptions/${reference}${isFromCheck(sent.query) ? "/check" : next}`;
    },
  });
}

/** The request that an address is about, if the actor is its requester. */
async function getOwnRequest({ actor, params }: Pick<Shown<unknown, string>, "actor"> & { params: TypedParams }) {
  const view = await getException(actor, params["reference"] ?? "");
  return view?.capacities.includes("requester") ? view : null;
}

/** Whether its requester can change a request. */
export const isOpen = ({ commands }: ExceptionView): boolean => commands.includes("edit");

const isFromCheck = ({ from }: Query): boolean => from === "check";

/** The part of a page's query that says that it was reached from the check page. */
export const fromCheck = (query: Query): string => (isFromCheck(query) ? "?from=check" : "");

type BackGiven = Pick<Shown<ExceptionView, SectionPath>, "view" | "query">;

/** Where "Back" leads: to the list of parts, or to the check page. */
export const backPath = ({ view, query }: BackGiven): string =>
  `/exceptions/${view.exception.reference}${isFromCheck(query) ? "/check" : ""}`;

/** The same for the pages of one risk. */
export const backToRisks = ({ view, query }: BackGiven) =>
  isFromCheck(query)
    ? undefined
    : { href: `/exceptions/${view.exception.reference}/risks`, label: "Back to the risks" };

/** How to leave a part of the form: saved and complete, or saved as far as it goes. */
const SaveButtons = () => (
  <Cluster>
    <Button name="then" value="continue">
      Save and continue
    </Button>
    <Button look="quiet" name="then" value="later">
      Save and come back later
    </Button>
  </Cluster>
);

/** The changes that a decider asked for, until the request is sent again; undefined if there are none. */
export const askedChanges = ({ state, steps }: Pick<ExceptionRecord, "state" | "steps">): StepRecord | undefined =>
  state === "changes-requested" ? steps.findLast(({ command }) => command === "request-changes") : undefined;

/** For a tab that is too late: the current state, and what was typed, to be copied. */
function ClosedPage(props: Pick<Shown<ExceptionView, string>, "view" | "formState"> & { labels: Labels }) {
  const { view, formState, labels } = props;
  const { reference } = view.exception;
  const typed = Object.entries(labels).flatMap(([field, label]) => {
    const text = formState.isReturned ? formState.value(field) : "";
    return text ? [{ term: label, value: <UserText>{text}</UserText> }] : [];
  });
  return (
    <DeadEnd title="You cannot change this request now">
      <p>
        {reference} is no longer a draft. Its state is: <strong>{EXCEPTION_STATE_WORDS[view.state]}</strong>.
      </p>
      <div>
        <ButtonLink href={`/exceptions/${reference}`}>See the request</ButtonLink>
      </div>
      {typed.length > 0 && (
        <PageSection title="What you typed">
          <p>It was not saved. Copy what you still need.</p>
          <SummaryList rows={typed} />
        </PageSection>
      )}
    </DeadEnd>
  );
}
