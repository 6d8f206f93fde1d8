import { Logo } from "@/components/shell/logo";
import { NAV_ITEMS } from "@/components/shell/nav-items";

/** The bar of a page that is not there yet: where things will be, and plain links, without a script of its own. */
export function AwaitedBar() {
  return (
    <header className="flex h-12 flex-none items-center gap-3.5 border-b border-line bg-panel px-4 max-sm:gap-2.5 max-sm:px-3">
      <span className="flex flex-none items-center gap-2 font-bold tracking-[-0.01em]">
        <Logo />
        Unstuck
      </span>
      <nav aria-label="Main" className="flex gap-3.5 max-lg:hidden">
        {NAV_ITEMS.filter(({ href }) => href !== "/connect").map(({ href, label }) => (
          <a key={href} href={href} className="rounded-sm whitespace-nowrap text-muted hover:text-text">
            {label}
          </a>
        ))}
      </nav>
      <span className="min-w-0 flex-1" />
      <span
        aria-hidden="true"
        className="h-[30px] rounded-lg border border-line bg-bg max-md:hidden md:w-60 md:min-w-0 md:shrink"
      />
      <span aria-hidden="true" className="w-[150px] flex-none max-md:hidden" />
    </header>
  );
}
