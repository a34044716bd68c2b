"use server";

import { redirect } from "next/navigation";
import { signOut } from "#server/identity/session.ts";

/** Ends the session and leads to the sign-in page. */
export async function signOutAction(): Promise<void> {
  await signOut();
  redirect("/sign-in");
}
