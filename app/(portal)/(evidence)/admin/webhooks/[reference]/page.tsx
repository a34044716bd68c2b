import { CHANNEL_WORDS, webhookPath } from "#app/(portal)/(evidence)/admin/webhooks/webhook-fields.tsx";
import { framedPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Banner, SummaryList, Tag } from "#app/_ui/content.tsx";
import { ButtonLink, Cluster, PageSection } from "#app/_ui/layout.tsx";
import { EVIDENCE_EVENT_LABELS } from "#domain/evidence/journal/event.ts";
import { EVENT_GROUPS } from "#domain/evidence/webhook/webhook.ts";
import { MessageTable } from "./message-table.tsx";
import { page, secretForm, settleEventsForm, switchForm, testForm } from "./form.tsx";

const DONE: Readonly<Record<string, [title: string, what: string]>> = {
  changed: ["The changes are saved", "They hold for everything that happens from now on."],
  tested: ["A test event is on its way", "It goes out within a minute, after those that wait before it. Look below."],
  again: ["The events are sent again", "They go out within a minute, each with the id that it had before."],
  "given-up": ["The events are given up", "They are not sent any more."],
};

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { query, view } = shown;
  const { reference, kind, host, events, hasNames, isOn, offReason, madeAt, messages, secret } = view;
  const done = DONE[String(query["done"] ?? "")];
  const hasDead = messages.some(({ state }) => state === "dead");
  return (
    <>
      {secret !== null && (
        <Banner title="Copy the secret now. We show it only once.">
          <p>
            <code className="block rounded-small bg-raised px-3 py-2.5 font-bold wrap-anywhere select-all">
              {secret}
            </code>
          </p>
          <p>The program checks with it that what it gets comes from here. An earlier secret works for one more day.</p>
        </Banner>
      )}
      {done && (
        <Banner title={done[0]}>
          <p>{done[1]}</p>
        </Banner>
      )}
      {!isOn && (
        <Banner tone="warning" title="It is switched off">
          <p>{offReason ?? "Nothing new is queued for it, and what waits stays until it is on again."}</p>
        </Banner>
      )}
      <SummaryList
        rows={[
          { term: "Reference", value: reference },
          { term: "State", value: isOn ? <Tag tone="good">On</Tag> : <Tag tone="warning">Off</Tag> },
          { term: "To", value: `${CHANNEL_WORDS[kind]} at ${host}` },
          { term: "Events", value: <EventNames events={events} /> },
          { term: "Names and texts", value: hasNames ? "Go with them" : "Stay here" },
          { term: "Since", value: <Moment at={madeAt} /> },
        ]}
      />
      <Cluster>
        {isOn && testForm.show(shown)}
        {switchForm.show(shown)}
        {kind === "webhook" && secretForm.show(shown)}
        <ButtonLink href={webhookPath(reference, "change")} look="quiet">
          Change it
        </ButtonLink>
        <ButtonLink href={webhookPath(reference, "delete")} look="quiet">
          Delete it
        </ButtonLink>
      </Cluster>
      {hasDead && <PageSection title="Not taken">{settleEventsForm.show(shown)}</PageSection>}
      <PageSection title="Lately">
        <MessageTable caption="Events sent lately" rows={messages.filter(({ state }) => state !== "dead")} />
      </PageSection>
    </>
  );
});

export { generateMetadata, Page as default };

/** The chosen events in their groups, a line each. */
function EventNames({ events }: { events: readonly string[] }) {
  const lines = Object.values(EVENT_GROUPS).flatMap(({ title, events: all }) => {
    const chosen = all.filter((event) => events.includes(event)).map((event) => EVIDENCE_EVENT_LABELS[event]);
    return chosen.length === 0 ? [] : [`${title}: ${chosen.join("; ")}`];
  });
  return (
    <ul className="list-none">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
