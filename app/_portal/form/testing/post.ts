import { expect, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import * as session from "#server/access/identity/session.ts";
import { makeFormTicket, TICKET_FIELD } from "#server/access/identity/form-ticket.ts";
import { getFormInput } from "#server/access/form-input/queries.ts";

type Post = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Sent = Readonly<Record<string, string | readonly string[]>>;

/**
 * A form's result: where it leads, or what has to be corrected and what was kept; 404 for what the actor may not know
 * about.
 */
export interface PostAnswer {
  status: number;
  /** Without the `kept` id. */
  to: string;
  /** The messages by field; empty if there are none. */
  problems: Record<string, string>;
  /** What was typed, the last value of each field. */
  kept: Record<string, string>;
}

/** Posts a form as its page would, for `actor`. @param address of the page, with its query */
export async function post(
  POST: Post,
  actor: Actor,
  address: string,
  sent: Sent = {},
  params: Record<string, string> = {},
): Promise<PostAnswer> {
  vi.spyOn(session, "getActor").mockResolvedValue(actor);
  const body = new URLSearchParams([[TICKET_FIELD, makeFormTicket(actor)]]);
  for (const [name, values] of Object.entries(sent)) for (const value of [values].flat()) body.append(name, value);
  const request = new Request(new URL(address, "https://portal.invalid"), { method: "POST", body });
  const response = await POST(request, { params: Promise.resolve(params) });
  const [to = "", kept = ""] = (response.headers.get("location") ?? "").split(/[?&]kept=/);
  const [id = "", anchor] = kept.split("#");
  const input = await getFormInput(actor, id, to);
  if (kept) expect(input, `What was typed is kept for ${to}`).not.toBeNull();
  return {
    status: response.status,
    to: anchor === undefined ? to : `${to}#${anchor}`,
    problems: Object.fromEntries((input?.problems ?? []).map(({ field, message }) => [field, message])),
    kept: Object.fromEntries(
      Object.entries(input?.values ?? {}).flatMap(([name, all]) =>
        name === TICKET_FIELD ? [] : [[name, all.at(-1) ?? ""]],
      ),
    ),
  };
}
