import type { Actor } from "#domain/access/permission/permission.ts";
import type { RequestMove } from "#domain/registers/information-request/information-request.ts";
import { getInformationRequest, type RequestView } from "#server/registers/information-request/queries.ts";

type OfRequest = { params: { reference: string } };

/** What the pages below a request's have in common: who may see them, and the way back. @param move what it is for */
export const underRequest = (move: RequestMove) =>
  ({
    reference: "REQ",
    async read({ actor, params }: OfRequest & { actor: Actor }) {
      const request = await getInformationRequest(actor, params.reference);
      return request?.file?.moves.includes(move) ? request : null;
    },
    back: ({ view: { reference } }: { view: RequestView }) => ({
      href: `/requests/${reference}`,
      label: `Request ${reference}`,
    }),
  }) as const;

/** The address of the request itself, where their forms lead once they are done. */
export const ofRequest = (_: unknown, { params }: OfRequest): string => `/requests/${params.reference}`;
