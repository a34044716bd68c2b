/** Somebody's name, with the address that tells two of one name apart. */
export const PersonName = ({ name, email }: { name: string; email: string }) => (
  <span className="min-w-0">
    {name}
    <span className="block text-small font-normal wrap-anywhere text-soft">{email}</span>
  </span>
);
