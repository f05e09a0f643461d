import type { ClaimKind } from "../claim-kind.ts";
import { containerClaims } from "./container-claims.ts";

/** Every kind of claim, in the order in which counts are printed. A new kind is one file and one line here. */
export const claimKinds: readonly ClaimKind<unknown>[] = [containerClaims];
