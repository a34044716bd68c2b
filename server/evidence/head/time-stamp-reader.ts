import { createHash, randomBytes } from "node:crypto";
import * as asn1js from "asn1js";
import {
  AlgorithmIdentifier,
  Certificate,
  ExtKeyUsage,
  MessageImprint,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from "pkijs";

// Time-stamps (RFC 3161) of an authority that a body names in its content: the request, and what an answer is worth.

const SHA256 = "2.16.840.1.101.3.4.2.1";
const TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
const TIME_STAMP_CONTENT = "1.2.840.113549.1.9.16.1.4";
const EXTENDED_KEY_USAGE = "2.5.29.37";
/** signingCertificate and signingCertificateV2 (RFC 5816), which name the certificate by its hash. */
const SIGNING_CERTIFICATES: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.9.16.2.12": "sha1",
  "1.2.840.113549.1.9.16.2.47": "sha256",
};
/** Granted, and granted with modifications: what was modified is not among what is compared below. */
const GRANTED = [0, 1];
const ANSWER_WITHIN_MS = 30_000;
const MOST_BYTES = 100_000;
/** Clocks of the authority and of the portal differ a little. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Why there is no time-stamp, in words for people. */
export class TimeStampFailure extends Error {
  override name = "TimeStampFailure";
}

export interface TimeStampSource {
  url: string;
  /** Certificates that the authority's own has to go back to, in PEM. */
  trusted: string;
  policy: string | undefined;
}

export interface TimeStampRequest {
  der: Uint8Array<ArrayBuffer>;
  data: Uint8Array<ArrayBuffer>;
  nonce: Buffer;
  policy: string | undefined;
}

/** Asks for a time-stamp on these bytes: their SHA-256, with a nonce of this request, and the certificates with the answer. */
export function makeTimeStampRequest(bytes: Uint8Array, policy: string | undefined): TimeStampRequest {
  const data = new Uint8Array(bytes);
  const nonce = randomBytes(16);
  nonce[0] = 0x40 | ((nonce[0] ?? 0) & 0x3f); // positive, and no leading zero that DER would leave out
  const digest = createHash("sha256").update(data).digest();
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new asn1js.Null() }),
      hashedMessage: new asn1js.OctetString({ valueHex: new Uint8Array(digest).buffer }),
    }),
    nonce: new asn1js.Integer({ valueHex: new Uint8Array(nonce).buffer }),
    certReq: true,
    ...(policy !== undefined && { reqPolicy: policy }),
  });
  return { der: new Uint8Array(request.toSchema().toBER()), data, nonce, policy };
}

/**
 * Fetches a time-stamp. The address stands in the body's content, which whoever runs the portal answers for: it may be a
 * private one, and no list restrains it. Another one that the authority sends it on to is not followed.
 * @returns the whole answer, and the time on it
 * @throws TimeStampFailure
 */
export async function fetchTimeStamp(bytes: Uint8Array, source: TimeStampSource, now: () => Date) {
  const request = makeTimeStampRequest(bytes, source.policy);
  const answer = await fetch(source.url, {
    method: "POST",
    body: request.der,
    headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
    redirect: "manual",
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  }).catch((error: unknown) => {
    throw new TimeStampFailure("The authority could not be reached.", { cause: error });
  });
  if (answer.status !== 200) throw new TimeStampFailure(`The authority answered ${answer.status}.`);
  if (!/^application\/timestamp-(reply|response)\b/i.test(answer.headers.get("content-type") ?? ""))
    throw new TimeStampFailure("The authority answered with something that is no time-stamp.");
  const response = await readAnswer(answer);
  return { response, stampedAt: await checkTimeStamp(response, request, source.trusted, now()) };
}

async function readAnswer({ body }: Response): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of body ?? []) {
      length += piece.length;
      if (length > MOST_BYTES) throw new TimeStampFailure("The authority answered with more than a time-stamp has.");
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof TimeStampFailure) throw error;
    throw new TimeStampFailure("The authority stopped in the middle of its answer.", { cause: error });
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/**
 * Checks an answer: granted, on these bytes, for this request, at about this time, and signed by a certificate for
 * time-stamps alone that was valid then and goes back to one of those that are trusted.
 * @returns the time on it
 * @throws TimeStampFailure saying what is wrong
 */
export async function checkTimeStamp(
  response: Uint8Array<ArrayBuffer>,
  { data, nonce, policy }: Omit<TimeStampRequest, "der">,
  trusted: string,
  now: Date,
): Promise<Date> {
  const { signed, info } = readToken(response);
  const require = (isRight: boolean, problem: string) => {
    if (!isRight) throw new TimeStampFailure(problem);
  };
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const digest = createHash("sha256").update(data).digest();
  require(hashAlgorithm.algorithmId === SHA256 &&
    digest.equals(bytesOf(hashedMessage)), "The time-stamp is on something else than was sent.");
  require(info.nonce !== undefined && nonce.equals(bytesOf(info.nonce)), "The time-stamp answers another request.");
  require(policy === undefined ||
    info.policy === policy, `The time-stamp follows the policy ${info.policy}, not the one asked for.`);
  require(Math.abs(info.genTime.getTime() - now.getTime()) <=
    CLOCK_TOLERANCE_MS, `The time-stamp is dated ${info.genTime.toISOString()}, far from now.`);
  const found = await signed
    .verify({
      signer: 0,
      data: data.buffer,
      trustedCerts: readCertificates(trusted),
      checkChain: true,
      extendedMode: true,
    })
    .catch((error: unknown) => {
      const words = error instanceof Object && "message" in error ? String(error.message) : String(error);
      throw new TimeStampFailure(`The signature of the time-stamp does not hold: ${words.slice(0, 200)}`);
    });
  const signer = found.signerCertificate;
  require(found.signatureVerified === true &&
    signer instanceof Certificate, "The signature of the time-stamp does not fit.");
  if (signer instanceof Certificate) {
    require(isForTimeStamps(signer), "The authority's certificate is not one for time-stamps alone.");
    require(isNamed(signer, signed), "The time-stamp does not name the certificate that signed it.");
  }
  return info.genTime;
}

function readToken(response: Uint8Array<ArrayBuffer>): { signed: SignedData; info: TSTInfo } {
  try {
    const { status, timeStampToken } = TimeStampResp.fromBER(response);
    if (!GRANTED.includes(status.status))
      throw new TimeStampFailure(`The authority refused, with status ${status.status}.`);
    const signed = new SignedData({ schema: timeStampToken?.content });
    // RFC 3161, 2.4.2: nothing else is in it, and nobody else signs it.
    if (signed.encapContentInfo.eContentType !== TIME_STAMP_CONTENT || signed.signerInfos.length !== 1)
      throw new TimeStampFailure("The authority's answer is signed, but it is no time-stamp.");
    return { signed, info: TSTInfo.fromBER(signed.encapContentInfo.eContent?.getValue() ?? new ArrayBuffer(0)) };
  } catch (error) {
    if (error instanceof TimeStampFailure) throw error;
    throw new TimeStampFailure("The authority's answer cannot be read as a time-stamp.", { cause: error });
  }
}

/** RFC 3161, 2.3: a critical extension that names this purpose and no other. */
export function isForTimeStamps({ extensions = [] }: Certificate): boolean {
  const usage = extensions.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE);
  const parsedValue: unknown = usage?.parsedValue;
  return (
    usage?.critical === true &&
    parsedValue instanceof ExtKeyUsage &&
    parsedValue.keyPurposes.length === 1 &&
    parsedValue.keyPurposes[0] === TIME_STAMPING
  );
}

/** RFC 3161, 2.4.2: the signature covers which certificate it is by, so that no other with the same key takes its place. */
function isNamed(certificate: Certificate, { signerInfos }: SignedData): boolean {
  const der = Buffer.from(certificate.toSchema().toBER());
  const attributes = signerInfos[0]?.signedAttrs?.attributes ?? [];
  return attributes.some(({ type, values }) => {
    const algorithm = SIGNING_CERTIFICATES[type];
    if (algorithm === undefined) return false;
    const hash = createHash(algorithm).update(der).digest();
    return (values as asn1js.BaseBlock[]).some((value) => Buffer.from(value.toBER()).includes(hash));
  });
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END CERTIFICATE-----/g;

/** @throws TimeStampFailure where there is none in it, or one that cannot be read */
function readCertificates(pem: string): Certificate[] {
  try {
    const found = [...pem.matchAll(CERTIFICATE)].map(([, text = ""]) =>
      Certificate.fromBER(new Uint8Array(Buffer.from(text, "base64"))),
    );
    if (found.length > 0) return found;
  } catch {
    // said below
  }
  throw new TimeStampFailure("The file of certificates that the content names holds none that can be read.");
}

const bytesOf = (block: { valueBlock: { valueHexView: Uint8Array } }): Buffer =>
  Buffer.from(block.valueBlock.valueHexView);
