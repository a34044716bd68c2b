import { ReadableStream as NodeStream } from "node:stream/web";
import type { Actor } from "#domain/access/permission/permission.ts";
import { requireActor } from "#server/access/identity/session.ts";

/** What somebody asked for at an address that is no page. */
interface FileAsked<Params> {
  request: Request;
  actor: Actor;
  params: Params;
  query: URLSearchParams;
}

/** The handler of an address that is no page, for those who are signed in. @param answer null for what they may not know of */
export const fileRoute =
  <Params>(answer: (asked: FileAsked<Params>) => Promise<Response | null>) =>
  async (request: Request, { params }: { params: Promise<Params> }): Promise<Response> => {
    const asked = {
      request,
      actor: await requireActor(),
      params: await params,
      query: new URL(request.url).searchParams,
    };
    return (await answer(asked)) ?? nothingThere();
  };

/** The answer, without a page, where nothing is, or nothing that the reader may know of. */
export const nothingThere = (): Response =>
  new Response(null, { status: 404, headers: { "content-type": "text/html" } });

/** An answer that a browser saves as a file. @param fileName with its ending; other signs than letters, digits, dots and hyphens become hyphens */
export const savedFile = (fileName: string, type: string, content: BodyInit): Response =>
  new Response(content, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${fileName.replaceAll(/[^A-Za-z0-9.-]+/g, "-")}"`,
      "cache-control": "no-store",
    },
  });

/** A ZIP file to save. @param fileName with its ending */
export const zipResponse = (fileName: string, bytes: Uint8Array): Response =>
  savedFile(fileName, "application/zip", Uint8Array.from(bytes));

/** Pieces as the content of an answer: each is made once the browser has taken the one before. */
export const streamOf = (pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> =>
  NodeStream.from(pieces) as ReadableStream<Uint8Array>;
