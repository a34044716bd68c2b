/** What is published of a body's chain, and what outsiders say of it. Every one of these is signed as a compact JWS (Ed25519). */
import { z } from "zod";

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** A published head: what the Merkle tree over the first `size` rows of a body's chain came to. */
export const publishedHeadSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal("head"),
  body: z.string().max(100),
  size: z.int().min(1).max(2_147_483_647),
  root: hashSchema,
  at: z.iso.datetime(),
});
export type PublishedHead = z.infer<typeof publishedHeadSchema>;

/** That somebody outside saw a head, and that it continues the one that they saw before. Signed by their key, which it names. */
export const witnessStatementSchema = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal("witness"),
  /** How the witness calls itself. */
  witness: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u),
  key: z.strictObject({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string().max(100) }),
  /** The head as the body signed it. */
  head: z.string().max(4_000),
  /** The one before it that the witness saw; null for the first. */
  previous: z.strictObject({ size: z.int().min(1), root: hashSchema }).nullable(),
  at: z.iso.datetime(),
});

const jwkSchema = z.looseObject({ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string() });

/** A published head as a file or an answer, with what verify.mjs needs to check it (docs/evidence.md). */
export const headFileSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    kind: z.literal("head-file"),
    head: z.string().meta({ description: "Compact JWS by the body's key over body, size, root and time." }),
    earlier: z
      .array(z.strictObject({ head: z.string(), path: z.array(hashSchema) }))
      .meta({ description: "Earlier heads, each with its consistency proof (RFC 9162, 2.1.4)." }),
    witnesses: z.array(z.string()).meta({ description: "Compact JWS by outsiders, each over this head." }),
    timeStamp: z.string().nullable().meta({ description: "An authority's answer (RFC 3161) in base64, or null." }),
    keys: z.array(jwkSchema).meta({ description: "Public keys of the body. That they come with it proves nothing." }),
  })
  .meta({ description: "A published head of a body's evidence." });
export type HeadFile = z.infer<typeof headFileSchema>;

/** Where a body has its heads time-stamped (RFC 3161); in its file in content/bodies. */
export const timeStampsSchema = z.strictObject({
  /** Whoever keeps the content names it, so it may be a private address. */
  authority: z.url({ protocol: /^https?$/ }),
  /** File beside the body's: certificates that the authority's own goes back to, in PEM. */
  certificates: z.string().regex(/^[\w][\w.-]*\.pem$/, "name a file in the same folder, such as time-stamps.pem"),
  /** The authority's policy that is asked for. */
  policy: z
    .string()
    .regex(/^[0-2](\.\d+)+$/, "write an object identifier, such as 1.2.3.4.1")
    .optional(),
});

/** With a file go proofs from so many heads before it: daily, that is about three months. */
export const EARLIER_HEADS = 100;

/** How a head is named in the evidence, and read aloud. */
export const nameOfHead = ({ size }: { size: number }): string => `head ${size}`;

/** A number of rows as an address has it; undefined where it is none. */
export const readHeadSize = (typed: string | null): number | undefined =>
  /^[1-9]\d{0,8}$/.test(typed ?? "") ? Number(typed) : undefined;
