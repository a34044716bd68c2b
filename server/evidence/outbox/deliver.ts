import { createTransport } from "nodemailer";
import { minutesUntilNextTry, MOST_TRIES } from "#domain/evidence/outbox/content.ts";
import { renderMail } from "#domain/evidence/outbox/render.ts";
import { clock } from "#server/base/clock.ts";
import { getConnections } from "#server/base/connections.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { type ClaimedMail, claimNext, writeOutcome, writeUnsentBefore } from "./repository.ts";

const CLAIM_MS = 2 * 60_000;
const MINUTE_MS = 60_000;
/** Mail that has waited this long for a server to be configured is out of date, and no longer sent automatically. */
const WAIT_FOR_SERVER_MS = 24 * 60 * MINUTE_MS;
const GIVEN_UP_AT_ONCE = 1_000;

export interface Delivery {
  sent: number;
  /** Not accepted; tried again later. */
  postponed: number;
  /** Not sent, and not tried again automatically. */
  given: number;
  /** True if no mail server is configured. */
  isOff: boolean;
}

/**
 * Sends the mail that is due. Several processes may do so at once: each mail is claimed by one of them. A mail accepted
 * by the server before we could record it goes out again, with the same Message-ID.
 * @param at the present moment
 */
export async function deliverMail(at: Date, transport: MailTransport | null = openTransport()): Promise<Delivery> {
  const delivery: Delivery = { sent: 0, postponed: 0, given: 0, isOff: transport === null };
  const tx = getDatabase();
  if (transport === null) {
    const before = new Date(at.getTime() - WAIT_FOR_SERVER_MS);
    const which = { before, reason: "No mail server was set when it was due.", take: GIVEN_UP_AT_ONCE };
    for (let count = GIVEN_UP_AT_ONCE; count === GIVEN_UP_AT_ONCE; delivery.given += count)
      count = await writeUnsentBefore(tx, which);
    return delivery;
  }
  const begunAt = clock.now();
  try {
    for (;;) {
      const now = new Date(at.getTime() + clock.now().getTime() - begunAt.getTime()); // sending thousands takes a while
      const mail = await claimNext(tx, now, new Date(now.getTime() + CLAIM_MS));
      if (mail === null) return delivery;
      const outcome = await attempt(transport, mail);
      if (typeof outcome === "object" && "sentTo" in outcome) {
        await writeOutcome(tx, mail.id, { state: "sent", sentAt: now, sentTo: outcome.sentTo });
        delivery.sent++;
        continue;
      }
      await writeFailure(mail, outcome, now, delivery);
      if (outcome instanceof MailFailure && outcome.kind === "unreachable") return delivery; // the others would fail too
    }
  } finally {
    transport.close();
  }
}

async function attempt(
  transport: MailTransport,
  { personId, messageId, address, content }: ClaimedMail,
): Promise<{ sentTo: string } | "left" | MailFailure> {
  const recipient = await getConnections().findRecipient(personId);
  if (recipient === null) return "left";
  try {
    const { name, mailClosing } = (await loadContent()).branding;
    const to = { name: recipient.name, address: address ?? recipient.email };
    await transport.send({
      messageId,
      portal: name,
      to,
      subject: content.subject,
      ...renderMail(content, getEnv().appUrl, mailClosing),
    });
    return { sentTo: to.address };
  } catch (error) {
    if (error instanceof MailFailure) return error;
    throw error;
  }
}

async function writeFailure({ id, tries }: ClaimedMail, failure: "left" | MailFailure, at: Date, delivery: Delivery) {
  const tx = getDatabase();
  if (failure === "left") {
    delivery.given++;
    return writeOutcome(tx, id, { state: "unsent", reason: "The person has left." });
  }
  console.warn(`Mail ${id} was not sent at try ${tries}:`, failure);
  const reason = failure.message;
  if (failure.kind === "refused" || tries >= MOST_TRIES) {
    delivery.given++;
    return writeOutcome(tx, id, { state: "dead", reason });
  }
  delivery.postponed++;
  const nextTryAt = new Date(at.getTime() + minutesUntilNextTry(tries) * MINUTE_MS);
  return writeOutcome(tx, id, { state: "waiting", nextTryAt, reason });
}

export interface OutgoingMail {
  messageId: string;
  /** The portal's name, from which it comes where MAIL_FROM is an address without a name. */
  portal: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
}

interface MailTransport {
  /** Sends a mail to the server. @throws MailFailure if it was certainly not accepted */
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

/**
 * Why a mail was not accepted: `unreachable` concerns every mail, `refused` this one for good, `later` this one for
 * now.
 */
class MailFailure extends Error {
  override name = "MailFailure";
  constructor(
    readonly kind: "unreachable" | "refused" | "later",
    message: string,
    cause?: Error,
  ) {
    super(message, { cause });
  }
}

const CONNECT_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 30_000;
/** Time limit for one mail; shorter than a claim, so that nobody else sends it meanwhile. */
const SEND_WITHIN_MS = 60_000;

/** Opens a connection to the configured mail server; null if there is none. */
function openTransport(): MailTransport | null {
  const { smtpUrl, mailFrom } = getEnv();
  return smtpUrl === null ? null : openSmtp(smtpUrl, mailFrom);
}

/**
 * Whether TLS is required: to another machine, unless the address says `?requireTLS=false` (OWASP ASVS 5.0, 12.3.1).
 * Otherwise an attacker could strip the server's offer of TLS, and read all mail and the password.
 */
export function needsTls(smtpUrl: string): boolean {
  const { hostname, searchParams } = new URL(smtpUrl);
  const given = searchParams.get("requireTLS");
  return given === null ? !["localhost", "127.0.0.1", "[::1]"].includes(hostname) : given !== "false";
}

/** Stops automatic replies (RFC 3834, MS-OXCMAIL 2.2.3.2.14), but not reports that a mail did not arrive. */
const NO_REPLIES = { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply" };

/** @param smtpUrl may hold a password, never print it */
export function openSmtp(smtpUrl: string, from: string): MailTransport & { verify(): Promise<unknown> } {
  const transport = createTransport(
    {
      requireTLS: needsTls(smtpUrl),
      url: smtpUrl,
      pool: true,
      maxConnections: 1,
      connectionTimeout: CONNECT_WITHIN_MS,
      greetingTimeout: CONNECT_WITHIN_MS,
      socketTimeout: ANSWER_WITHIN_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { headers: NO_REPLIES },
  );
  return {
    send: async ({ portal, ...mail }) => {
      const sender = from.includes("<") ? from : { name: portal, address: from };
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new MailFailure("unreachable", "the mail server took too long")),
          SEND_WITHIN_MS,
        );
      });
      try {
        await Promise.race([transport.sendMail({ ...mail, from: sender }), late]);
      } catch (error) {
        throw toFailure(error);
      } finally {
        clearTimeout(timer);
      }
    },
    /** Signs in there, and sends nothing. @throws what the library says, without the password */
    verify: () => transport.verify(),
    close: () => transport.close(),
  };
}

/** Classifies errors of the library by what they affect. Its messages never contain the password. */
function toFailure(error: unknown): MailFailure {
  if (error instanceof MailFailure) return error;
  if (!(error instanceof Error)) return new MailFailure("later", "the mail server did not say why");
  const { code, responseCode } = error as Error & { code?: string; responseCode?: number };
  const words = error.message.split("\n")[0]?.slice(0, 300) ?? "";
  const isAnswer = (code === "EENVELOPE" || code === "EMESSAGE") && responseCode !== undefined;
  if (!isAnswer) return new MailFailure("unreachable", words, error);
  return new MailFailure(responseCode >= 500 ? "refused" : "later", words, error);
}
