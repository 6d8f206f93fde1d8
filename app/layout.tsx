import "@fontsource-variable/inter/index.css";
import "@fontsource-variable/jetbrains-mono/index.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "@/components/providers";
import { SkipLink } from "@/components/shell/skip-link";
import { isTimeZone } from "@/lib/base/format";
import { originOf } from "@/lib/server/origin";

export const metadata: Metadata = {
  title: { default: "Unstuck", template: "%s · Unstuck" },
  description: "Why hasn't this pipeline run finished, when all its outputs are there?",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#12151b" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const timeZone = await readTimeZone();
  const origin = originOf(await headers());
  return (
    // public/theme.js sets data-theme before React arrives, hence the one allowed difference.
    <html lang="en" suppressHydrationWarning>
      <head>
        <script src="/theme.js" />
      </head>
      <body>
        <SkipLink />
        {/* Reading the cookie made this render belong to one request, so that its clock is the present. */}
        <Providers startedAt={Date.now()} timeZone={timeZone} origin={origin}>
          {children}
        </Providers>
      </body>
    </html>
  );
}

/** What public/theme.js wrote; a cookie may hold anything. */
async function readTimeZone(): Promise<string> {
  const value = (await cookies()).get("tz")?.value;
  if (!value) return "UTC";
  const zone = safeDecode(value);
  return isTimeZone(zone) ? zone : "UTC";
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
