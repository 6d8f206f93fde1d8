import { cookies } from "next/headers";
import { Button } from "@/components/ui/button";
import { SESSION_COOKIE } from "@/lib/server/keys/admit";

/** For a browser that signed in. */
export async function SignOut() {
  if (!(await cookies()).has(SESSION_COOKIE)) return null;
  return (
    <form method="post" action="/api/v1/session/end">
      <Button type="submit" size="sm">
        Sign out
      </Button>
    </form>
  );
}
