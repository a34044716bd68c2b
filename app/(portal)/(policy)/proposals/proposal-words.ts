/** Where a version is proposed. */
export const newAddress = ({ slug, version }: { slug: string; version: string }): string =>
  `/proposals/new?${new URLSearchParams({ policy: slug, version }).toString()}`;

/** Where a body's file says nothing of signatures. */
export const NO_SIGNATURES =
  "Your body asks for no signatures. Whoever looks after the server publishes a version with npm run policy:publish.";
export const TOO_FEW = "Too few people are there who could: administrators are asked to give somebody the role.";
