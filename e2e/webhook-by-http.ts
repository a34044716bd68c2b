import type { HttpVisit } from "./http-visit.ts";

/** A host that the portals of the journeys may send to (WEBHOOK_HOSTS), and that nobody has. */
export const WEBHOOK_HOST = "events.invalid";

/** What the form of a new address for events sends. */
export const WEBHOOK_FIELDS = {
  name: "Service desk",
  kind: "webhook",
  address: `https://${WEBHOOK_HOST}/with-care`,
  campaigns: ["campaign.started"],
};

/** Names an address for events. @returns its reference */
export async function makeWebhook(administrator: HttpVisit): Promise<string> {
  const location = await administrator.send("/admin/webhooks/new/send", WEBHOOK_FIELDS);
  const reference = /HOK-\w{4}-\w{4}/.exec(location)?.[0];
  if (!reference) throw new Error(`The address for events has no reference: ${location}.`);
  return reference;
}
