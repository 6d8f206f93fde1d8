import type { Metadata } from "next";
import { makeCommand } from "@/components/keys/key-words";
import { Logo } from "@/components/shell/logo";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CommandBox } from "@/components/ui/command-box";
import { TextField } from "@/components/ui/field";
import { keysAreRequired } from "@/lib/server/keys/admit";
import { localAddress } from "@/lib/server/keys/session";
import { readSignIn } from "./search-params";

export const metadata: Metadata = { title: "Sign in" };

interface SignInProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** A plain form, which works before any script does. */
export default async function SignInPage({ searchParams }: SignInProps) {
  const { next, problem } = readSignIn(await searchParams);
  const to = localAddress(next);
  return (
    <main
      id="main"
      className="mx-auto flex min-h-dvh max-w-[460px] flex-col justify-center px-6 py-10 max-sm:px-3"
    >
      <p className="mb-4 flex items-center gap-2 font-bold tracking-[-0.01em]">
        <Logo />
        Unstuck
      </p>
      <Card className="px-5 py-5 max-sm:px-3">
        <h1 className="text-xl font-title tracking-[-0.01em]">Sign in with a key</h1>
        <p className="mt-1 mb-4 text-pretty text-muted">
          This server shows its runs to whoever has a key with the scope read. Paste it once; this browser
          then stays signed in for 30 days, or until the key is revoked.
        </p>
        <form method="post" action="/api/v1/session" className="flex flex-col gap-3.5">
          <input type="hidden" name="next" value={to} />
          <TextField
            label="Key"
            name="key"
            type="password"
            required
            autoComplete="off"
            spellCheck={false}
            placeholder="unstuck_read_…"
            hint="The browser keeps a token made from it, and not the key."
            error={problem}
          />
          <Button type="submit" variant="primary" className="self-start max-sm:self-stretch">
            Sign in
          </Button>
        </form>
      </Card>
      <div className="mt-4 text-pretty text-muted">
        <p className="mb-1.5">No key? Whoever runs this server makes one there:</p>
        <CommandBox command={makeCommand("my-name", "read")} label="the command that makes a key" />
      </div>
      {!keysAreRequired() && (
        <p className="mt-4 text-muted">
          No key is asked for here. <ButtonLink href={to}>Go on without one</ButtonLink>
        </p>
      )}
    </main>
  );
}
