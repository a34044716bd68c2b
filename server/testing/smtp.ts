import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";

/** What the server does at each step, where a test wants something else than to take every mail. */
export interface SmtpSteps {
  /** Throws what the server answers. */
  onConnect?(): void;
  onRecipient?(address: string): void;
  /** When the text begins to come in. */
  onText?(): void;
  /** When the mail is kept, before the server says so. */
  onTaken?(): void;
}

export interface TestSmtp {
  url: string;
  /** What it took, in order. */
  mails: ParsedMail[];
  steps: SmtpSteps;
  stop(): Promise<void>;
}

/** A real mail server on this machine that keeps what it is given. */
export async function startSmtp(): Promise<TestSmtp> {
  const mails: ParsedMail[] = [];
  const steps: SmtpSteps = {};
  const answer = (step: () => void, callback: (error?: Error) => void) => {
    try {
      step();
    } catch (error) {
      return callback(error instanceof Error ? error : new Error(String(error)));
    }
    callback();
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onConnect: (_session, callback) => answer(() => steps.onConnect?.(), callback),
    onRcptTo: ({ address }, _session, callback) => answer(() => steps.onRecipient?.(address), callback),
    onData: (stream, _session, callback) => {
      steps.onText?.();
      void keep(stream).then(() => answer(() => steps.onTaken?.(), callback), callback);
    },
  });
  const keep = async (stream: SMTPServerDataStream) => void mails.push(await simpleParser(stream));
  server.on("error", () => {}); // a client that dies in the middle
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    steps,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What a mail server answers; 4xx for later, 5xx for never. */
export function smtpAnswer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
