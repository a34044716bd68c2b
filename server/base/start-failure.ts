import "server-only";

/** The portal cannot start or go on; the message is one clear sentence for the person who runs it, without secrets. */
export class StartFailure extends Error {
  override name = "StartFailure";
}
