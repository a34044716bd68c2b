/** Helps whoever runs the portal to find the line in its log. */
export function RequestNumber({ id }: { id: string }) {
  return (
    <p className="text-soft">
      If you ask for help, give this number: <strong className="tabular-nums">{id}</strong>
    </p>
  );
}
