import type { Metadata, Route } from "next";
import { notFound, redirect } from "next/navigation";
import { asSent, derive, lastOf, type PageProps } from "#app/_portal/form/form.tsx";
import { DayNote } from "#app/_portal/day-note.tsx";
import { PolicyChooser } from "#app/_portal/policy-chooser.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { writeQuery } from "#domain/policy/decision/wizard.ts";
import { referencesOf } from "#domain/registers/consent/photo-answer.ts";
import { groupReference } from "#domain/registers/group/chat-answer.ts";
import { listPolicies } from "#server/policy/policy/queries.ts";
import { page } from "./form.tsx";
import { LONGEST_QUERY } from "#server/policy/search/queries.ts";
import { QuestionPage } from "./question-page.tsx";
import { ResultPage } from "./result-page.tsx";
import { StartPage } from "./start-page.tsx";

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const shown = await page.open(props);
  if (!shown) return { title: "Page not found" };
  const { view: check, formState } = shown;
  // A result that could not be kept is no problem of the question asked now.
  const isTooLong = check.kind === "start" && check.words.length > LONGEST_QUERY;
  if (check.kind === "start")
    return { title: `${isTooLong ? "Error: " : ""}${derive(page.definition.heading, shown)}` };
  const isAsked = check.kind === "chooser" || check.step.kind === "question";
  const isUnanswered = check.kind === "step" && check.isUnanswered;
  const prefix = isAsked ? (isUnanswered ? "Error: " : "") : formState.titlePrefix;
  return { title: `${prefix}${derive(page.definition.heading, shown)}` };
}

export default async function CheckPage(props: PageProps) {
  const shown = await page.open(props);
  if (!shown) notFound();
  const { actor, query, formState, view: check } = shown;
  const inputId = formState.isReturned ? lastOf(query, "kept") : undefined;
  const returned =
    inputId && query["policy"] === undefined ? returnAddress(formState.value("situation"), inputId) : null;
  if (returned) redirect(returned as Route);
  if (check.kind === "chooser")
    return (
      <PortalPage actor={actor} section="check">
        <PolicyChooser
          actor={actor}
          policies={await listPolicies(actor)}
          action="/check"
          sends={{ say: lastOf(query, "say") ?? "" }}
        />
      </PortalPage>
    );
  if (check.kind === "start")
    return (
      <PortalPage actor={actor} section="check">
        <StartPage actor={actor} place={check} />
      </PortalPage>
    );
  const { policy, published, own, query: wizard, step, isUnanswered, isWithheld, chat } = check;
  const again = {
    references: { ...referencesOf(own.photo), ...groupReference(chat.group) },
    ...(wizard.ask && { ask: wizard.ask }),
    ...(wizard.change && { change: wizard.change }),
  };
  const canonical = writeQuery(policy.version.slug, wizard.answers, again) + (inputId ? `&kept=${inputId}` : "");
  // One address for each state: what the wizard does not know is dropped, and the order is fixed.
  const isLeftOut = isWithheld || own.photo?.hasDropped || chat.leftOut;
  if (!isUnanswered && !isLeftOut && Object.keys(query).length > 0 && canonical !== asSent(query))
    redirect(`/check?${canonical}` as Route);
  return (
    <PortalPage actor={actor} section="check">
      {published.isOtherDay && <DayNote policy={published} today={`/check?${withoutDay(canonical)}`} />}
      {step.kind === "question" ? (
        <QuestionPage check={{ ...check, step }} formState={formState} inputId={inputId} />
      ) : (
        <ResultPage shown={shown} check={{ ...check, step }} />
      )}
    </PortalPage>
  );
}

/** For a result that could not be kept: the answers sent with it; null if they name no policy. */
function returnAddress(situation: string, inputId: string): string | null {
  const sent = new URLSearchParams(situation);
  if (!sent.has("policy")) return null;
  sent.set("kept", inputId);
  return `/check?${sent.toString()}`;
}

function withoutDay(query: string): string {
  const search = new URLSearchParams(query);
  search.delete("on");
  return search.toString();
}
