import { notFound } from "next/navigation";
import { cache, type ReactNode } from "react";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { refillFor, type Refill } from "#app/_portal/form-values.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { RequestSection } from "#domain/policy/exception/request.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { getException, type ExceptionRecord, type ExceptionView } from "#server/policy/exception/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { askedChanges } from "./requested-changes.ts";
import { ClosedPage } from "./closed-page.tsx";
import { sectionPath } from "./section-path.ts";

export type EditingProps = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What a page of the request's form works on. */
export interface Editing {
  actor: Actor;
  exception: ExceptionRecord;
  view: ExceptionView;
  /** False where it can't be changed any more. */
  isOpen: boolean;
  refill: Refill;
  /** The page's address without what was kept. */
  path: string;
  /** Whether the page was reached from the check page, and leads back there. */
  isFromCheck: boolean;
  /** Where "Back" leads. */
  back: string;
  /** The same on the pages of one risk. */
  backToRisks: { href: string; label: string } | undefined;
}

const viewOf = cache(getException);

/** The actor's own request for a page below it, such as "why"; nobody else finds the page. */
export async function readEditing({ params, searchParams }: EditingProps, page: string): Promise<Editing> {
  const actor = await requireActor();
  const reference = parseReference("EX", (await params).reference);
  const view = reference === null ? null : await viewOf(actor, reference);
  if (!view?.capacities.includes("requester")) notFound();
  const { from, kept } = await searchParams;
  const { exception } = view;
  const isFromCheck = from === "check";
  const path = sectionPath(exception.reference, page, isFromCheck);
  return {
    ...{ actor, exception, view, path, isFromCheck },
    isOpen: view.commands.includes("edit"),
    refill: await refillFor(actor, kept, path),
    back: `/exceptions/${exception.reference}${isFromCheck ? "/check" : ""}`,
    backToRisks: isFromCheck
      ? undefined
      : { href: sectionPath(exception.reference, "risks", false), label: "Back to the risks" },
  };
}

type EditingPageProps = {
  editing: Editing;
  title: string;
  /** The part that the page is about, for what a decider wrote on it. */
  section?: RequestSection | undefined;
  back?: { href: string; label: string } | undefined;
  /** Fields of the form and their labels, for what was typed and could not be saved any more. */
  labels?: Readonly<Record<string, string>> | undefined;
  children: ReactNode;
};

/** The frame of a page of the request's form; where the request has moved on, what its state is and what was typed. */
export function EditingPage({ editing, title, section, back, labels = {}, children }: EditingPageProps) {
  const { actor, exception, view, isOpen, refill, isFromCheck } = editing;
  const comment = section && askedChanges(exception)?.comments[section];
  const label = isFromCheck ? "Back to your answers" : "Back to the parts";
  return (
    <PortalPage actor={actor} place="exceptions">
      {isOpen ? (
        <Stack gap="loose">
          <BackLink href={back?.href ?? editing.back}>{back?.label ?? label}</BackLink>
          <ErrorSummary errors={refill.problems.map(({ field, message }) => ({ message, ...(field && { field }) }))} />
          <PageHeading kicker={exception.reference}>{title}</PageHeading>
          {comment && (
            <Banner tone="warning" title="You were asked to change this part">
              <UserText>{comment}</UserText>
            </Banner>
          )}
          {children}
        </Stack>
      ) : (
        <ClosedPage view={view} refill={refill} labels={labels} />
      )}
    </PortalPage>
  );
}
