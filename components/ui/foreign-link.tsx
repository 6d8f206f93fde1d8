import { Mono } from "@/components/ui/mono";

/** A link that somebody else sent: followed only where it leads to the web. */
export function ForeignLink({ href }: { href: string }) {
  if (!/^https?:\/\//i.test(href)) return <Mono>{href}</Mono>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      className="mono underline decoration-line underline-offset-2 hover:decoration-current"
    >
      {href}
    </a>
  );
}
