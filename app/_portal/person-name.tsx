/** Somebody's name, with the address that tells two of one name apart. */
export function PersonName({ name, email }: { name: string; email: string }) {
  return (
    <span className="min-w-0">
      {name}
      <span className="block text-small font-normal wrap-anywhere text-soft">{email}</span>
    </span>
  );
}
