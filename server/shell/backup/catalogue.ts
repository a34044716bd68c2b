/** Queries the one connection, or the one transaction, in which the work is done. */
export type Ask = <Row>(sql: string, values?: unknown[]) => Promise<Row[]>;

export interface Table {
  name: string;
  /** Columns with values of their own, in order. */
  columns: { name: string; /** As PostgreSQL writes it, such as text[] or "MailState". */ type: string }[];
  /** Columns of the primary key. */
  key: string[];
}

/** All tables of the portal, by name, except the list of migrations and the job queue, which is created anew. */
export async function listTables(ask: Ask): Promise<Table[]> {
  const columns = await ask<{ table: string; name: string; type: string; inKey: boolean }>(
    `SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
            coalesce(a.attnum = ANY (i.indkey), false) AS "inKey"
       FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
       LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
      ORDER BY c.relname COLLATE "C", a.attnum`,
  );
  const tables = new Map<string, Table>();
  for (const { table, name, type, inKey } of columns) {
    const found = tables.get(table) ?? { name: table, columns: [], key: [] };
    tables.set(table, found);
    found.columns.push({ name, type });
    if (inKey) found.key.push(name);
  }
  return [...tables.values()];
}

/** A name as SQL quotes it. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
