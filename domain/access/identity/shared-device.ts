/** A session at a device that several people use. It is short, because nobody may find the one before them signed in. */

const MINUTE_MS = 60_000;

/** How long such a session lasts without being used. */
export const SHARED_IDLE_MS = 2 * MINUTE_MS;
/** How long it lasts at most, however busy it is. */
export const SHARED_TOTAL_MS = 15 * MINUTE_MS;
/** How long it lasts after an acknowledgement, so that the reference can be read. */
export const SHARED_AFTER_ANSWER_MS = MINUTE_MS;

/** What a session at such a device has beyond the usual ones. @param now when it begins */
export const sharedSession = (now: Date): { isShared: true; expiresAt: Date } => ({
  isShared: true,
  expiresAt: new Date(now.getTime() + SHARED_TOTAL_MS),
});

/** How much time passes before a session notes again that it is used, in milliseconds. */
export const noteAfterMs = (isShared: boolean): number => (isShared ? 1000 : MINUTE_MS);

/** Whether a session was left unused for too long. @param usualMinutes for a session at somebody's own device */
export const isIdle = ({ seenAt, isShared }: { seenAt: Date; isShared: boolean }, usualMinutes: number, now: Date) =>
  now.getTime() - seenAt.getTime() >= (isShared ? SHARED_IDLE_MS : usualMinutes * MINUTE_MS);

/** In how many seconds a page that is shown now has to give way: when the session ends if nothing else is done. */
export function secondsToShow(endsAt: Date, now: Date): number {
  const left = Math.min(SHARED_IDLE_MS, endsAt.getTime() - now.getTime());
  return Math.max(1, Math.ceil(left / 1000));
}
