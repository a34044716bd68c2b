import type { Database } from "#server/base/db/database.ts";

/** A database that serves so many transactions and then nothing more, as for a server that is stopped. */
export function stopAfter(database: Database, transactions: number): Database {
  let left = transactions;
  const prisma = new Proxy(database.prisma, {
    get(target, name) {
      if (left < 0 || (name === "$transaction" && --left < 0)) throw new Error("The server was stopped.");
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  return { ...database, prisma };
}
