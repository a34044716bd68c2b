import { AsyncResource } from "node:async_hooks";
import { Socket } from "node:net";
import pg from "pg";
import { shared } from "#server/base/process-shared.mjs";
import { getRequestContext } from "#server/base/request/context.ts";
import { makeBundler } from "./bundle.ts";
import { noteFailure } from "./unavailable.ts";

/**
 * A server that accepts a connection but says nothing is given up after this time; the request behind it has 5 seconds.
 */
const CONNECT_WITHIN_MS = 2_500;
/** How long to wait for a free connection: many requests at once take turns rather than fail. */
const WAIT_FOR_CONNECTION_MS = 30_000;
/** Outside requests nobody watches a call: after this time the connection counts as dead. */
const CALL_WITHIN_MS = 5 * 60_000;
/**
 * What the server does about connections whose other end is gone: it rolls back their transaction and frees their
 * locks. JIT compilation is off: the server takes a bundle of many small queries for a large one, and compiling takes a
 * hundred times as long.
 */
export const SERVER_OPTIONS = [
  "idle_in_transaction_session_timeout=120s",
  "client_connection_check_interval=5s",
  "jit=off",
];

/** By this name `npm run restore` sees that a portal is running. */
export const DIRECT = {
  application_name: "with-care",
  options: SERVER_OPTIONS.map((option) => `-c ${option}`).join(" "),
};

/**
 * The connections to a PostgreSQL server, or to a pooler in front of it. What a request waits for can be aborted: its
 * connections are cut, so that the server rolls back what was begun on them, and the pool makes new ones.
 * @param isPooled a pooler keeps connections after the portal has stopped, and refuses options
 */
export const makePool = (databaseUrl: string, isPooled: boolean): pg.Pool =>
  new WatchedPool({
    ...(isPooled ? { application_name: "pooled with-care" } : DIRECT),
    connectionString: databaseUrl,
    Client: WatchedClient,
    keepAlive: true,
    connectionTimeoutMillis: WAIT_FOR_CONNECTION_MS,
    query_timeout: CALL_WITHIN_MS,
  });

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: pg.PoolClient["release"],
) => void;

class WatchedPool extends pg.Pool {
  private readonly bundle = makeBundler((statement) => super.query(statement as pg.QueryConfig));

  // Prisma sends queries outside transactions here, with one argument and a promise.
  override query = ((...args: unknown[]): unknown => {
    const request = getRequestContext();
    const bundled = request && args.length === 1 ? this.bundle(request, args[0]) : null;
    return bundled ?? (super.query as (...args: unknown[]) => unknown).apply(this, args);
  }) as pg.Pool["query"];

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | void {
    if (callback) return void this.await(callback);
    return new Promise((resolve, reject) =>
      this.await((error, client) => (client ? resolve(client) : reject(error ?? new Error("There is no connection.")))),
    );
  }

  private await(callback: Connected): void {
    let isGivenUp = false;
    const request = getRequestContext();
    const end = beginCall("connect", () => {
      isGivenUp = true;
      if (request) request.hasDatabaseFailed = true;
      callback(new Error("The database gives no connection."), undefined, () => {});
    });
    const take: Connected = (error, client, release) => {
      if (isGivenUp) return void (client && release());
      end(error);
      if (client) noteLoss(client);
      callback(error, client, client?.release ?? release);
    };
    super.connect(AsyncResource.bind(take)); // a pool calls back in the context of whoever returned the connection
  }
}

/**
 * A connection may break at any moment until it is returned; the pool tells its query before the query itself notices.
 */
function noteLoss(client: pg.PoolClient): void {
  const request = getRequestContext();
  if (!request) return;
  const note = (error: Error) => noteFailure(error, request);
  client.once("error", note);
  const release = client.release.bind(client);
  client.release = (error) => {
    client.removeListener("error", note);
    release(error);
  };
}

class WatchedClient extends pg.Client {
  private readonly socket: Socket;

  constructor(config?: pg.ClientConfig) {
    const socket = new Socket();
    super({ ...config, connectionTimeoutMillis: CONNECT_WITHIN_MS, stream: () => socket });
    this.socket = socket;
  }

  // Its many forms come down to two: with a callback at the end, or with a promise.
  override query = ((...args: unknown[]): unknown => {
    const end = beginCall("query", () => this.socket.destroy());
    const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
    const last = args.at(-1);
    if (typeof last === "function") {
      const callback = (error: unknown, result: unknown): unknown => {
        end(error);
        return (last as (error: unknown, result: unknown) => unknown)(error, result);
      };
      return query.apply(this, [...args.slice(0, -1), callback]);
    }
    const promise = query.apply(this, args) as Promise<unknown>;
    promise.then(
      () => end(undefined),
      (error: unknown) => end(error),
    );
    return promise;
  }) as pg.Client["query"];
}

/** Records a call of the current request. @param name in a trace @returns to be called when it ends, with its error */
function beginCall(name: "connect" | "query", abort: () => void): (error: unknown) => void {
  const request = getRequestContext();
  if (!request) return () => {};
  const call = { since: performance.now(), abort };
  request.calls.add(call);
  const { trace: parent } = request;
  const attributes = { "db.system.name": "postgresql" };
  const span = parent && shared.beginSpan?.({ name: `postgresql ${name}`, kind: "client", attributes, parent });
  return (error) => {
    request.calls.delete(call);
    const hasFailed = error !== undefined && error !== null;
    if (hasFailed) noteFailure(error, request);
    span?.end({ hasFailed });
  };
}
