/** The first stop of the Tab key on every page; pages give their <main> the id "main". */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="fixed top-2 left-2 z-50 -translate-y-16 rounded-lg bg-text px-3 py-2 font-medium text-panel focus-visible:translate-y-0"
    >
      Skip to the content
    </a>
  );
}
