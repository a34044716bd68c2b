import type { Metadata, Route } from "next";
import { notFound, redirect } from "next/navigation";
import { PolicyChooser } from "#app/_portal/policy-chooser.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import type { Actor } from "#domain/access/permission/actor.ts";
import {
  readWizardQuery,
  stepFor,
  writeQuery,
  type WizardQuery,
  type WizardStep,
} from "#domain/policy/decision/wizard.ts";
import { groupReference, readChat, type ChatReading } from "#domain/registers/group/chat-answer.ts";
import { referencesOf, withPhotoAnswer } from "#domain/registers/consent/photo-answer.ts";
import { resultSentence } from "#domain/policy/exception/result-sentence.ts";
import { questionFor } from "#domain/policy/policy/wording.ts";
import { getDecidingTable, type DecidingTable } from "#server/answers/known-answer/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getPolicy, getSlugFor, listPolicies, type ReadablePolicy } from "#server/policy/policy/queries.ts";
import { QuestionPage } from "./question-page.tsx";
import { ResultPage } from "./result-page.tsx";

type Query = Record<string, string | string[] | undefined>;
type Props = { searchParams: Promise<Query> };

/** What an address asks for: a policy and a step of the wizard, or a policy still to be chosen. */
type Place =
  | { kind: "chooser" }
  | {
      kind: "step";
      /** Its table is the one that decides for the actor. */
      policy: ReadablePolicy;
      published: ReadablePolicy;
      own: DecidingTable;
      query: WizardQuery;
      step: WizardStep;
      isUnanswered: boolean;
      /** The address gives an answer that is not offered now. */
      isWithheld: boolean;
      /** Which chat the group register says it is. */
      chat: ChatReading;
    };

async function readPlace(actor: Actor, query: Query): Promise<Place> {
  const slug = await getSlugFor(actor, query.policy);
  if (slug === undefined) return { kind: "chooser" };
  const published = await getPolicy(actor, slug);
  if (!published) notFound();
  const own = await getDecidingTable(actor, published, query);
  const { table, photo } = own;
  const policy = { ...published, version: { ...published.version, table } };
  const read = readWizardQuery(table, photo ? withPhotoAnswer(photo, query) : query);
  const chat = readChat(own.chats, read.answers, [query.group, own.chats ? query[own.chats.fact] : undefined]);
  const wizard = { ...read, answers: chat.answers };
  const step = stepFor(table, wizard);
  // The form says which question it asked, so that sending it without an answer is noticed.
  const hasDropped = photo?.hasDropped ?? false;
  const isUnanswered =
    step.kind === "question" && query.asked === step.fact && query[step.fact] === undefined && !hasDropped;
  const { continuity, activity } = own;
  const isWithheld =
    continuity !== null && !activity && [query[continuity.fact] ?? []].flat().includes(continuity.answer);
  return { kind: "step", policy, published, own, query: wizard, step, isUnanswered, isWithheld, chat };
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const actor = await requireActor();
  const query = await searchParams;
  const place = await readPlace(actor, query);
  if (place.kind === "chooser") return { title: "Which policy?" };
  const { policy, own, step, isUnanswered } = place;
  const { titlePrefix } = await refillFor(actor, query.kept, "/check");
  if (step.kind === "result")
    return { title: titlePrefix + resultSentence(step.rule, own.exceptionFor(step.rule), step.unsaid) };
  return { title: `${isUnanswered ? "Error: " : ""}${questionFor(policy.version, step.fact).ask}` };
}

/** The wizard: one question a page, then the result. The address holds all its state. */
export default async function CheckPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const refill = await refillFor(actor, query.kept, "/check");
  const kept = refill.isRefilled ? [query.kept ?? []].flat().at(-1) : undefined;
  const returned = kept && query.policy === undefined ? returnAddress(refill.value("situation"), kept) : null;
  if (returned) redirect(returned as Route);
  const place = await readPlace(actor, query);
  if (place.kind === "chooser")
    return (
      <PortalPage actor={actor} place="check">
        <PolicyChooser policies={await listPolicies(actor)} action="/check" />
      </PortalPage>
    );
  const { policy, published, own, query: wizard, step, isUnanswered, isWithheld, chat } = place;
  const again = {
    references: { ...referencesOf(own.photo), ...groupReference(chat.group) },
    ...(wizard.ask && { ask: wizard.ask }),
    ...(wizard.change && { change: wizard.change }),
  };
  const canonical = writeQuery(policy.version.slug, wizard.answers, again) + (kept ? `&kept=${kept}` : "");
  // One address for one state: what the wizard does not know is dropped, the order is fixed.
  const isLeftOut = isWithheld || own.photo?.hasDropped || chat.leftOut;
  if (!isUnanswered && !isLeftOut && Object.keys(query).length > 0 && canonical !== asSent(query))
    redirect(`/check?${canonical}` as Route);
  return (
    <PortalPage actor={actor} place="check">
      {step.kind === "question" ? (
        <QuestionPage
          policy={policy}
          query={wizard}
          step={step}
          isUnanswered={isUnanswered}
          photo={own.photo}
          isWithheld={isWithheld}
          chat={chat}
          chats={own.chats}
          refill={refill}
          kept={kept}
        />
      ) : (
        <ResultPage
          actor={actor}
          policy={policy}
          published={published}
          own={own}
          chat={chat}
          isWithheld={isWithheld}
          refill={refill}
          query={wizard}
          step={step}
        />
      )}
    </PortalPage>
  );
}

/** A result that could not be kept comes back with the answers that were sent with it; null where they name no policy. */
function returnAddress(situation: string, kept: string): string | null {
  const sent = new URLSearchParams(situation);
  if (!sent.has("policy")) return null;
  sent.set("kept", kept);
  return `/check?${sent.toString()}`;
}

function asSent(query: Query): string {
  const sent = Object.entries(query).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  return new URLSearchParams(sent).toString();
}
