export interface NavItem {
  readonly href: string;
  readonly label: string;
}

/** The places that every page leads to. */
export const NAV_ITEMS: readonly NavItem[] = [
  { href: "/", label: "Home" },
  { href: "/pipelines", label: "Pipelines" },
  { href: "/sources", label: "Sources" },
  { href: "/rules", label: "Rules" },
  { href: "/keys", label: "Keys" },
  { href: "/policy", label: "Policy" },
  { href: "/connect", label: "Connect a source" },
];
