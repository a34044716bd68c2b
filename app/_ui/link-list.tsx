import { Link } from "./link.tsx";

/** Links under each other, each as high as a finger needs. */
export function LinkList({ links }: { links: readonly { href: string; label: string }[] }) {
  return (
    <ul className="list-none">
      {links.map(({ href, label }) => (
        <li key={href}>
          <Link href={href} className="inline-flex min-h-target items-center">
            {label}
          </Link>
        </li>
      ))}
    </ul>
  );
}
