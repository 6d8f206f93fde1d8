import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TopBar } from "@/components/shell/top-bar";
import { Interactive } from "./interactive";
import { Still } from "./still";

export const metadata: Metadata = { title: "Gallery", robots: { index: false } };

/** Every component in every state, in both themes, for those who build with them. Not there in production. */
export default function GalleryPage() {
  if (process.env.NODE_ENV === "production") notFound();
  return (
    <>
      <TopBar
        crumbs={[
          { label: "Pipelines", href: "/" },
          { label: "nightly_churn", href: "/" },
          { label: "7f3a", mono: true },
        ]}
      />
      <main id="main">
        <h1 className="px-6 pt-6 text-2xl font-title tracking-[-0.015em]">Gallery</h1>
        <div className="grid xl:grid-cols-2">
          {(["light", "dark"] as const).map((theme) => (
            <section
              key={theme}
              data-theme={theme}
              aria-label={`The ${theme} theme`}
              className="min-w-0 space-y-6 bg-bg p-6 text-text max-sm:p-3"
            >
              <Still />
              <Interactive name={theme} />
            </section>
          ))}
        </div>
      </main>
    </>
  );
}
