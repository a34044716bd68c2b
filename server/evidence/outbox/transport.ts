import "server-only";
import { createTransport } from "nodemailer";
import { getEnv } from "#server/base/environment/env.ts";

export interface OutgoingMail {
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
}

export interface MailTransport {
  /** Sends a mail to the server. @throws MailFailure if it was certainly not accepted */
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

/**
 * Why a mail was not accepted: `unreachable` concerns every mail, `refused` this one for good, `later` this one for
 * now.
 */
export class MailFailure extends Error {
  override name = "MailFailure";
  constructor(
    readonly kind: "unreachable" | "refused" | "later",
    message: string,
  ) {
    super(message);
  }
}

const CONNECT_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 30_000;
/** Time limit for one mail; shorter than a claim, so that nobody else sends it meanwhile. */
const SEND_WITHIN_MS = 60_000;

/** Opens a connection to the configured mail server; null if there is none. */
export function openTransport(): MailTransport | null {
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

/** @param smtpUrl may hold a password, never print it */
export function openSmtp(smtpUrl: string, from: string): MailTransport {
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
    // Stops automatic replies.
    { from, headers: { "Auto-Submitted": "auto-generated" } },
  );
  return {
    send: async (mail) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new MailFailure("unreachable", "the mail server took too long")),
          SEND_WITHIN_MS,
        );
      });
      try {
        await Promise.race([transport.sendMail(mail), late]);
      } catch (error) {
        throw toFailure(error);
      } finally {
        clearTimeout(timer);
      }
    },
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
  if (!isAnswer) return new MailFailure("unreachable", words);
  return new MailFailure(responseCode >= 500 ? "refused" : "later", words);
}
