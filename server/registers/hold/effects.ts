/** What other registers do with holds: an information request places the hold of its kind, which follows its corrections. It authorises by itself. */
export { followRequestKind, placeHold } from "./service.ts";
export type { SentHold } from "./service.ts";
