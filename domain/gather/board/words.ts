/** The figures of the board's report in words, for its page and its mail. */
import { percentInWords, reachesTarget, type ShownShare } from "./share.ts";

/** Where a share stands against the target. @param target in per cent */
export function standingInWords(shown: ShownShare | null, target: number): string {
  if (!shown?.share) return `So few people are left, or done, that the share is not shown. The target is ${target}%.`;
  const reaches = reachesTarget(shown.share, target);
  const percent = percentInWords(shown.share);
  const have = `${percent.charAt(0).toUpperCase()}${percent.slice(1)} of ${shown.people ?? 0} people have accepted it.`;
  if (reaches === null) return `${have} The target is ${target}%.`;
  return reaches ? `${have} The target of ${target}% is reached.` : `${have} The target of ${target}% is not reached.`;
}

/** How long people took to answer, in calendar days. @param times null where too few have answered */
export function timesInWords(times: { median: number; ninetieth: number } | null): string {
  if (!times) return "Time to answer: too few people have answered to say.";
  return `Time to answer: half of the people took ${days(times.median)} or less, nine in ten ${days(times.ninetieth)} or less.`;
}

const days = (count: number) => (count === 1 ? "1 day" : `${count} days`);
