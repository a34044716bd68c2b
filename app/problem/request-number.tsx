/** Leads whoever runs the portal to the line in its log. */
export function RequestNumber({ id }: { id: string }) {
  return (
    <p className="text-soft">
      If you ask for help, give this number: <strong className="tabular-nums">{id}</strong>
    </p>
  );
}
