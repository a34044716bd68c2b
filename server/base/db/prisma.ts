/**
 * The types of the generated client, and what SQL is put together with. Not the client itself: its schema is a megabyte,
 * which would stand in the bundle of every page.
 */
export type * from "./generated/internal/prismaNamespace.ts";
export { DbNull, empty, join, raw, sqltag as sql } from "@prisma/client/runtime/client";
