/** What no name and no address can hold, each with a part of what is said of it. */
export const REFUSED: readonly [string, RegExp][] = [
  ...("\u200b\u200e\u200f\u00ad\u2060\ufeff\u202a\u202e\u2066\u2069\u061c\u180e\u034f\u3164\u115f\u2800\ufe0f\u{e0100}\u{e0041}\u0001\u007f\u0085\u2028\ufffd\ue000\u0378"
    .match(/./gsu)
    ?.map((hidden): [string, RegExp] => [`a${hidden}b`, /cannot be seen|line break/]) ?? []),
  ["a\ud800b", /cannot be seen/],
  ["a\u200cb", /cannot be seen/],
  ["a\u200db", /cannot be seen/],
  ...["=1", "+1", "-1", "@a", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20a", "\ufe62a", "\u22121"].map(
    (formula): [string, RegExp] => [formula, /formula/],
  ),
  ...["mailto:a", "MAILTO: a", "SMTP:a", "smtp :a", "\uff4d\uff41\uff49\uff4c\uff54\uff4f:a"].map(
    (prefixed): [string, RegExp] => [prefixed, /begins with/],
  ),
];
