/** The portal cannot start or go on; the message is one clear sentence for whoever runs it, without secrets. */
export class StartFailure extends Error {
  override name = "StartFailure";
}
